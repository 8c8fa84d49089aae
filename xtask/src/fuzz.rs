//! `cargo xtask fuzz`: runs the fuzzer on every decoder that takes bytes from outside.
//!
//! What the decoders are asked is in `core/src/hostile.rs`; `cargo xtask test` asks it of the seeds
//! and some mutations of them, without any of what is needed here.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::{paths, shell};

/// Where the targets lie.
const TARGETS: &str = "fuzz/fuzz_targets";
/// More memory than any input of a few kilobytes has a right to.
const MEGABYTES: u32 = 1024;
/// Longer than any input of a few kilobytes may take.
const SECONDS_EACH: u32 = 10;

/// What to fuzz, and for how long.
#[derive(clap::Args)]
pub struct Arguments {
    /// One target, such as `change`; without it, all of them
    target: Option<String>,
    /// How long each target is fuzzed
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u32,
}

/// The command.
pub fn fuzz(arguments: &Arguments) -> Result<()> {
    let all = targets()?;
    let chosen = match &arguments.target {
        None => all,
        Some(name) if all.contains(name) => vec![name.clone()],
        Some(name) => bail!("there is no target {name}; there are {}", all.join(", ")),
    };
    is_possible()?;
    let folder = paths::native().join("fuzz");
    let mut build = cargo_fuzz("build", &folder);
    shell::step("Building the fuzz targets", &mut build)?;
    for target in chosen {
        // New inputs stay out of the repository; whoever wants to keep one moves it to the seeds.
        let found = folder.join("found").join(&target);
        fs::create_dir_all(&found)?;
        let mut run = cargo_fuzz("run", &folder);
        run.arg(&target).args([found, Path::new("fuzz/corpus").join(&target)]).args([
            "--".to_owned(),
            format!("-max_total_time={}", arguments.seconds),
            format!("-rss_limit_mb={MEGABYTES}"),
            format!("-timeout={SECONDS_EACH}"),
        ]);
        shell::step(&format!("Fuzzing {target}"), &mut run)?;
    }
    Ok(())
}

/// The names of all targets, sorted.
fn targets() -> Result<Vec<String>> {
    let files = paths::files_under(Path::new(TARGETS), ".rs")?;
    let name = |file: PathBuf| Some(file.file_stem()?.to_string_lossy().into_owned());
    Ok(files.into_iter().filter_map(name).collect())
}

/// A command of cargo-fuzz, by nightly. Without a sanitizer: the code under attack has no `unsafe`.
fn cargo_fuzz(verb: &str, folder: &Path) -> Command {
    let mut command = nightly(&["cargo", "fuzz", verb, "--fuzz-dir", "fuzz"]);
    command.args(["--sanitizer", "none", "--target-dir"]).arg(folder);
    command
}

fn nightly(words: &[&str]) -> Command {
    let mut command = Command::new("rustup");
    shell::forget_cargo_run(&mut command);
    command.args(["run", "nightly"]).args(words);
    command
}

/// Whether this machine has what the fuzzer needs. Nothing is installed unasked: it is a toolchain
/// that the product has no use for.
fn is_possible() -> Result<()> {
    let needs = [
        (&["rustc", "--version"], "a nightly toolchain: rustup toolchain install nightly"),
        (&["cargo-fuzz", "--version"], "cargo-fuzz: cargo install cargo-fuzz"),
    ];
    let missing: Vec<&str> = needs
        .into_iter()
        .filter(|(words, _)| shell::output(&mut nightly(*words)).is_err())
        .map(|(_, what)| what)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "Nothing was fuzzed, for this machine lacks\n  {}\n`cargo xtask test` feeds the same targets \
         with their seeds and a few thousand mutations.",
        missing.join("\n  ")
    )
}
