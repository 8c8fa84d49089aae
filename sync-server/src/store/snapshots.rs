//! Documents whole, kept from the last time that one was asked for.

use kjent_core::ids::DocumentId;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{Records, StoreError, StoredSnapshot};

impl Records<'_> {
    /// The document's snapshot that was stored last, unless it is damaged: it is made anew then.
    pub fn snapshot(&self, document: DocumentId) -> Result<Option<StoredSnapshot>, StoreError> {
        let stored: Option<StoredSnapshot> = self
            .transaction
            .prepare_cached("SELECT heads, bytes FROM snapshot WHERE document = ?1")?
            .query_row([document.bytes()], |row| {
                Ok(StoredSnapshot { heads: row.get(0)?, bytes: row.get(1)? })
            })
            .optional()?;
        Ok(stored.filter(|stored| is_sound(&stored.bytes)))
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

/// Whether a saved document's sum is right: the first four bytes of the hash of all that follows it.
fn is_sound(bytes: &[u8]) -> bool {
    bytes
        .split_at_checked(8)
        .is_some_and(|(head, rest)| Sha256::digest(rest).as_slice().starts_with(&head[4..]))
}
