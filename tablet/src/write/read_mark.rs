//! Marking a client's journal as seen by this worker.

use kjent_core::ids::ClientId;
use kjent_core::view::ChangeSet;
use rusqlite::params;

use crate::{Tablet, TabletError};

impl Tablet {
    /// The worker has seen the client's journal as it is now.
    pub fn mark_read(&mut self, client: ClientId) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let marked = writing
                .tx
                .prepare_cached(
                    "INSERT OR IGNORE INTO seen (fact) SELECT id FROM fact WHERE client = ?1",
                )?
                .execute([client.bytes()])?;
            if marked > 0 {
                writing.touched(client);
            }
            // A receipt to those who wrote it; it goes with the next sync.
            let team = writing.team_of(client)?;
            writing.tx.prepare_cached(include_str!("mark_read.sql"))?.execute(params![
                client.bytes(),
                team.bytes(),
                writing.now.millis()
            ])?;
            Ok(())
        })?;
        Ok(done.1)
    }
}
