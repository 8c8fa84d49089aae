//! Where things are. Every path is relative to the top of the repository, where xtask goes first.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// What the webview loads; the app's Tauri configuration names the same folder.
pub const UI: &str = "target/ui";
/// The UI's build: by another compiler than the rest on some machines, and two compilers in one
/// folder throw away each other's work.
pub const WASM: &str = "target/wasm";
/// Checks for telephones, also by another compiler.
pub const MOBILE: &str = "target/mobile";
/// Programs that the build itself needs.
pub const TOOLS: &str = "target/tools";
/// The demo server and the demo tablet, a folder for each day.
pub const RUN: &str = "target/run";

/// Makes the top of the repository the current folder, wherever in it the command was given.
pub fn go_to_repository() -> Result<()> {
    let package = env::var_os("CARGO_MANIFEST_DIR").context("start it as: cargo xtask")?;
    let top = Path::new(&package).parent().context("xtask has no folder around it")?;
    env::set_current_dir(top).with_context(|| format!("cannot enter {}", top.display()))
}

/// Where native builds go: `target`, or where the developer has told cargo to put them.
pub fn native() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// A program of this workspace, as a debug build leaves it.
pub fn program(name: &str) -> Result<PathBuf> {
    let path = native().join("debug").join(name);
    fs::canonicalize(&path).with_context(|| format!("{} was not built", path.display()))
}

/// Every file under `folder` whose name ends in `ending`, in the same order on every machine.
pub fn files_under(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            match name {
                Some(name) if path.is_dir() && !is_skipped(&name) => folders.push(path),
                Some(name) if path.is_file() && name.ends_with(ending) => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Folders that hold nobody's source.
fn is_skipped(name: &str) -> bool {
    matches!(name, "target" | "node_modules" | ".git")
}
