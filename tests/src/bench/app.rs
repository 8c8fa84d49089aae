//! What a worker waits for in the app's own window: the real server, the app as it is shipped, and a
//! tablet with a year of forty clients; then once more with a processor a quarter as fast.
//!
//! What a screen is, is in `screens`; how a time is taken, in `page.js`.

pub mod launch;

mod figures;
mod page;
mod pass;
mod screens;
mod slow;
mod weight;

use std::path::Path;
use std::sync::Mutex;

use kjent_tablet::{Environment, SyncClient, sync};

use super::figures::say;
use super::filling::{HISTORY, keep_all};
use super::team::{self, Size, WORKERS};
use crate::access::enrol;
use crate::server::Server;
use crate::window::Display;
use figures::figures;
use pass::{Bench, Pass};
use slow::Slow;

/// How fast the processor is while it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speeds {
    /// As fast as it is.
    Own,
    /// As fast as it is, and then a quarter of that.
    Both,
}

/// Measures and prints; writes the figures to a file if one is named.
pub async fn measure(json: Option<&Path>, speeds: Speeds) -> anyhow::Result<()> {
    say("The app in its window: a tablet with a year of 40 clients, three visits a day each")?;
    let folder = tempfile::tempdir()?;
    let server = serve(folder.path())?;
    let tablet = folder.path().join("tablet");
    fill(&tablet, &server).await?;
    let wasm = weight::wasm()?;
    figures::say_wasm(&wasm)?;

    let display = Display::start()?;
    let bench = Bench { display: &display, tablet: &tablet, notes: folder.path() };
    say("  At this machine's own speed:")?;
    let fast = bench.pass(None).await?;
    figures::say_rest(&fast)?;
    let slowed = match (speeds == Speeds::Both).then(Slow::new) {
        None => None,
        Some(Ok(slow)) => Some(slowed(&bench, &slow, &fast).await?),
        Some(Err(why)) => {
            say(&format!("  Not slowed down, so the figures are the machine's own: {why:#}"))?;
            None
        }
    };
    if let Some(path) = json {
        let text = serde_json::to_string_pretty(&figures(&fast, slowed.as_ref(), &wasm))?;
        std::fs::write(path, format!("{text}\n"))?;
        say(&format!("  The same figures are in {}.", path.display()))?;
    }
    Ok(())
}

async fn slowed(bench: &Bench<'_>, slow: &Slow, fast: &Pass) -> anyhow::Result<Pass> {
    say("  With a processor a quarter as fast (the app's processes share a quarter of one core):")?;
    let pass = bench.pass(Some(slow)).await?;
    let factor = pass.work.at(50).as_secs_f64() / fast.work.at(50).as_secs_f64();
    say(&format!("    a loop in the page takes {factor:.1} times as long"))?;
    figures::say_rest(&pass)?;
    Ok(pass)
}

/// The server with the team. Its clock is the machine's, as the app's is.
fn serve(folder: &Path) -> anyhow::Result<Server> {
    let today = super::today();
    let bundle = team::bundle(Size { number: 0, workers: WORKERS, today, days: HISTORY })?;
    let server = Server::with_team(folder, &bundle)?;
    keep_all(&server)?;
    Ok(server)
}

/// A tablet of the team's first nurse with everything on it, closed.
async fn fill(folder: &Path, server: &Server) -> anyhow::Result<()> {
    let client = SyncClient::new()?;
    let code = server.code(&team::employee(0, 0))?;
    let address = format!("http://{}", server.address);
    let environment = Environment::system();
    let tablet = enrol(folder, &address, &code, &client, environment).await?;
    Ok(sync(&Mutex::new(tablet), &client, |_| {}).await?)
}
