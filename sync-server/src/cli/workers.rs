//! `kjent-server workers`: lists who can enrol a tablet today.

use anyhow::Result;
use clap::Args;
use kjent_core::oslo;
use kjent_server::clock::{Clock, SystemClock};

use super::office::Office;
use super::say;

#[derive(Args)]
pub(super) struct Workers {
    #[command(flatten)]
    office: Office,
}

impl Workers {
    pub(super) fn run(self) -> Result<()> {
        let today = oslo::day(SystemClock.now());
        let (mut store, _) = self.office.open("workers")?;
        for row in store.read(|records| records.workers(today))? {
            say(format_args!("{}\t{}\t{}", row.employee_number, row.role, row.name))?;
        }
        Ok(())
    }
}
