//! Embeds the UI that `cargo xtask ui` built. Without one, a page says how to build it, so that the
//! shell compiles on a fresh clone.

use std::fs;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let ui = Path::new("../target/ui");
    if !ui.join("index.html").exists() {
        fs::create_dir_all(ui)?;
        fs::write(ui.join("index.html"), "<!doctype html><p>Run: cargo xtask ui</p>")?;
    }
    println!("cargo:rerun-if-changed=../target/ui");
    tauri_build::build();
    Ok(())
}
