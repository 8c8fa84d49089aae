//! Runs the tests themselves, with cargo's own test command: a newcomer has no other.

use std::{
    io::{BufRead, BufReader, Write, stdout},
    process::Stdio,
};

use anyhow::{Context, Result, bail};

use super::report::Tally;
use crate::shell;

/// Runs the tests of `packages`, doctests included, and shows what they print as they print it.
pub fn run(packages: &[&str], features: &[&str]) -> (Tally, Result<()>) {
    let mut tally = Tally::default();
    let outcome = run_counting(packages, features, &mut tally);
    (tally, outcome)
}

fn run_counting(packages: &[&str], features: &[&str], tally: &mut Tally) -> Result<()> {
    let mut command = shell::cargo();
    command.arg("test").args(packages).args(features).arg("--no-fail-fast");
    // An error says in its own words what went wrong; frames of the runtime would bury them.
    command.env("RUST_LIB_BACKTRACE", "0");
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start cargo test")?;
    let output = child.stdout.take().context("cargo test has no output")?;
    for line in BufReader::new(output).lines() {
        let line = line?;
        tally.add_line(&line);
        writeln!(stdout(), "{line}")?;
    }
    if !child.wait()?.success() {
        bail!("cargo test failed, for the reasons above");
    }
    Ok(())
}
