//! Finding the programs under test: built beside this one.

use std::path::{Path, PathBuf};

use anyhow::Context;

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A program of the workspace, from the same profile as the one that runs.
pub fn program(name: &str) -> anyhow::Result<PathBuf> {
    let here = std::env::current_exe()?;
    let profile = here
        .ancestors()
        .skip(1)
        .find(|folder| folder.file_name().is_some_and(|name| name != "deps"))
        .context("this program lies in no folder")?;
    let program = profile.join(name);
    anyhow::ensure!(
        program.exists(),
        "{name} has not been built: `cargo build --workspace --exclude kjent-app --bins` builds it"
    );
    Ok(program)
}
