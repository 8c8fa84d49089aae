//! `cargo xtask bench`: runs the measurements of `tests/`, built as they would be shipped.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::{paths, setup, shell, ui};

/// What to measure.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(clap::Subcommand)]
enum Part {
    /// Only what a worker waits for in the app's window
    App {
        /// Write the same figures as JSON to a file, named from the top of the repository
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// Not once more with a processor a quarter as fast
        #[arg(long)]
        own_speed: bool,
    },
    /// Only what sync costs: a shift, a new tablet, a storm of tablets, a save
    Sync {
        /// Write the same figures as JSON to a file, named from the top of the repository
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// Measure one part: w1, w2 (with w4 on the tablet that it filled) or w3
        #[arg(long, value_name = "PART", conflicts_with = "json")]
        only: Option<String>,
    },
}

/// The command.
pub fn bench(arguments: &Arguments) -> Result<()> {
    let has_window = !matches!(arguments.part, Some(Part::Sync { .. }));
    setup::native()?;
    setup::tracing();
    let mut build = shell::cargo();
    build.args(["build", "--release", "--bins"]);
    build.args(["--package", "kjent-tests", "--package", "kjent-server"]);
    if has_window {
        setup::window()?;
        ui::ui(&ui::Arguments::default())?;
        build.args(["--package", "kjent-shell"]);
    }
    shell::step("Building what is measured", &mut build)?;
    let mut bench = Command::new(paths::native().join("release/bench"));
    // On the disk that is built on: where temporary files live in memory, an fsync costs nothing.
    let folder = paths::native().join("bench");
    fs::create_dir_all(&folder)?;
    bench.env("TMPDIR", fs::canonicalize(&folder)?);
    match &arguments.part {
        None => {}
        Some(Part::App { json, own_speed }) => {
            bench.arg("app").args(named(json.as_deref()));
            bench.args(own_speed.then_some("--own-speed"));
        }
        Some(Part::Sync { json, only }) => {
            bench.arg("sync").args(named(json.as_deref()));
            if let Some(part) = only {
                bench.arg("--only").arg(part);
            }
        }
    }
    shell::in_the_open(&mut bench)
}

/// The words that name the file for the figures.
fn named(json: Option<&Path>) -> Vec<&OsStr> {
    json.map(|file| vec![OsStr::new("--json"), file.as_os_str()]).unwrap_or_default()
}
