//! `cargo xtask demo`: the day on two tablets, played by `play-the-day` without a display.

use std::process::Command;

use anyhow::Result;

use crate::{paths, programs, setup, shell, ui};

/// The command.
pub fn demo() -> Result<()> {
    play("play-the-day", &[], &ui::Arguments::default())
}

/// Runs a player. It starts a display of its own, the server and the apps.
pub fn play(player: &str, arguments: &[String], ui: &ui::Arguments) -> Result<()> {
    setup::native()?;
    setup::window()?;
    programs::build(ui)?;

    eprintln!();
    shell::in_the_open(Command::new(paths::program(player)?).args(arguments))
}
