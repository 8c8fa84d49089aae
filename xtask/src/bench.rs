//! `cargo xtask bench`: runs the measurements of `tests/`, built as they would be shipped.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::{paths, setup, shell};

/// What to measure.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(clap::Subcommand)]
enum Part {
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
    setup::native()?;
    setup::tracing();
    let build = ["build", "--release", "--bins"];
    let packages = ["--package", "kjent-tests", "--package", "kjent-server"];
    shell::step(
        "Building the measurements and the server",
        shell::cargo().args(build).args(packages),
    )?;
    let mut bench = Command::new(paths::native().join("release/bench"));
    // On the disk that is built on: where temporary files live in memory, an fsync costs nothing.
    let folder = paths::native().join("bench");
    fs::create_dir_all(&folder)?;
    bench.env("TMPDIR", fs::canonicalize(&folder)?);
    if let Some(Part::Sync { json, only }) = &arguments.part {
        bench.arg("sync");
        if let Some(file) = json {
            bench.arg("--json").arg(file);
        }
        if let Some(part) = only {
            bench.arg("--only").arg(part);
        }
    }
    shell::in_the_open(&mut bench)
}
