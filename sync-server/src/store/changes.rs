//! The log of changes, numbered per team.

use kjent_core::document::packed::Prefix;
use kjent_core::ids::{DocumentId, TabletId, TeamId};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{News, NewsFrom, OneAtLeast, Records, StoreError, StoredChange, columns};

impl Records<'_> {
    /// The number of a document's change, when it is here.
    pub fn number_of_change(
        &self,
        document: DocumentId,
        hash: &[u8; 32],
    ) -> Result<Option<u64>, StoreError> {
        let number = self
            .transaction
            .prepare_cached("SELECT number FROM change WHERE document = ?1 AND hash = ?2")?
            .query_row(params![document.bytes(), hash], |row| row.get(0))
            .optional()?;
        number.map(columns::number).transpose()
    }

    /// The hash of a document's change that begins so.
    pub fn hash_of_change(
        &self,
        document: DocumentId,
        prefix: Prefix,
    ) -> Result<Option<[u8; 32]>, StoreError> {
        let bound = |byte: u8| {
            let mut bound = [byte; 32];
            bound[..prefix.len()].copy_from_slice(&prefix);
            bound
        };
        Ok(self
            .transaction
            .prepare_cached(
                "SELECT hash FROM change WHERE document = ?1 AND hash BETWEEN ?2 AND ?3",
            )?
            .query_row(params![document.bytes(), bound(0), bound(u8::MAX)], |row| row.get(0))
            .optional()?)
    }

    /// Stores a change under the team's next number, and returns that.
    pub fn add_change(&self, change: &StoredChange<'_>) -> Result<u64, StoreError> {
        let number = self.next_number(change.team)?;
        self.transaction.prepare_cached(include_str!("add_change.sql"))?.execute(params![
            change.team.bytes(),
            number,
            change.document.bytes(),
            change.hash,
            change.bytes,
            change.tablet.as_ref().map(TabletId::bytes),
            change.received.millis(),
        ])?;
        columns::number(number)
    }

    /// The team's next number, which is taken with this.
    pub(super) fn next_number(&self, team: TeamId) -> Result<i64, StoreError> {
        Ok(self
            .transaction
            .prepare_cached(
                "UPDATE team SET last_number = last_number + 1 WHERE id = ?1 RETURNING last_number",
            )?
            .query_row([team.bytes()], |row| row.get(0))?)
    }

    /// A document's changes, each after those it builds on.
    pub fn changes_of(&self, document: DocumentId) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT bytes, hash FROM change WHERE document = ?1 ORDER BY rowid")?;
        let mut rows = statement.query([document.bytes()])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            changes.push(sound(row.get(0)?, row.get_ref(1)?.as_blob().unwrap_or_default())?);
        }
        Ok(changes)
    }

    /// The number of a team's newest change.
    pub fn last_number(&self, team: TeamId) -> Result<u64, StoreError> {
        let last = self
            .transaction
            .prepare_cached("SELECT last_number FROM team WHERE id = ?1")?
            .query_row([team.bytes()], |row| row.get(0))?;
        columns::number(last)
    }

    /// Numbered changes of a team's documents.
    pub fn news(&self, from: &NewsFrom) -> Result<News, StoreError> {
        let mut news = News { through: from.after, ..News::default() };
        let mut statement = self.transaction.prepare_cached(include_str!("list_news.sql"))?;
        let mut rows = statement.query(params![
            from.team.bytes(),
            i64::try_from(from.after).unwrap_or(i64::MAX),
            from.since.to_string(),
        ])?;
        while let Some(row) = rows.next()? {
            let bytes = sound(row.get(1)?, row.get_ref(5)?.as_blob().unwrap_or_default())?;
            let fits = news.bytes + bytes.len() <= from.budget
                || (news.changes.is_empty() && from.one_at_least == OneAtLeast::Yes);
            if !fits {
                news.more = true;
                return Ok(news);
            }
            let client: Vec<u8> = row.get(2)?;
            let (kind, month): (String, Option<String>) = (row.get(3)?, row.get(4)?);
            let document = columns::document(&client, &kind, month.as_deref())?;
            columns::fits(document, row.get_ref(6)?)?;
            news.through = columns::number(row.get(0)?)?;
            news.bytes += bytes.len();
            news.changes.push((document, row.get(5)?, bytes));
        }
        news.through = self.last_number(from.team)?;
        Ok(news)
    }
}

/// A change's bytes, when they are still those that were stored. SQLite keeps no sums of its pages,
/// and Automerge compares none when it reads a change: this is where a flipped bit is found.
fn sound(bytes: Vec<u8>, hash: &[u8]) -> Result<Vec<u8>, StoreError> {
    // A change's hash is that of all but its first eight bytes, the last four of which repeat it.
    let is_sound = bytes.split_at_checked(8).is_some_and(|(head, rest)| {
        Sha256::digest(rest).as_slice() == hash && head[4..] == hash[..4]
    });
    if is_sound { Ok(bytes) } else { Err(StoreError::Damaged("a change")) }
}
