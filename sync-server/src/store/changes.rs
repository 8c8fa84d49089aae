//! The log of changes, numbered per team.

use kjent_core::document::DocumentRef;
use kjent_core::ids::{DocumentId, TabletId, TeamId};
use kjent_core::time::Timestamp;
use rusqlite::params;

use super::{Records, StoreError, columns};

/// A change to store.
#[derive(Clone, Copy, Debug)]
pub struct StoredChange<'a> {
    /// Whose log it stands in.
    pub team: TeamId,
    /// Which document it is of.
    pub document: DocumentId,
    /// Its hash.
    pub hash: &'a [u8; 32],
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Who uploaded it; `None` for an administrator.
    pub tablet: Option<TabletId>,
    /// When it came.
    pub received: Timestamp,
}

/// From where on, and how much, a tablet reads.
#[derive(Clone, Copy, Debug)]
pub struct NewsFrom {
    /// Which log.
    pub team: TeamId,
    /// Behind which number.
    pub after: u64,
    /// Who reads: its own changes are left out.
    pub tablet: TabletId,
    /// How many bytes of changes at most.
    pub budget: usize,
    /// Whether one change may go past the budget, when it would be the only one.
    pub one_at_least: OneAtLeast,
}

/// Whether an answer holds a change even if that one alone is larger than the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OneAtLeast {
    /// It does: otherwise a large change would stop a tablet for good.
    Yes,
    /// It holds one already.
    No,
}

/// What there is to read.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// The changes, by number.
    pub changes: Vec<(DocumentRef, Vec<u8>)>,
    /// How far these and the reader's own go.
    pub through: u64,
    /// Whether there is more.
    pub more: bool,
    /// How many bytes the changes have.
    pub bytes: usize,
}

impl Records<'_> {
    /// Whether the document's change is here.
    pub fn has_change(&self, document: DocumentId, hash: &[u8; 32]) -> Result<bool, StoreError> {
        Ok(self
            .transaction
            .prepare_cached("SELECT 1 FROM change WHERE document = ?1 AND hash = ?2")?
            .exists(params![document.bytes(), hash])?)
    }

    /// Stores a change under the team's next number, and returns that.
    pub fn add_change(&self, change: &StoredChange<'_>) -> Result<u64, StoreError> {
        let number: i64 = self
            .transaction
            .prepare_cached(
                "UPDATE team SET last_number = last_number + 1 WHERE id = ?1 RETURNING last_number",
            )?
            .query_row([change.team.bytes()], |row| row.get(0))?;
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

    /// A document's changes, each after those it builds on.
    pub fn changes_of(&self, document: DocumentId) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT bytes FROM change WHERE document = ?1 ORDER BY number")?;
        let rows = statement.query_map([document.bytes()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a tablet hasn't read of a team's log.
    ///
    /// A tablet that claims to have read further than the log goes has read a log that is lost, for
    /// instance by a restored backup: it is given the log from its beginning.
    pub fn news(&self, from: &NewsFrom) -> Result<News, StoreError> {
        let last: i64 = self
            .transaction
            .prepare_cached("SELECT last_number FROM team WHERE id = ?1")?
            .query_row([from.team.bytes()], |row| row.get(0))?;
        let last = columns::number(last)?;
        let after = if from.after > last { 0 } else { from.after };
        let mut news = News { through: after, ..News::default() };
        let mut statement = self.transaction.prepare_cached(include_str!("list_news.sql"))?;
        let mut rows = statement.query(params![
            from.team.bytes(),
            i64::try_from(after).unwrap_or(i64::MAX),
            from.tablet.bytes()
        ])?;
        while let Some(row) = rows.next()? {
            let bytes: Vec<u8> = row.get(1)?;
            let fits = news.bytes + bytes.len() <= from.budget
                || (news.changes.is_empty() && from.one_at_least == OneAtLeast::Yes);
            if !fits {
                news.more = true;
                return Ok(news);
            }
            let client: Vec<u8> = row.get(2)?;
            let (kind, month): (String, Option<String>) = (row.get(3)?, row.get(4)?);
            let document = columns::document(&client, &kind, month.as_deref())?;
            news.through = columns::number(row.get(0)?)?;
            news.bytes += bytes.len();
            news.changes.push((document, bytes));
        }
        news.through = last;
        Ok(news)
    }
}
