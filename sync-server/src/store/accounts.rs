//! Accounts: the workers' passwords as Argon2id makes them unreadable.

use kjent_core::ids::WorkerId;
use kjent_core::time::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError, columns};

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Whose.
    pub worker: WorkerId,
    /// The password, as a PHC string.
    pub password: String,
}

impl Records<'_> {
    /// The account of the worker with an employee number.
    pub fn account(&self, number: &str) -> Result<Option<AccountRow>, StoreError> {
        let found: Option<(Vec<u8>, String)> = self
            .transaction
            .prepare_cached(
                "SELECT account.worker, account.password FROM account
                 JOIN worker ON worker.id = account.worker WHERE worker.employee_number = ?1",
            )?
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((worker, password)) = found else { return Ok(None) };
        Ok(Some(AccountRow { worker: columns::id(WorkerId::from_bytes(&worker))?, password }))
    }

    /// Writes a worker's password.
    pub fn set_account(
        &self,
        worker: WorkerId,
        password: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO account (worker, password, set_at) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![worker.bytes(), password, at.millis()])?;
        Ok(())
    }
}
