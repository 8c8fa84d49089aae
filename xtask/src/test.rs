//! `cargo xtask test`: everything that CI checks, in the order in which it fails soonest.
//!
//! Owns the steps and the account at the end, whose last line reads like cargo's own. A step that
//! fails doesn't stop the ones after it: a failing run shows all that is wrong.

mod dependencies;
mod purity;
mod report;
mod tests;
mod tidy;

use std::time::Instant;

use anyhow::Result;

use crate::{setup, shell, ui};
use report::Report;

/// The options of `cargo xtask test`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Leave out what needs a window, and the UI's wasm
    #[arg(long)]
    quick: bool,
}

/// The packages that are checked and tested, in words for cargo. The same words for every command:
/// with another selection cargo would build much of it twice. The bindgen helper is left out, as
/// building it takes minutes and the UI step runs it.
const PACKAGES: &[&str] = &["--workspace", "--exclude", "xtask-bindgen"];
/// The window tests of `kjent-tests`.
const WINDOW: &[&str] = &["--features", "kjent-tests/window"];

/// The command.
pub fn test(arguments: &Arguments, started: Instant) -> Result<()> {
    setup::native()?;
    setup::identity_provider()?;
    let mut report = Report::new(started);
    report.check("rustfmt", || {
        // The names of the files are enough: `cargo fmt` mends them.
        shell::step("rustfmt", shell::cargo().args(["fmt", "--all", "--", "--check", "-l"]))
    });
    report.check("tidy", tidy::check);
    report.check("what must be absent", purity::check);
    report.check("licences and sources", dependencies::check);
    let features = if arguments.quick { &[] } else { WINDOW };
    report.check("clippy", || {
        let mut clippy = shell::cargo();
        clippy.arg("clippy").args(PACKAGES).args(features).arg("--all-targets");
        shell::step("clippy", clippy.args(["--", "-D", "warnings"]))
    });
    if !arguments.quick {
        setup::window()?;
        report.check("the UI", || ui::ui(&ui::Arguments::default()));
    }
    let is_built = report.check("build", || {
        let mut build = shell::cargo();
        build.arg("build").args(PACKAGES).args(features).arg("--all-targets");
        shell::step("Building the programs and their tests", &mut build)
    });
    if is_built {
        report.tests("tests", || tests::run(PACKAGES, features));
    }

    if !report.finish() {
        // Not an error to print: whoever counts tests reads the last line, and that is written.
        std::process::exit(1);
    }
    Ok(())
}
