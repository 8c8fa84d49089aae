//! `kjent-server retention`: says how long journals stay on a team's tablets.

use anyhow::Result;
use clap::Args;

use super::office::Office;
use super::{say, team};

#[derive(Args)]
pub(super) struct Retention {
    #[command(flatten)]
    office: Office,
    /// The team: its id or its name.
    #[arg(long, value_name = "TEAM")]
    team: String,
    /// How many whole months of journals its tablets keep beside the present one. Older ones stay
    /// on the server, and can be fetched.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=120))]
    months: u32,
}

impl Retention {
    pub(super) fn run(self) -> Result<()> {
        let months = self.months;
        let name = self.office.open("retention")?.0.write(|records| {
            let team = team::find(records, &self.team)?;
            records.set_retention(team.id, months)?;
            Ok::<_, anyhow::Error>(team.name)
        })?;
        say(format_args!("tablets of {name} keep journals of this month and {months} before it"))
    }
}
