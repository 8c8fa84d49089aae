//! `kjent-server`: the command line of the sync server.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
