//! `cargo xtask`: every chore of this repository, each one command on a machine that has only Rust
//! and Node.
//!
//! Owns the command line and where commands run (the top of the repository). What a command does is
//! in the file of its name. Light on purpose: it has to build in seconds on a first visit.

mod bench;
mod demo;
mod fingerprint;
mod fuzz;
mod mobile;
mod paths;
mod programs;
mod run;
mod setup;
mod shell;
mod soak;
mod stories;
mod test;
mod ui;

use std::{process::ExitCode, time::Instant};

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    bin_name = "cargo xtask",
    about = "Kjent's chores. On a fresh machine, start with: cargo xtask run"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Set up, build, start a server with demo data, and open the app on today's visits
    Run(run::Arguments),
    /// Play the same day in real windows without a display, and leave pictures in target/demo/
    Demo,
    /// Play stories of workers on real tablets, and leave pictures in target/stories/
    Stories(stories::Arguments),
    /// Everything CI checks
    Test(test::Arguments),
    /// Build the UI to target/ui/
    Ui(ui::Arguments),
    /// Measure what a worker waits for on a tablet with a year of history, and what sync costs
    Bench(bench::Arguments),
    /// Play thousands of bad networks, kills and damaged files, and see that nothing is lost
    Soak(soak::Arguments),
    /// Fuzz the decoders that take bytes from outside
    Fuzz(fuzz::Arguments),
    /// See whether the app's Rust is sound for Android and iOS, without their toolchains
    Mobile,
    /// Install what is missing, and nothing else
    Setup,
}

fn main() -> ExitCode {
    let started = Instant::now();
    let outcome = paths::go_to_repository().and_then(|()| match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Demo => demo::demo(),
        Command::Stories(arguments) => stories::stories(&arguments),
        Command::Test(arguments) => test::test(&arguments, started),
        Command::Ui(arguments) => ui::ui(&arguments),
        Command::Bench(arguments) => bench::bench(&arguments),
        Command::Soak(arguments) => soak::soak(&arguments),
        Command::Fuzz(arguments) => fuzz::fuzz(&arguments),
        Command::Mobile => mobile::mobile(),
        Command::Setup => setup::everything(),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Arguments::command().debug_assert();
    }
}
