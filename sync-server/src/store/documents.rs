//! Documents: whose, and how far they have come.

use kjent_core::document::{DocumentRef, Heads, short_digest};
use kjent_core::ids::{ClientId, DocumentId, TeamId};
use kjent_core::protocol::Listed;
use kjent_core::sync::server::HeadsRow;
use kjent_core::time::Month;
use rusqlite::{OptionalExtension, params};

use super::{DocumentRow, Records, StoreError, columns};

impl Records<'_> {
    /// A document; `None` before its first change.
    pub fn document(&self, document: DocumentId) -> Result<Option<DocumentRow>, StoreError> {
        let row = self
            .transaction
            .prepare_cached("SELECT team, heads, generation FROM document WHERE id = ?1")?
            .query_row([document.bytes()], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((team, heads, generation)) = row else { return Ok(None) };
        let team = columns::id(TeamId::from_bytes(&team))?;
        Ok(Some(DocumentRow { team, heads, generation }))
    }

    /// Writes a document's heads, and that its changes have grown by so many bytes; the first time,
    /// the document with them.
    pub fn save_heads(
        &self,
        document: &DocumentRef,
        team: TeamId,
        heads: &Heads,
        grown: usize,
    ) -> Result<(), StoreError> {
        let (kind, month) = columns::kind_columns(document);
        let client = document.client;
        self.transaction.prepare_cached(include_str!("save_heads.sql"))?.execute(params![
            document.id().bytes(),
            team.bytes(),
            client.bytes(),
            kind,
            month,
            heads.to_bytes(),
            i64::try_from(grown).unwrap_or(i64::MAX),
        ])?;
        Ok(())
    }

    /// The heads of all a team's documents with their clients, in the order of the documents' ids,
    /// without journals of months before `since`.
    pub fn all_heads(&self, team: TeamId, since: Month) -> Result<Vec<HeadsRow>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("all_heads.sql"))?;
        let mut rows = statement.query(params![team.bytes(), since.to_string()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let id = columns::id(DocumentId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?;
            let client = columns::id(ClientId::from_bytes(&row.get::<_, Vec<u8>>(2)?))?;
            all.push((client, id, row.get(1)?));
        }
        Ok(all)
    }

    /// Fails when a document's columns don't fit its id or its team isn't there: no tablet would be
    /// told of it, and none would miss it.
    pub(super) fn check_documents(&self) -> Result<(), StoreError> {
        let mut statement = self.transaction.prepare(include_str!("check_documents.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (client, kind): (Vec<u8>, String) = (row.get(1)?, row.get(2)?);
            let month: Option<String> = row.get(3)?;
            columns::fits(columns::document(&client, &kind, month.as_deref())?, row.get_ref(0)?)?;
            if !row.get(4)? {
                return Err(StoreError::Damaged("a document's team"));
            }
        }
        Ok(())
    }

    /// A team's documents, without journals of months before `since`.
    pub fn list(&self, team: TeamId, since: Month) -> Result<Vec<Listed>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("list_documents.sql"))?;
        let mut rows = statement.query(params![team.bytes(), since.to_string()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let (client, kind): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
            let month: Option<String> = row.get(2)?;
            let document = columns::document(&client, &kind, month.as_deref())?;
            columns::fits(document, row.get_ref(6)?)?;
            let heads: Vec<u8> = row.get(5)?;
            all.push(Listed {
                document,
                generation: row.get(3)?,
                bytes: columns::number(row.get(4)?)?,
                heads: short_digest(document.id(), &heads),
            });
        }
        Ok(all)
    }
}
