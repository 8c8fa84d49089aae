//! Packages from npm: exactly those of the lock files, fetched again only when one changes.

use std::{path::Path, process::Command};

use anyhow::{Result, bail};

use crate::{fingerprint::Fingerprint, shell};

/// The identity provider that tests log in at, with a lock file of its own: it is no part of the
/// product.
const IDENTITY_PROVIDER: &str = "tests/oidc";

/// Makes `node_modules/` what the lock file says: what the UI is made of.
pub fn node_modules() -> Result<()> {
    install(Path::new("."), "Fetching the design system from npm")
}

/// The same for the identity provider that tests log in at.
pub fn identity_provider() -> Result<()> {
    install(Path::new(IDENTITY_PROVIDER), "Fetching the tests' identity provider from npm")
}

fn install(folder: &Path, what: &str) -> Result<()> {
    let kept = folder.join("node_modules/.kjent").display().to_string();
    let lock = folder.join("package-lock.json").display().to_string();
    let fingerprint = Fingerprint::of(&kept, &[&lock])?;
    if fingerprint.is_current() {
        return Ok(());
    }
    if !shell::exists("npm") {
        bail!(
            "Designsystemet's styles and the tests' identity provider come from npm, and there is no npm here: install Node.js 20 or newer."
        );
    }
    fingerprint.forget();
    // None of these packages needs its install scripts, and what doesn't run can't do harm.
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    shell::step(what, Command::new("npm").args(arguments).current_dir(folder))?;
    fingerprint.keep()
}

/// A file of an installed package.
pub fn package_file(path: &str) -> std::path::PathBuf {
    Path::new("node_modules").join(path)
}
