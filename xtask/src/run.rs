//! `cargo xtask run`: from a fresh machine to the app, open on today's visits.
//!
//! Owns the order: set up, build, a server with demo data, the app enrolled as one of the workers.
//! What was done today stays for the rest of the day; a new day begins with new demo data.

mod server;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::{paths, programs, setup, shell, ui};
use server::Server;

/// Who opens the app, and with which PIN. The debug build of the app enrols and unlocks itself.
const WORKER: &str = "1001";
const PIN: &str = "482915";

/// Every demo worker's password: invented people, on a server that only this machine reaches.
const PASSWORD: &str = "demo-passord-kjent";

/// The options of `cargo xtask run`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Throw away what was done today and begin the day again
    #[arg(long)]
    fresh: bool,
    /// The demo worker who opens the app, by employee number
    #[arg(long, default_value = WORKER)]
    worker: String,
    #[command(flatten)]
    ui: ui::Arguments,
}

/// The command.
pub fn run(arguments: &Arguments) -> Result<()> {
    if cfg!(target_os = "linux") && !has_display() {
        bail!(
            "There is no display here to open the app on: cargo xtask demo plays the same day without one."
        );
    }
    setup::native()?;
    programs::build(&arguments.ui)?;

    let today = today()?;
    let day = Day::at(&today, &arguments.worker);
    if arguments.fresh {
        day.forget()?;
    }
    day.prepare(&today)?;
    let code = server::code(&day.database())?;
    let server = Server::start(&day.database(), &day.folder)?;

    eprintln!("✓ The server answers at {} and logs to {}", server.address, day.log().display());
    eprintln!(
        "  The app opens as worker {}, with PIN {PIN} (every worker's password is {PASSWORD}). Close its window to end.",
        arguments.worker
    );
    shell::in_the_open(
        Command::new(paths::program("kjent")?)
            .env("KJENT_DATA_DIR", fs::canonicalize(&day.tablet)?)
            .env("KJENT_SERVER", &server.address)
            .env("KJENT_DEMO_CODE", code)
            .env("KJENT_DEMO_WORKER", &arguments.worker)
            .env("KJENT_DEMO_PASSWORD", PASSWORD)
            .env("KJENT_DEMO_PIN", PIN),
    )
}

/// What one day of the demo leaves on disk.
struct Day {
    folder: PathBuf,
    tablet: PathBuf,
}

impl Day {
    fn at(today: &str, worker: &str) -> Self {
        let folder = Path::new(paths::RUN).join(today);
        let tablet = folder.join(format!("tablet-{worker}"));
        Self { folder, tablet }
    }

    fn database(&self) -> PathBuf {
        self.folder.join("server.db")
    }

    fn log(&self) -> PathBuf {
        self.folder.join(server::LOG)
    }

    fn forget(&self) -> Result<()> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        Ok(())
    }

    /// The demo team on the server, as of today, once a day.
    fn prepare(&self, today: &str) -> Result<()> {
        // Written last, so that a preparation that broke off is begun again.
        let ready = self.folder.join("ready");
        if !ready.exists() {
            if Path::new(paths::RUN).exists() {
                // Yesterday's visits are of no use to anybody.
                fs::remove_dir_all(paths::RUN)?;
            }
            fs::create_dir_all(&self.folder)?;
            server::fill(&self.database(), &self.folder.join("demo.kjent"), today)?;
            server::give_accounts(&self.database(), PASSWORD)?;
            fs::write(&ready, "")?;
        }
        fs::create_dir_all(&self.tablet)?;
        Ok(())
    }
}

fn has_display() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Today where the team works, whatever the machine's own time zone.
fn today() -> Result<String> {
    shell::output(Command::new("date").env("TZ", "Europe/Oslo").arg("+%Y-%m-%d"))
}
