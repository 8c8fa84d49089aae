//! Makes Rust of the texts in `locales/`: a key that is missing or misspelt does not compile.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use leptos_i18n_parser::parse_locales::options::{Config, ParseOptions};
use leptos_i18n_parser::parse_locales::parse_locales;

fn main() -> Result<(), Box<dyn Error>> {
    let mut config = Config::new("nb")?.add_locales(["nn", "en"])?;
    // Texts with holes can then also be had as strings, for labels that only a screen reader says.
    config.options = ParseOptions::new().interpolate_display(true);
    let locales = parse_locales(None, config)?;
    let code = leptos_i18n_codegen::gen_code(&locales, None, true, None, false)?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    fs::write(out.join("i18n.rs"), code.to_string())?;
    tell_cargo();
    Ok(())
}

/// A build script talks to cargo on standard output; nothing else here prints.
#[allow(clippy::print_stdout)]
fn tell_cargo() {
    println!("cargo::rerun-if-changed=locales");
}
