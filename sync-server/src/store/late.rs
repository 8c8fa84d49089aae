//! Work that came late, and was accepted.

use kjent_core::ids::{FactId, TeamId, WorkerId};
use kjent_core::plan::Part;
use kjent_core::protocol::{LateReason, LateWork};
use kjent_core::time::Timestamp;
use rusqlite::{Row, params};
use serde_bytes::ByteArray;

use super::{Records, StoreError, columns};

impl Records<'_> {
    /// Notes that the change under a number of the team's came late.
    pub fn add_late(&self, team: TeamId, number: u64, late: &LateWork) -> Result<(), StoreError> {
        self.transaction.prepare_cached(include_str!("add_late.sql"))?.execute(params![
            team.bytes(),
            i64::try_from(number).unwrap_or(i64::MAX),
            late.document.id().bytes(),
            late.hash.as_slice(),
            late.worker.bytes(),
            late.fact.as_ref().map(FactId::bytes),
            late.part.map(Part::key),
            late.written.millis(),
            late.sent.millis(),
            late.received.millis(),
            late_code(late.reason),
        ])?;
        Ok(())
    }

    /// What came late under a number of the team's after this one.
    pub fn late(&self, team: TeamId, after: u64) -> Result<Vec<LateWork>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("list_late.sql"))?;
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![team.bytes(), after])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row)?);
        }
        Ok(all)
    }

    /// All work that ever came late, to any team, in the order in which it came.
    pub fn all_late(&self) -> Result<Vec<LateRow>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("list_all_late.sql"))?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(LateRow { late: read(row)?, employee_number: row.get(11)? });
        }
        Ok(all)
    }
}

/// Work that came late, as the office's list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateRow {
    /// What came.
    pub late: LateWork,
    /// Its author's employee number.
    pub employee_number: String,
}

fn read(row: &Row<'_>) -> Result<LateWork, StoreError> {
    let (client, kind): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
    let month: Option<String> = row.get(2)?;
    let fact: Option<Vec<u8>> = row.get(5)?;
    let part: Option<String> = row.get(6)?;
    let part = part.map(|key| {
        let known = [Part::CARE.as_slice(), Part::JOURNAL.as_slice()].concat();
        known.into_iter().find(|part| part.key() == key).ok_or(StoreError::Damaged("a part"))
    });
    let moment = |column| row.get(column).map(Timestamp::from_millis);
    Ok(LateWork {
        document: columns::document(&client, &kind, month.as_deref())?,
        hash: ByteArray::new(row.get(3)?),
        worker: columns::id(WorkerId::from_bytes(&row.get::<_, Vec<u8>>(4)?))?,
        fact: fact.map(|fact| columns::id(FactId::from_bytes(&fact))).transpose()?,
        part: part.transpose()?,
        written: moment(7)?,
        sent: moment(8)?,
        received: moment(9)?,
        reason: reason(&row.get::<_, String>(10)?)?,
    })
}

/// The word for a reason, in the database and in lists.
pub const fn late_code(reason: LateReason) -> &'static str {
    match reason {
        LateReason::LeftTeam => "left_team",
        LateReason::OtherRole => "other_role",
        LateReason::ClientMoved => "client_moved",
        LateReason::Restricted => "restricted",
        LateReason::GrantOver => "grant_over",
    }
}

fn reason(code: &str) -> Result<LateReason, StoreError> {
    match code {
        "left_team" => Ok(LateReason::LeftTeam),
        "other_role" => Ok(LateReason::OtherRole),
        "client_moved" => Ok(LateReason::ClientMoved),
        "restricted" => Ok(LateReason::Restricted),
        "grant_over" => Ok(LateReason::GrantOver),
        _ => Err(StoreError::Damaged("a reason")),
    }
}
