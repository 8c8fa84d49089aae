//! Quarantine: what was refused, kept with its reason.

use kjent_core::ids::TabletId;
use kjent_core::problem::Problem;
use kjent_core::time::Timestamp;
use rusqlite::params;

use super::{Quarantined, Records, StoreError, columns};

impl Records<'_> {
    /// How many refused changes of a tablet's have been kept since a moment, and their bytes.
    pub fn quarantined(
        &self,
        tablet: TabletId,
        since: Timestamp,
    ) -> Result<(usize, usize), StoreError> {
        Ok(self
            .transaction
            .prepare_cached(
                "SELECT COUNT(*), COALESCE(SUM(LENGTH(bytes)), 0) FROM quarantine
                 WHERE tablet = ?1 AND received >= ?2",
            )?
            .query_row(params![tablet.bytes(), since.millis()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?)
    }

    /// Keeps a refused change. Sent again, it stays as it came first.
    pub fn quarantine(&self, refused: &Quarantined<'_>) -> Result<(), StoreError> {
        let (kind, month) = columns::kind_columns(&refused.document);
        let reason = serde_json::to_string(&Problem::from(refused.refusal))
            .map_err(|_| StoreError::Damaged("a reason"))?;
        self.transaction.prepare_cached(include_str!("quarantine.sql"))?.execute(params![
            refused.document.id().bytes(),
            refused.hash,
            refused.sender.tablet.bytes(),
            refused.sender.worker.bytes(),
            refused.document.client.bytes(),
            kind,
            month,
            reason,
            refused.bytes,
            refused.received.millis(),
        ])?;
        Ok(())
    }
}
