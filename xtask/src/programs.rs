//! Builds what `run`, `demo` and `stories` start: the app with its UI, the server, the demo's data,
//! and the players.

use anyhow::Result;

use crate::{setup, shell, ui};

/// Builds all of them. One cargo command, whoever asks: with another selection of packages, cargo
/// would choose other features for what they share and build much of it twice.
pub fn build(ui: &ui::Arguments) -> Result<()> {
    ui::ui(ui)?;
    setup::native()?;
    let mut cargo = shell::cargo();
    cargo.args(["build", "--bins"]);
    for package in ["kjent-shell", "kjent-server", "kjent-demo", "kjent-tests"] {
        cargo.args(["--package", package]);
    }
    shell::step("Building the app and the server", &mut cargo)
}
