//! `kjent-server lease`: says for how many days tablets open without contact with the server.

use anyhow::Result;
use clap::Args;
use kjent_core::lease::{FEWEST_DAYS, MOST_DAYS};
use kjent_server::store::StoreError;

use super::office::Office;
use super::say;

#[derive(Args)]
pub(super) struct Lease {
    #[command(flatten)]
    office: Office,
    /// For how many days. A tablet hears of it at its next contact, and counts it offline from then
    /// on; until it is said, there are fourteen.
    #[arg(long, value_name = "N", value_parser = days())]
    days: u32,
}

fn days() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(i64::from(FEWEST_DAYS)..=i64::from(MOST_DAYS))
}

impl Lease {
    pub(super) fn run(self) -> Result<()> {
        let days = self.days;
        let (mut store, _) = self.office.open("lease")?;
        store.write::<_, StoreError>(|records| records.set_lease_days(days))?;
        say(format_args!("tablets open for {days} days without contact"))
    }
}
