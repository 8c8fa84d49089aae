//! `cargo xtask soak`: the faults of the tests, for as long as you like. A part whose count is 0 is
//! left out.

use std::process::Command;

use anyhow::Result;

use crate::{paths, setup, shell};

/// The options of `cargo xtask soak`.
#[derive(clap::Args)]
pub struct Arguments {
    /// How many stories of tablets, a server and a bad network are played
    #[arg(long, value_name = "COUNT", default_value_t = 20_000)]
    simulations: u32,
    /// How often the server or a tablet is killed
    #[arg(long, value_name = "COUNT", default_value_t = 5000)]
    kills: u32,
    /// How many bits are flipped in a tablet's database, and in the server's
    #[arg(long, value_name = "COUNT", default_value_t = 500)]
    flips: u32,
    /// Where chance begins; a failing run says where to begin again
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// The command.
pub fn soak(arguments: &Arguments) -> Result<()> {
    setup::native()?;
    let build = ["build", "--bins", "--package", "kjent-tests", "--package", "kjent-server"];
    shell::step("Building the server and what attacks it", shell::cargo().args(build))?;
    let parts = [
        ("simulation", arguments.simulations),
        ("kills", arguments.kills),
        ("flips", arguments.flips),
        ("server-flips", arguments.flips),
    ];
    for (part, count) in parts.into_iter().filter(|(_, count)| *count > 0) {
        let mut soak = Command::new(paths::program("soak")?);
        soak.args([part, "--count", &count.to_string(), "--seed", &arguments.seed.to_string()]);
        shell::in_the_open(&mut soak)?;
    }
    Ok(())
}
