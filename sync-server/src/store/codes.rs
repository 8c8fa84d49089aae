//! Enrolment codes, each known by its SHA-256 only.

use kjent_core::time::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError};

/// An enrolment code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// The first moment at which it is no longer good.
    pub expires: Timestamp,
    /// When it was used.
    pub used: Option<Timestamp>,
}

impl Records<'_> {
    /// Adds a code.
    pub fn add_code(&self, code_hash: &[u8; 32], expires: Timestamp) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("INSERT INTO enrolment_code (code_hash, expires) VALUES (?1, ?2)")?
            .execute(params![code_hash, expires.millis()])?;
        Ok(())
    }

    /// The code with this hash.
    pub fn code(&self, code_hash: &[u8; 32]) -> Result<Option<CodeRow>, StoreError> {
        Ok(self
            .transaction
            .prepare_cached("SELECT expires, used FROM enrolment_code WHERE code_hash = ?1")?
            .query_row([code_hash], |row| {
                Ok(CodeRow {
                    expires: Timestamp::from_millis(row.get(0)?),
                    used: row.get::<_, Option<i64>>(1)?.map(Timestamp::from_millis),
                })
            })
            .optional()?)
    }

    /// Marks a code as used.
    pub fn use_code(&self, code_hash: &[u8; 32], at: Timestamp) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("UPDATE enrolment_code SET used = ?2 WHERE code_hash = ?1")?
            .execute(params![code_hash, at.millis()])?;
        Ok(())
    }
}
