//! A compiler for the UI's wasm: rustup's when it has the target or can fetch it, and otherwise
//! Debian's newer Rust, which builds the standard library from its source.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

use super::{may_ask_rustup, system};
use crate::{paths, shell};

const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's Rust for building browsers: newer than its `rustc`, with the library's source. It lives
/// in /usr/bin, where rustup's commands take precedence, so the two don't meet. `rust-web-llvm` has
/// the linker's name, a link to `lld-22`, which it doesn't bring.
const DEBIAN_RUST: &[&str] = &["cargo-web", "lld-22", "rust-web-llvm", "rust-web-src"];
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// What compiles the UI here.
#[derive(Clone, Copy)]
pub enum WasmCompiler {
    /// The toolchain that compiles everything else.
    Rustup,
    /// Debian's, with a standard library of our own making.
    Debian,
}

impl WasmCompiler {
    /// A `cargo` that compiles for wasm, into a folder of its own; `verb` is `build` or `rustc`.
    pub fn cargo(self, verb: &str) -> Command {
        let mut command = match self {
            Self::Rustup => shell::cargo(),
            Self::Debian => debian_cargo(),
        };
        command.args([verb, "--target", TARGET, "--target-dir", paths::WASM]);
        command
    }

    /// Flags for a build that is to be small.
    ///
    /// What a panic would say reaches nobody in a webview. The standard library can leave it out where
    /// it is built along: 24 kB less to load, gzipped (2026-11).
    pub fn small(self) -> &'static [&'static str] {
        match self {
            Self::Rustup => &[],
            Self::Debian => &[
                "--config",
                "target.wasm32-unknown-unknown.rustflags = [\"-Zunstable-options\", \"-Cpanic=immediate-abort\"]",
            ],
        }
    }

    /// Where such a build leaves what it made in `profile`.
    pub fn artifacts(profile: &str) -> String {
        let folder = if profile == "dev" { "debug" } else { profile };
        format!("{}/{TARGET}/{folder}", paths::WASM)
    }
}

/// The compiler for wasm, installed if there was none.
pub fn wasm() -> Result<WasmCompiler> {
    if rustup_has_target() {
        return Ok(WasmCompiler::Rustup);
    }
    if debian_has_it() {
        return Ok(WasmCompiler::Debian);
    }
    if may_ask_rustup() {
        let add = shell::step(
            "Adding the wasm target to Rust",
            Command::new("rustup").args(["target", "add", TARGET]),
        );
        match add {
            Ok(()) => return Ok(WasmCompiler::Rustup),
            Err(error) => eprintln!("{error:#}\nTrying Debian's own Rust instead."),
        }
    }
    system::install("compile the UI to wasm", DEBIAN_RUST).with_context(|| {
        format!("The UI needs Rust's {TARGET} target: rustup target add {TARGET}")
    })?;
    Ok(WasmCompiler::Debian)
}

fn rustup_has_target() -> bool {
    let print = ["--print", "target-libdir", "--target", TARGET];
    shell::output(Command::new("rustc").args(print)).is_ok_and(|folder| Path::new(&folder).is_dir())
}

fn debian_has_it() -> bool {
    shell::exists("dpkg-query") && system::missing(DEBIAN_RUST).is_ok_and(|names| names.is_empty())
}

/// Debian's cargo and compiler.
pub(super) fn debian_cargo() -> Command {
    let mut command = Command::new(DEBIAN_CARGO);
    shell::forget_cargo_run(&mut command);
    command
        // Said outright: `rustc` on the path is rustup's.
        .env("RUSTC", DEBIAN_RUSTC)
        .env_remove("RUSTDOC")
        .env_remove("RUSTC_WRAPPER")
        // A release compiler builds the standard library only when told that this is intended.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
    command
}
