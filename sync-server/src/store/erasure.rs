//! Rewriting a document's log after an erasure, and getting what was erased out of the file.

use std::time::Duration;

use kjent_core::document::{DocumentRef, Erased, Ground};
use kjent_core::ids::{DocumentId, TeamId, WorkerId};
use kjent_core::time::Timestamp;
use rusqlite::{Connection, Row, params};

use super::{BUSY, Records, Store, StoreError, columns};

/// That something was erased.
#[derive(Clone, Copy, Debug)]
pub struct ErasureRow<'a> {
    /// From which document.
    pub document: DocumentId,
    /// The document's generation since.
    pub generation: u32,
    /// In whose log, under a number of which tablets learn of it.
    pub team: TeamId,
    /// When.
    pub at: Timestamp,
    /// On what ground.
    pub ground: &'a Ground,
    /// Who decided.
    pub decided_by: WorkerId,
    /// Whether what was erased has no business in the file any more, and is to be swept out of it.
    pub leaves_file: bool,
}

/// A refused change as it lies in the quarantine.
pub struct QuarantinedBytes {
    /// Which row.
    pub row: i64,
    /// The change's bytes.
    pub bytes: Vec<u8>,
}

/// Whether what was erased is out of the database's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swept {
    /// The file was written anew, and its log is empty.
    Whole,
    /// Another process was using the old content all the while.
    Busy,
}

impl Records<'_> {
    /// The documents in whose changes a text stands as it is, such as an id that is a key.
    pub fn documents_with(&self, text: &str) -> Result<Vec<DocumentRef>, StoreError> {
        self.references(include_str!("documents_with.sql"), text.as_bytes())
    }

    /// The documents that have a change of this hash.
    pub fn documents_of_change(&self, hash: &[u8; 32]) -> Result<Vec<DocumentRef>, StoreError> {
        self.references(include_str!("documents_of_change.sql"), hash)
    }

    fn references(&self, query: &str, by: &[u8]) -> Result<Vec<DocumentRef>, StoreError> {
        let mut statement = self.transaction.prepare_cached(query)?;
        let mut rows = statement.query([by])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(reference(row)?);
        }
        Ok(found)
    }

    /// Puts the changes of an erased document in the place of the old ones, under their numbers, and
    /// brings the document into this generation.
    pub fn replace_changes(&self, erased: &Erased, generation: u32) -> Result<(), StoreError> {
        let id = erased.document.reference().id();
        let mut replace = self.transaction.prepare_cached(include_str!("replace_change.sql"))?;
        for (old, new) in &erased.renamed {
            let change = erased.changes.iter().find(|change| change.hash == *new);
            let change = change.ok_or(StoreError::Damaged("an erased document"))?;
            let rows = replace.execute(params![id.bytes(), old.0, new.0, change.bytes])?;
            if rows != 1 {
                return Err(StoreError::Damaged("a document's changes"));
            }
            self.transaction
                .prepare_cached("UPDATE late_work SET hash = ?3 WHERE document = ?1 AND hash = ?2")?
                .execute(params![id.bytes(), old.0, new.0])?;
        }
        self.transaction.prepare_cached(include_str!("renew_document.sql"))?.execute(params![
            id.bytes(),
            erased.document.heads().to_bytes(),
            generation,
        ])?;
        self.transaction
            .prepare_cached("DELETE FROM snapshot WHERE document = ?1")?
            .execute([id.bytes()])?;
        Ok(())
    }

    /// Notes an erasure, under the team's next number.
    pub fn add_erasure(&self, erasure: &ErasureRow<'_>) -> Result<(), StoreError> {
        let number = self.next_number(erasure.team)?;
        self.transaction.prepare_cached(include_str!("add_erasure.sql"))?.execute(params![
            erasure.document.bytes(),
            erasure.generation,
            erasure.team.bytes(),
            number,
            erasure.at.millis(),
            erasure.ground.as_str(),
            erasure.decided_by.bytes(),
            (!erasure.leaves_file).then(|| erasure.at.millis()),
        ])?;
        Ok(())
    }

    /// Documents from which something was erased under a number of the team's after this one, with
    /// their generation.
    pub fn renewed(&self, team: TeamId, after: u64) -> Result<Vec<(DocumentRef, u32)>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("list_renewed.sql"))?;
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![team.bytes(), after])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push((reference(row)?, row.get(3)?));
        }
        Ok(all)
    }

    /// What was refused of a document.
    pub fn quarantined_of(
        &self,
        document: DocumentId,
    ) -> Result<Vec<QuarantinedBytes>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT rowid, bytes FROM quarantine WHERE document = ?1")?;
        let rows = statement.query_map([document.bytes()], |row| {
            Ok(QuarantinedBytes { row: row.get(0)?, bytes: row.get(1)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Writes over the bytes of a refused change. It keeps the hash by which its tablet knows it.
    pub fn overwrite_quarantined(&self, row: i64, bytes: &[u8]) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("UPDATE quarantine SET bytes = ?2 WHERE rowid = ?1")?
            .execute(params![row, bytes])?;
        Ok(())
    }

    fn note_swept(&self, now: Timestamp) -> Result<(), StoreError> {
        self.transaction
            .execute("UPDATE erasure SET swept = ?1 WHERE swept IS NULL", [now.millis()])?;
        Ok(())
    }
}

impl Store {
    /// Sweeps when an erasure was cut short before it was swept.
    pub fn sweep_if_due(
        &mut self,
        now: Timestamp,
        patience: Duration,
    ) -> Result<Swept, StoreError> {
        let query = "SELECT EXISTS (SELECT 1 FROM erasure WHERE swept IS NULL)";
        let is_due: bool = self.connection.query_row(query, [], |row| row.get(0))?;
        if is_due { self.sweep(now, patience) } else { Ok(Swept::Whole) }
    }

    /// Gets what was erased out of free pages, the gaps within pages and the write-ahead log, by
    /// writing the whole file anew.
    ///
    /// `secure_delete` zeroes what is deleted, but not what stayed behind when SQLite moved a row to
    /// another page. Waits that long for others, and says so when they don't let go.
    pub fn sweep(&mut self, now: Timestamp, patience: Duration) -> Result<Swept, StoreError> {
        self.connection.busy_timeout(patience)?;
        let swept = write_anew(&self.connection);
        self.connection.busy_timeout(BUSY)?;
        let swept = swept?;
        if swept == Swept::Whole {
            self.write(|records| records.note_swept(now))?;
        }
        Ok(swept)
    }
}

/// A document from the first three columns.
fn reference(row: &Row<'_>) -> Result<DocumentRef, StoreError> {
    let (client, kind): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
    let month: Option<String> = row.get(2)?;
    columns::document(&client, &kind, month.as_deref())
}

fn write_anew(connection: &Connection) -> Result<Swept, StoreError> {
    match connection.execute_batch("VACUUM") {
        Err(error) if is_busy(&error) => return Ok(Swept::Busy),
        done => done?,
    }
    // Brings the log into the file and empties it, unless a reader holds on to it.
    let held: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(if held { Swept::Busy } else { Swept::Whole })
}

fn is_busy(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    matches!(error.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked))
}
