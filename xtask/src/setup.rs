//! What the machine must have before anything can be built. Looks first, and acts only where
//! something is missing, so that every other command can begin with it.

mod mobile;
mod npm;
mod system;
mod wasm;

use anyhow::Result;

pub use mobile::{ANDROID_HEADERS, CLANG, cargo_with_source, mobile};
pub use npm::{identity_provider, node_modules, package_file};
pub use system::{native, window};
pub use wasm::{WasmCompiler, wasm};

use crate::shell;

/// All of it, for those who want to go offline afterwards.
pub fn everything() -> Result<()> {
    native()?;
    window()?;
    wasm()?;
    node_modules()?;
    identity_provider()?;
    tracing();
    shell::output(shell::cargo().args(["fetch", "--quiet"]))?;
    eprintln!("✓ This machine has everything that Kjent is built with");
    Ok(())
}

/// What counting fsyncs needs, where it can be had: nothing else depends on it.
pub fn tracing() {
    if let Err(error) = system::tracing() {
        eprintln!("  fsyncs will not be counted: {error}");
    }
}

/// Whether rustup's server may be asked for anything. Some networks reach crates.io and not that.
fn may_ask_rustup() -> bool {
    std::env::var_os("KJENT_RUSTUP_OFFLINE").is_none_or(|value| value.is_empty() || value == "0")
}
