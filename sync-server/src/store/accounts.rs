//! Accounts: the workers' passwords as Argon2id makes them unreadable, and log-ins that failed.

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

/// Log-ins that failed in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailedLogIns {
    /// How many.
    pub count: u32,
    /// When the last was.
    pub last: Timestamp,
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

    /// The log-ins that failed under a number since the last that went well.
    pub fn failed_log_ins(
        &self,
        number_hash: &[u8; 32],
    ) -> Result<Option<FailedLogIns>, StoreError> {
        Ok(self
            .transaction
            .prepare_cached("SELECT count, last FROM failed_log_in WHERE number_hash = ?1")?
            .query_row([number_hash], |row| {
                Ok(FailedLogIns { count: row.get(0)?, last: Timestamp::from_millis(row.get(1)?) })
            })
            .optional()?)
    }

    /// Writes how many log-ins have failed under a number; forgets those that were last before
    /// `forgotten`, of any number.
    pub fn set_failed_log_ins(
        &self,
        number_hash: &[u8; 32],
        failed: FailedLogIns,
        forgotten: Timestamp,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("DELETE FROM failed_log_in WHERE last < ?1")?
            .execute([forgotten.millis()])?;
        self.transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO failed_log_in (number_hash, count, last)
                 VALUES (?1, ?2, ?3)",
            )?
            .execute(params![number_hash, failed.count, failed.last.millis()])?;
        Ok(())
    }

    /// A log-in went well: those before it count no more.
    pub fn forget_failed_log_ins(&self, number_hash: &[u8; 32]) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("DELETE FROM failed_log_in WHERE number_hash = ?1")?
            .execute([number_hash])?;
        Ok(())
    }
}
