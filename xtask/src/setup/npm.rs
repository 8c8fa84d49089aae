//! Packages from npm: exactly those of `package-lock.json`, fetched again only when it changes.

use std::{path::Path, process::Command};

use anyhow::{Result, bail};

use crate::{fingerprint::Fingerprint, shell};

/// Makes `node_modules/` what the lock file says.
pub fn node_modules() -> Result<()> {
    let fingerprint = Fingerprint::of("node_modules/.kjent", &["package-lock.json"])?;
    if fingerprint.is_current() {
        return Ok(());
    }
    if !shell::exists("npm") {
        bail!(
            "Designsystemet's styles come from npm, and there is no npm here: install Node.js 20 or newer."
        );
    }
    fingerprint.forget();
    // None of these packages needs its install scripts, and what doesn't run can't do harm.
    shell::step(
        "Fetching the design system from npm",
        Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
    )?;
    fingerprint.keep()
}

/// A file of an installed package.
pub fn package_file(path: &str) -> std::path::PathBuf {
    Path::new("node_modules").join(path)
}
