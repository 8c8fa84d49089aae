//! Asking for a month of the journal that is older than what the tablet keeps.

use kjent_core::document::DocumentRef;
use kjent_core::ids::ClientId;
use kjent_core::time::Month;
use kjent_core::view::ChangeSet;
use rusqlite::params;

use crate::{Tablet, TabletError};

/// How long it stays: a shift and the next morning's questions.
const STAYS_MINUTES: i64 = 24 * 60;

impl Tablet {
    /// Asks for the month's journal: the next sync fetches it, and it stays for a day.
    pub fn ask_for_older(
        &mut self,
        client: ClientId,
        month: Month,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let document = DocumentRef::journal(client, month).id();
            let until = writing.now.plus_minutes(STAYS_MINUTES).millis();
            let here = writing
                .tx
                .prepare_cached("UPDATE document SET stays_until = ?2 WHERE id = ?1")?
                .execute(params![document.bytes(), until])?;
            if here == 0 {
                let team = writing.team_of(client)?;
                writing.tx.prepare_cached(include_str!("upsert_asked.sql"))?.execute(params![
                    document.bytes(),
                    client.bytes(),
                    month.to_string(),
                    team.bytes(),
                    until
                ])?;
            }
            Ok(())
        })?;
        Ok(done.1)
    }
}
