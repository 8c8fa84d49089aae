//! `kjent-server late`: lists the work that came late, without what it says.

use anyhow::Result;
use clap::Args;
use kjent_server::store::late_code;

use super::office::Office;
use super::{clock_time, say};

#[derive(Args)]
pub(super) struct Late {
    #[command(flatten)]
    office: Office,
}

impl Late {
    pub(super) fn run(self) -> Result<()> {
        for row in self.office.open("late")?.0.read(|records| records.all_late())? {
            let late = row.late;
            say(format_args!(
                "{}\t{}\t{}\t{}\t{}",
                clock_time(late.received),
                clock_time(late.written),
                row.employee_number,
                late.document.client,
                late_code(late.reason),
            ))?;
        }
        Ok(())
    }
}
