//! `kjent-server policy`: prints the table of rights.

use anyhow::Result;
use clap::{Args, CommandFactory};
use kjent_core::policy::printed;

use super::{Cli, say};

/// What is no act of the office.
const NOT_AN_ACT: [&str; 3] = ["serve", "policy", "help"];

#[derive(Args)]
pub(super) struct Policy {}

impl Policy {
    pub(super) fn run(self) -> Result<()> {
        let Self {} = self;
        let cli = Cli::command();
        let names: Vec<&str> = cli
            .get_subcommands()
            .map(clap::Command::get_name)
            .filter(|name| !NOT_AN_ACT.contains(name))
            .collect();
        say(printed(&names).trim_end())
    }
}
