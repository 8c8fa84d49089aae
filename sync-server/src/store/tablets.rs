//! Tablets: whose, and by which token they are known.

use kjent_core::ids::{TabletId, WorkerId};
use kjent_core::time::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError, TabletRow, columns};

impl Records<'_> {
    /// Adds a tablet, known by its token's SHA-256.
    pub fn add_tablet(
        &self,
        row: TabletRow,
        token_hash: &[u8; 32],
        enrolled: Timestamp,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT INTO tablet (id, worker, token_hash, enrolled) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                row.tablet.bytes(),
                row.worker.bytes(),
                token_hash,
                enrolled.millis()
            ])?;
        Ok(())
    }

    /// The tablet with this token, when it isn't revoked. Looked up by the token's hash, so the
    /// time that it takes says nothing about the token.
    pub fn tablet_by_token(&self, token_hash: &[u8; 32]) -> Result<Option<TabletRow>, StoreError> {
        let found = self
            .transaction
            .prepare_cached(
                "SELECT id, worker FROM tablet WHERE token_hash = ?1 AND revoked IS NULL",
            )?
            .query_row([token_hash], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?))
            })
            .optional()?;
        let Some((tablet, worker)) = found else { return Ok(None) };
        Ok(Some(TabletRow {
            tablet: columns::id(TabletId::from_bytes(&tablet))?,
            worker: columns::id(WorkerId::from_bytes(&worker))?,
        }))
    }

    /// The tablet whose token this was until it was revoked.
    pub fn revoked_by_token(&self, token_hash: &[u8; 32]) -> Result<Option<TabletRow>, StoreError> {
        let mut query = self.transaction.prepare_cached(
            "SELECT id, worker FROM tablet WHERE token_hash = ?1 AND revoked IS NOT NULL",
        )?;
        let found = query.query_row([token_hash], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?))
        });
        let Some((tablet, worker)) = found.optional()? else { return Ok(None) };
        Ok(Some(TabletRow {
            tablet: columns::id(TabletId::from_bytes(&tablet))?,
            worker: columns::id(WorkerId::from_bytes(&worker))?,
        }))
    }

    /// Takes a tablet's token away for good. True when there was one to take.
    pub fn revoke_tablet(&self, tablet: TabletId, at: Timestamp) -> Result<bool, StoreError> {
        let revoked = self
            .transaction
            .prepare_cached("UPDATE tablet SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL")?
            .execute(params![tablet.bytes(), at.millis()])?;
        Ok(revoked > 0)
    }
}
