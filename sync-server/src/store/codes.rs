//! Enrolment codes, each known by its SHA-256 only.

use kjent_core::ids::WorkerId;
use kjent_core::time::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError, columns};

/// An enrolment code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// Whom it enrols.
    pub worker: WorkerId,
    /// The first moment at which it is no longer good.
    pub expires: Timestamp,
    /// When it was used.
    pub used: Option<Timestamp>,
}

impl Records<'_> {
    /// Adds a code.
    pub fn add_code(
        &self,
        code_hash: &[u8; 32],
        worker: WorkerId,
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT INTO enrolment_code (code_hash, worker, expires) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![code_hash, worker.bytes(), expires.millis()])?;
        Ok(())
    }

    /// The code with this hash.
    pub fn code(&self, code_hash: &[u8; 32]) -> Result<Option<CodeRow>, StoreError> {
        let found = self
            .transaction
            .prepare_cached(
                "SELECT worker, expires, used FROM enrolment_code WHERE code_hash = ?1",
            )?
            .query_row([code_hash], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get::<_, Option<i64>>(2)?))
            })
            .optional()?;
        let Some((worker, expires, used)) = found else { return Ok(None) };
        Ok(Some(CodeRow {
            worker: columns::id(WorkerId::from_bytes(&worker))?,
            expires: Timestamp::from_millis(expires),
            used: used.map(Timestamp::from_millis),
        }))
    }

    /// Marks a code as used.
    pub fn use_code(&self, code_hash: &[u8; 32], at: Timestamp) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("UPDATE enrolment_code SET used = ?2 WHERE code_hash = ?1")?
            .execute(params![code_hash, at.millis()])?;
        Ok(())
    }
}
