//! Licences, bans and sources of what we depend on, as `deny.toml` has them.

use std::{fs, path::Path};

use anyhow::Result;

use crate::{paths, shell};

/// Pinned: a new version of the tool may find new things, and is then a change of its own.
const VERSION: &str = "0.20.2";

/// Runs cargo-deny, built on the first time.
pub fn check() -> Result<()> {
    let program = Path::new(paths::TOOLS).join("bin/cargo-deny");
    let is_built = || {
        let version = shell::output(std::process::Command::new(&program).arg("--version"));
        version.is_ok_and(|version| version == format!("cargo-deny {VERSION}"))
    };
    if !is_built() {
        build()?;
    }
    // cargo finds `cargo deny` on the path only; this way nothing on the path is needed.
    let mut deny = std::process::Command::new(&program);
    shell::step("licences and sources", deny.args(["check", "bans", "licenses", "sources"]))
}

/// Unoptimised and without what it needs for advisories: half a minute on two cores (2026-11), and
/// it checks in a second all the same.
fn build() -> Result<()> {
    let folder = Path::new(paths::TOOLS).join("cargo-deny");
    let mut install = shell::cargo();
    install
        .args(["install", "--locked", "--debug", "--no-default-features", "--force"])
        .args(["--root", paths::TOOLS, "--target-dir"])
        .arg(&folder)
        .args(["cargo-deny", "--version", VERSION])
        .env("CARGO_PROFILE_DEV_DEBUG", "false");
    shell::step("Building cargo-deny", &mut install)?;
    // The program is all that is needed of it.
    fs::remove_dir_all(&folder)?;
    Ok(())
}
