//! Documents whole, kept from the last time that one was asked for.

use kjent_core::ids::DocumentId;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError, StoredSnapshot};

impl Records<'_> {
    /// The document's snapshot that was stored last.
    pub fn snapshot(&self, document: DocumentId) -> Result<Option<StoredSnapshot>, StoreError> {
        Ok(self
            .transaction
            .prepare_cached("SELECT heads, bytes FROM snapshot WHERE document = ?1")?
            .query_row([document.bytes()], |row| {
                Ok(StoredSnapshot { heads: row.get(0)?, bytes: row.get(1)? })
            })
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
