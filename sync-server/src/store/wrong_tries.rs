//! Wrong tries of what is slowed, by the hash of what they are counted under.

use kjent_core::time::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError};

/// Wrong tries in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongTries {
    /// How many.
    pub count: u32,
    /// When the last was.
    pub last: Timestamp,
}

impl Records<'_> {
    /// The wrong tries under a key.
    pub fn wrong_tries(&self, key: &[u8; 32]) -> Result<Option<WrongTries>, StoreError> {
        Ok(self
            .transaction
            .prepare_cached("SELECT count, last FROM wrong_try WHERE key_hash = ?1")?
            .query_row([key], |row| {
                Ok(WrongTries { count: row.get(0)?, last: Timestamp::from_millis(row.get(1)?) })
            })
            .optional()?)
    }

    /// Writes them; forgets those that were last before `forgotten`, under any key.
    pub fn set_wrong_tries(
        &self,
        key: &[u8; 32],
        tries: WrongTries,
        forgotten: Timestamp,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("DELETE FROM wrong_try WHERE last < ?1")?
            .execute([forgotten.millis()])?;
        self.transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO wrong_try (key_hash, count, last) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![key, tries.count, tries.last.millis()])?;
        Ok(())
    }

    /// Those under a key count no more.
    pub fn forget_wrong_tries(&self, key: &[u8; 32]) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("DELETE FROM wrong_try WHERE key_hash = ?1")?
            .execute([key])?;
        Ok(())
    }
}
