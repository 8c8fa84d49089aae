//! Builds the UI: compiles `app/` to wasm, makes it loadable and small, and lays out `target/ui/`.
//!
//! Owns the order of the steps. cargo judges whether the wasm is current, a fingerprint whether
//! the rest is, and a file in `target/ui/` is written only when its content changes, so that the
//! shell, which embeds the folder, is not built again for nothing.

mod assemble;
mod bindgen;
mod styles;

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    paths,
    setup::{self, WasmCompiler},
    shell,
};

/// The options of `cargo xtask ui`.
#[derive(clap::Args, Default)]
#[group(id = "ui")]
pub struct Arguments {
    /// Compile fast and leave the result large, for trying things out
    #[arg(long)]
    pub dev: bool,
}

/// The command: what is needed to build it, and the build.
pub fn ui(arguments: &Arguments) -> Result<()> {
    let compiler = setup::wasm()?;
    setup::node_modules()?;
    build(compiler, if arguments.dev { "dev" } else { "wasm-release" })
}

/// The build alone.
fn build(compiler: WasmCompiler, profile: &str) -> Result<()> {
    let mut cargo = compiler.cargo_build();
    cargo.args(["--package", "kjent-app", "--bin", "kjent-app", "--profile", profile]);
    if profile == "dev" {
        // With its debug information the module is a hundred megabytes, which takes longer to
        // embed in the shell than this takes to compile; without it, eight (2026-11).
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "false").env("CARGO_PROFILE_DEV_STRIP", "true");
    } else {
        cargo.args(compiler.small());
    }
    shell::step("Compiling the UI to wasm", &mut cargo)?;
    let module = Path::new(&WasmCompiler::artifacts(profile)).join("kjent-app.wasm");
    let loadable = bindgen::make_loadable(&module, profile != "dev")?;
    assemble::assemble(&loadable)?;

    let wasm = Path::new(paths::UI).join("kjent_bg.wasm");
    let size = fs::metadata(&wasm).with_context(|| format!("{} is missing", wasm.display()))?.len();
    eprintln!("✓ The UI is in {} ({} kB of wasm)", paths::UI, size / 1000);
    Ok(())
}
