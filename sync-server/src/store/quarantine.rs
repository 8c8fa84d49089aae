//! Quarantine: what was refused, kept with its reason.

use kjent_core::document::DocumentRef;
use kjent_core::policy::Refusal;
use kjent_core::problem::Problem;
use kjent_core::time::Timestamp;
use rusqlite::params;

use super::{Records, StoreError, TabletRow, columns};

/// A refused change.
#[derive(Clone, Copy, Debug)]
pub struct Quarantined<'a> {
    /// Which document it is of.
    pub document: DocumentRef,
    /// Its hash.
    pub hash: &'a [u8; 32],
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Who sent it.
    pub sender: TabletRow,
    /// Why it was refused.
    pub refusal: &'a Refusal,
    /// When it came.
    pub received: Timestamp,
}

impl Records<'_> {
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
