//! `cargo xtask bench`: runs the measurements of `tests/`, built as they would be shipped.

use std::process::Command;

use anyhow::Result;

use crate::{paths, setup, shell};

/// The command.
pub fn bench() -> Result<()> {
    setup::native()?;
    let build = ["build", "--release", "--bins"];
    let packages = ["--package", "kjent-tests", "--package", "kjent-server"];
    shell::step(
        "Building the measurements and the server",
        shell::cargo().args(build).args(packages),
    )?;
    shell::in_the_open(&mut Command::new(paths::native().join("release/bench")))
}
