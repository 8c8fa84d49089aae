//! Turns the compiled UI into what a webview loads: a module and its JavaScript.
//!
//! wasm-bindgen as a library, so that nobody installs a tool and its version is the one in
//! `Cargo.lock`. A program of its own, because it takes minutes to build and `cargo xtask` must not.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

/// `xtask-bindgen <module.wasm> <folder> <name>` writes `name.js` and `name_bg.wasm` to the folder.
fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1);
    let usage = "usage: xtask-bindgen <module.wasm> <folder> <name>";
    let module = PathBuf::from(arguments.next().context(usage)?);
    let folder = PathBuf::from(arguments.next().context(usage)?);
    let name = arguments.next().context(usage)?;

    Bindgen::new()
        .input_path(&module)
        .out_name(name.to_str().context("the name must be plain text")?)
        .web(true)?
        .typescript(false)
        .generate(&folder)
        .with_context(|| format!("wasm-bindgen could not read {}", module.display()))
}
