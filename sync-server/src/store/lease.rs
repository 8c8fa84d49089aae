//! For how many days tablets open without contact.

use kjent_core::lease::LEASE_DAYS;
use rusqlite::OptionalExtension;

use super::{Records, StoreError};

impl Records<'_> {
    /// The number of days that the office has set, or the usual one.
    pub fn lease_days(&self) -> Result<u32, StoreError> {
        let mut query = self.transaction.prepare_cached("SELECT days FROM lease")?;
        let set: Option<u32> = query.query_row([], |row| row.get(0)).optional()?;
        Ok(set.unwrap_or(LEASE_DAYS))
    }

    /// Sets it.
    pub fn set_lease_days(&self, days: u32) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("INSERT OR REPLACE INTO lease (only, days) VALUES (1, ?1)")?
            .execute([days])?;
        Ok(())
    }
}
