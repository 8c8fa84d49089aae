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
    let is_small = profile != "dev";
    let mut cargo = compiler.cargo(if is_small { "build" } else { "rustc" });
    cargo.args(["--package", "kjent-app", "--bin", "kjent-app", "--profile", profile]);
    if is_small {
        cargo.args(compiler.small());
    } else {
        // The names of its 270 000 functions are a hundred megabytes to hand to a webview, beside 24 of
        // code (2026-11). The profile's own `strip` is read as "without debug information" and leaves
        // them; the linker takes them out.
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "false").args(["--", "-Cstrip=symbols"]);
    }
    shell::step("Compiling the UI to wasm", &mut cargo)?;
    let module = Path::new(&WasmCompiler::artifacts(profile)).join("kjent-app.wasm");
    let loadable = bindgen::make_loadable(&module, is_small)?;
    assemble::assemble(&loadable)?;

    let wasm = Path::new(paths::UI).join("kjent_bg.wasm");
    let size = fs::metadata(&wasm).with_context(|| format!("{} is missing", wasm.display()))?.len();
    eprintln!("✓ The UI is in {} ({} kB of wasm)", paths::UI, size / 1000);
    Ok(())
}
