//! Documents: whose, and how far they have come.

use kjent_core::document::{DocumentRef, Heads};
use kjent_core::ids::{DocumentId, TeamId};
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError, columns};

impl Records<'_> {
    /// A document's heads as bytes; `None` before its first change.
    pub fn heads(&self, document: DocumentId) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .transaction
            .prepare_cached("SELECT heads FROM document WHERE id = ?1")?
            .query_row([document.bytes()], |row| row.get(0))
            .optional()?)
    }

    /// Writes a document's heads; the first time, the document with them.
    pub fn save_heads(
        &self,
        document: &DocumentRef,
        team: TeamId,
        heads: &Heads,
    ) -> Result<(), StoreError> {
        let (kind, month) = columns::kind_columns(document);
        let client = document.client;
        self.transaction.prepare_cached(include_str!("save_heads.sql"))?.execute(params![
            document.id().bytes(),
            team.bytes(),
            client.bytes(),
            kind,
            month,
            heads.to_bytes()
        ])?;
        Ok(())
    }

    /// The heads of all a team's documents, in the order of the documents' ids.
    pub fn all_heads(&self, team: TeamId) -> Result<Vec<(DocumentId, Vec<u8>)>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT id, heads FROM document WHERE team = ?1 ORDER BY id")?;
        let mut rows = statement.query([team.bytes()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let id = columns::id(DocumentId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?;
            all.push((id, row.get(1)?));
        }
        Ok(all)
    }
}
