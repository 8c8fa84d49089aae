//! Who in the office does something: a worker who leads a team. It is written down before it is done,
//! so that what failed is known too.

use std::env;

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use clap::Args;
use kjent_core::access::AccessAct;
use kjent_core::ids::WorkerId;
use kjent_core::oslo;
use kjent_server::access::note_of_office;
use kjent_server::clock::{Clock, SystemClock};
use kjent_server::store::{Records, Store};

use super::Database;

/// Holds the operator's number, so that it needn't be said with each command.
const VARIABLE: &str = "KJENT_OPERATOR";

/// Which database the office works on, and who does.
#[derive(Args)]
pub(super) struct Office {
    #[command(flatten)]
    pub(super) database: Database,
    /// Who does this: the employee number of a worker who leads a team, also taken from
    /// `KJENT_OPERATOR`. It stands in the access log. Where nobody leads a team yet, nobody is named.
    #[arg(long, value_name = "NUMBER")]
    operator: Option<String>,
}

impl Office {
    /// The store, which must be there, and who works on it.
    pub(super) fn open(&self, command: &str) -> Result<(Store, Option<WorkerId>)> {
        self.enter(self.database.open_existing()?, command)
    }

    /// The same, made when it isn't there.
    pub(super) fn open_new(&self, command: &str) -> Result<(Store, Option<WorkerId>)> {
        self.enter(self.database.open()?, command)
    }

    fn enter(&self, mut store: Store, command: &str) -> Result<(Store, Option<WorkerId>)> {
        let now = SystemClock.now();
        let operator = store.write(|records| {
            let operator = self.who(records, oslo::day(now))?;
            let act = (AccessAct::OfficeCommand, command);
            note_of_office(records, act, None, operator, now)?;
            Ok::<_, anyhow::Error>(operator)
        })?;
        Ok((store, operator))
    }

    fn who(&self, records: &Records<'_>, today: NaiveDate) -> Result<Option<WorkerId>> {
        if !records.leads(None, today)? {
            return Ok(None);
        }
        let number = self.operator.clone().or_else(|| env::var(VARIABLE).ok()).context(
            "say with --operator who does this: the employee number of a worker who leads a team",
        )?;
        let worker = records
            .worker_by_number(number.trim())?
            .context("the operator is no worker of any team")?;
        if !records.leads(Some(worker), today)? {
            bail!("the operator leads no team today");
        }
        Ok(Some(worker))
    }
}
