//! `cargo xtask stories`: what workers do on real tablets, played by `play-stories` without a display.

use anyhow::Result;

use crate::{demo, ui};

/// The options of `cargo xtask stories`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The stories to play, by the names of their files; all when none is named
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    ui: ui::Arguments,
}

/// The command.
pub fn stories(arguments: &Arguments) -> Result<()> {
    demo::play("play-stories", &arguments.names, &arguments.ui)
}
