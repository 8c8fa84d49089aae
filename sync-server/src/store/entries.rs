//! Single entries that clients restrict: whom their documents are open to, and which are to be erased
//! from their journals.

use kjent_core::document::{DocumentKind, DocumentRef};
use kjent_core::ids::{ClientId, DocumentId, FactId, TeamId, WorkerId};
use kjent_core::sync::server::ReaderRow;
use kjent_core::time::Timestamp;
use rusqlite::{Row, params};

use super::{Records, StoreError, columns};

/// An entry that is to be erased from a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovingEntry {
    /// From which.
    pub journal: DocumentRef,
    /// The entry.
    pub entry: FactId,
    /// Who wrote down that it is restricted.
    pub by: WorkerId,
}

impl Records<'_> {
    /// Writes whom a restricted entry's document is and was open to, in the place of what was known.
    pub fn save_readers(&self, document: DocumentId, rows: &[ReaderRow]) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("DELETE FROM entry_reader WHERE document = ?1")?
            .execute([document.bytes()])?;
        let mut add = self.transaction.prepare_cached(
            "INSERT OR REPLACE INTO entry_reader (document, worker, since_time, until_time)
             VALUES (?1, ?2, ?3, ?4)",
        )?;
        for row in rows {
            add.execute(params![
                document.bytes(),
                row.worker.map(|worker| worker.bytes().to_vec()).unwrap_or_default(),
                row.since.millis(),
                row.until.map(Timestamp::millis),
            ])?;
        }
        Ok(())
    }

    /// Whom a restricted entry's document is and was open to.
    pub fn readers(&self, document: DocumentId) -> Result<Vec<ReaderRow>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT worker, since_time, until_time FROM entry_reader WHERE document = ?1
             ORDER BY since_time, worker",
        )?;
        let mut rows = statement.query([document.bytes()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.extend(reader(row, 0)?);
        }
        Ok(all)
    }

    /// The documents of a team's restricted entries, with whom they are and were open to.
    pub fn restricted_in(
        &self,
        team: TeamId,
    ) -> Result<Vec<(DocumentRef, Vec<ReaderRow>)>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("list_restricted.sql"))?;
        let mut rows = statement.query([team.bytes()])?;
        let mut all: Vec<(DocumentRef, Vec<ReaderRow>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let (client, column): (Vec<u8>, Option<String>) = (row.get(0)?, row.get(1)?);
            let document = columns::document(&client, "restricted", column.as_deref())?;
            let reader = reader(row, 2)?;
            match all.last_mut().filter(|(last, _)| *last == document) {
                Some((_, readers)) => readers.extend(reader),
                None => all.push((document, reader.into_iter().collect())),
            }
        }
        Ok(all)
    }

    /// Notes that an entry is to be erased from a journal, because it stands in a document of its own
    /// now, as this worker wrote down.
    pub fn erase_moved(
        &self,
        journal: &DocumentRef,
        entry: FactId,
        by: WorkerId,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO moving_entry (client, month, entry, written_by)
                 VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                journal.client.bytes(),
                journal.kind.column(),
                entry.bytes(),
                by.bytes()
            ])?;
        Ok(())
    }

    /// An entry that is to be erased from a journal, when there is any.
    pub fn moving_entry(&self) -> Result<Option<MovingEntry>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT client, month, entry, written_by FROM moving_entry LIMIT 1")?;
        let mut rows = statement.query([])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let kind = DocumentKind::from_column(Some(&row.get::<_, String>(1)?));
        Ok(Some(MovingEntry {
            journal: DocumentRef {
                client: columns::id(ClientId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?,
                kind: kind.ok_or(StoreError::Damaged("a document's kind"))?,
            },
            entry: columns::id(FactId::from_bytes(&row.get::<_, Vec<u8>>(2)?))?,
            by: columns::id(WorkerId::from_bytes(&row.get::<_, Vec<u8>>(3)?))?,
        }))
    }

    /// Notes that nothing of an entry is in its journal any more.
    pub fn has_moved(&self, moved: &MovingEntry) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "DELETE FROM moving_entry WHERE client = ?1 AND month = ?2 AND entry = ?3",
            )?
            .execute(params![
                moved.journal.client.bytes(),
                moved.journal.kind.column(),
                moved.entry.bytes()
            ])?;
        Ok(())
    }
}

/// A reader from three columns; `None` where a document has none.
fn reader(row: &Row<'_>, first: usize) -> Result<Option<ReaderRow>, StoreError> {
    let Some(worker) = row.get::<_, Option<Vec<u8>>>(first)? else { return Ok(None) };
    let worker = match worker.as_slice() {
        [] => None,
        id => Some(columns::id(WorkerId::from_bytes(id))?),
    };
    Ok(Some(ReaderRow {
        worker,
        since: Timestamp::from_millis(row.get(first + 1)?),
        until: row.get::<_, Option<i64>>(first + 2)?.map(Timestamp::from_millis),
    }))
}
