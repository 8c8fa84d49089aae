//! From the compiler's wasm to a module that a webview loads: wasm-bindgen, then wasm-opt.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{fingerprint::Fingerprint, paths, setup, shell};

/// What rustc 1.95 and 1.96 compile for and every webview that we support runs. Said outright:
/// with `--all-features` wasm-opt may use what an older webview refuses to load.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Makes `kjent.js` and `kjent_bg.wasm` of the compiled module, and returns their folder.
pub fn make_loadable(module: &Path, is_small: bool) -> Result<PathBuf> {
    let folder = Path::new(paths::WASM).join("loadable");
    let versions = Path::new(paths::WASM).join("versions.txt");
    let written = format!("{} {is_small} {FEATURES:?}", locked_version("wasm-bindgen")?);
    fs::write(&versions, written)?;
    let fingerprint = Fingerprint::of(
        Path::new(paths::WASM).join("loadable.hash"),
        &[
            module,
            &versions,
            Path::new("package-lock.json"),
            Path::new("xtask/bindgen/src/main.rs"),
        ],
    )?;
    if fingerprint.is_current() {
        return Ok(folder);
    }
    fingerprint.forget();
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    bindgen(module, &folder)?;
    if is_small {
        shrink(&folder.join("kjent_bg.wasm"))?;
    }
    fingerprint.keep()?;
    Ok(folder)
}

fn bindgen(module: &Path, folder: &Path) -> Result<()> {
    // The two halves of wasm-bindgen understand each other only at the very same version.
    let (library, tool) =
        (locked_version("wasm-bindgen")?, locked_version("wasm-bindgen-cli-support")?);
    ensure!(
        library == tool,
        "Cargo.lock has wasm-bindgen {library} and wasm-bindgen-cli-support {tool}; make them one: \
         cargo update wasm-bindgen-cli-support --precise {library}"
    );
    let mut build = shell::cargo();
    build.args(["build", "--package", "xtask-bindgen", "--target-dir", paths::TOOLS]);
    // It runs for seconds at opt-level 1 and for most of a minute at 0; above, it builds longer.
    build.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1").env("CARGO_PROFILE_DEV_DEBUG", "false");
    shell::step("Building wasm-bindgen", &mut build)?;

    let program = Path::new(paths::TOOLS).join("debug/xtask-bindgen");
    shell::step(
        "Making the wasm loadable",
        Command::new(program).arg(module).arg(folder).arg("kjent"),
    )
}

fn shrink(wasm: &Path) -> Result<()> {
    let optimiser = setup::package_file("binaryen/bin/wasm-opt");
    shell::step(
        "Making the wasm small",
        Command::new("node").arg(optimiser).arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(wasm),
    )
}

/// The version of a package in `Cargo.lock`.
fn locked_version(package: &str) -> Result<String> {
    let lock = fs::read_to_string("Cargo.lock").context("cannot read Cargo.lock")?;
    let name = format!("name = \"{package}\"");
    let version = lock
        .lines()
        .skip_while(|line| *line != name)
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \""))
        .and_then(|rest| rest.strip_suffix('"'));
    Ok(version.with_context(|| format!("Cargo.lock has no {package}"))?.to_owned())
}
