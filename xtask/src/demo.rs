//! `cargo xtask demo`: the day on two tablets, played by `play-the-day` without a display.

use std::process::Command;

use anyhow::Result;

use crate::{paths, programs, setup, shell, ui};

/// The command. The player starts a display of its own, the server and the two apps.
pub fn demo() -> Result<()> {
    setup::native()?;
    setup::window()?;
    programs::build(&ui::Arguments::default())?;

    eprintln!();
    shell::in_the_open(&mut Command::new(paths::program("play-the-day")?))
}
