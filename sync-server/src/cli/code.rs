//! `kjent-server code`: mints a one-time code.

use anyhow::Result;
use clap::Args;
use kjent_server::clock::{Clock, SystemClock};
use kjent_server::enrolment::mint_code;
use kjent_server::entropy::SystemEntropy;

use super::{Database, say};

#[derive(Args)]
pub(super) struct Code {
    #[command(flatten)]
    database: Database,
    /// The worker's employee number.
    #[arg(long, value_name = "NUMBER")]
    worker: String,
}

impl Code {
    pub(super) fn run(self) -> Result<()> {
        let mut store = self.database.open_existing()?;
        let code = mint_code(&mut store, self.worker.trim(), SystemClock.now(), &SystemEntropy)?;
        say(code)
    }
}
