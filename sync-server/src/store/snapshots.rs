//! Documents whole, kept from the last time that one was asked for.

use kjent_core::ids::DocumentId;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError};

impl Records<'_> {
    /// The document's snapshot that was stored last, with the heads that it has.
    pub fn snapshot(&self, document: DocumentId) -> Result<Option<(Vec<u8>, Vec<u8>)>, StoreError> {
        Ok(self
            .transaction
            .prepare_cached("SELECT heads, bytes FROM snapshot WHERE document = ?1")?
            .query_row([document.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// Stores a document's snapshot, with its heads.
    pub fn save_snapshot(
        &self,
        document: DocumentId,
        heads: &[u8],
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO snapshot (document, heads, bytes) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![document.bytes(), heads, bytes])?;
        Ok(())
    }
}
