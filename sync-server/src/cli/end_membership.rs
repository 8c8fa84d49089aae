//! `kjent-server end-membership`: says which day is a worker's last in a team.

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use clap::Args;

use super::office::Office;
use super::{say, team};

#[derive(Args)]
pub(super) struct EndMembership {
    #[command(flatten)]
    office: Office,
    /// The worker's employee number.
    #[arg(long, value_name = "NUMBER")]
    worker: String,
    /// The team that the worker leaves: its id or its name.
    #[arg(long, value_name = "TEAM")]
    team: String,
    /// The last day in the team, such as 2026-11-30. What the worker wrote until its end is
    /// accepted whenever it comes.
    #[arg(long, value_name = "DATE", value_parser = day)]
    last_day: NaiveDate,
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    text.parse().map_err(|_| "a day is written as 2026-11-30")
}

impl EndMembership {
    pub(super) fn run(self) -> Result<()> {
        let (number, day) = (self.worker.trim(), self.last_day);
        let name = self.office.open("end-membership")?.0.write(|records| {
            let team = team::find(records, &self.team)?;
            let worker = records
                .worker_by_number(number)?
                .context("there is no worker with that employee number")?;
            if !records.end_membership(team.id, worker, day)? {
                bail!("worker {number} is not in {} after {day}", team.name);
            }
            Ok::<_, anyhow::Error>(team.name)
        })?;
        say(format_args!("{day} is worker {number}'s last day in {name}"))
    }
}
