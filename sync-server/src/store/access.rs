//! The access log: rows that are only ever added.

use kjent_core::access::chain::{AccessEntry, AccessHead, AccessLink, Broken, Verifier};
use kjent_core::cbor;
use kjent_core::ids::{AccessId, ClientId, TabletId, TeamId, WorkerId};
use kjent_core::team::Profession;
use rusqlite::{OptionalExtension, Row, params};
use serde_bytes::ByteArray;

use super::{Records, StoreError, columns};

/// A row with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAccess {
    /// Its number, from 1.
    pub number: u64,
    /// What it says.
    pub entry: AccessEntry,
}

/// Who a worker is, to those who read the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerName {
    /// The name.
    pub name: String,
    /// The profession.
    pub profession: Profession,
}

impl Records<'_> {
    /// The newest link.
    pub fn access_head(&self) -> Result<AccessHead, StoreError> {
        let mut query = self
            .transaction
            .prepare_cached("SELECT number, hash FROM access_log ORDER BY number DESC LIMIT 1")?;
        let found = query.query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)));
        match found.optional()? {
            Some((number, hash)) => {
                Ok(AccessHead { number: columns::number(number)?, hash: ByteArray::new(hash) })
            }
            None => Ok(AccessHead::NONE),
        }
    }

    /// Whether a tablet's row is here; without a tablet, one of the server's own.
    pub fn has_access(&self, tablet: Option<TabletId>, row: AccessId) -> Result<bool, StoreError> {
        let mut query = self.transaction.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM access_log WHERE tablet = ?1 AND id = ?2)",
        )?;
        Ok(query.query_row(params![tablet_column(tablet), row.bytes()], |row| row.get(0))?)
    }

    /// Stores the next link.
    pub fn add_access(&self, link: &AccessLink) -> Result<(), StoreError> {
        let (entry, number) = (&link.entry, i64::try_from(link.head.number));
        self.transaction.prepare_cached(include_str!("add_access.sql"))?.execute(params![
            number.map_err(|_| StoreError::Damaged("a number"))?,
            *link.head.hash,
            link.body,
            entry.row.id.bytes(),
            tablet_column(entry.tablet),
            entry.worker.as_ref().map(WorkerId::bytes),
            entry.row.client.as_ref().map(ClientId::bytes),
        ])?;
        Ok(())
    }

    /// The rows about a client, the newest first, at most so many.
    pub fn access_of_client(
        &self,
        client: ClientId,
        at_most: usize,
    ) -> Result<Vec<StoredAccess>, StoreError> {
        let mut query = self.transaction.prepare_cached(
            "SELECT number, body FROM access_log WHERE client = ?1 ORDER BY number DESC LIMIT ?2",
        )?;
        let at_most = i64::try_from(at_most).unwrap_or(i64::MAX);
        let mut rows = query.query(params![client.bytes(), at_most])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(stored(row)?);
        }
        Ok(all)
    }

    /// Hands every row on, the oldest first.
    pub fn each_access<E: From<StoreError>>(
        &self,
        mut found: impl FnMut(StoredAccess) -> Result<(), E>,
    ) -> Result<(), E> {
        let query = "SELECT number, body FROM access_log ORDER BY number";
        let mut query = self.transaction.prepare_cached(query).map_err(StoreError::from)?;
        let mut rows = query.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            found(stored(row)?)?;
        }
        Ok(())
    }

    /// Goes through the whole log: its newest good link, and the first thing that is wrong. `known`
    /// is a link that it gave away earlier.
    pub fn verify_access(
        &self,
        known: Option<AccessHead>,
    ) -> Result<(AccessHead, Option<Broken>), StoreError> {
        let mut verifier = Verifier::new(known);
        let mut query = self.transaction.prepare_cached(include_str!("verify_access.sql"))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let number = columns::number(row.get(0)?)?;
            let hash: Vec<u8> = row.get(1)?;
            let body: Vec<u8> = row.get(2)?;
            // A hash of another length is no link's: the body's own can't be all zeros.
            let hash = ByteArray::new(hash.try_into().unwrap_or([0; 32]));
            let is_consistent = is_beside(row, &body)?;
            verifier.row(AccessHead { number, hash }, &body, is_consistent);
        }
        Ok(verifier.end())
    }

    /// What a worker is called, in the team when they are in it, otherwise in any.
    pub fn worker_name(
        &self,
        worker: WorkerId,
        team: Option<TeamId>,
    ) -> Result<Option<WorkerName>, StoreError> {
        let mut query = self.transaction.prepare_cached(
            "SELECT name, profession FROM member WHERE worker = ?1
             ORDER BY team = ?2 DESC, position LIMIT 1",
        )?;
        let team = team.as_ref().map(TeamId::bytes);
        let found = query.query_row(params![worker.bytes(), team], |row| {
            let profession = Profession::from_code(&row.get::<_, String>(1)?);
            Ok(WorkerName { name: row.get(0)?, profession })
        });
        Ok(found.optional()?)
    }

    /// A team's name.
    pub fn team_name(&self, team: TeamId) -> Result<Option<String>, StoreError> {
        let mut query = self.transaction.prepare_cached("SELECT name FROM team WHERE id = ?1")?;
        Ok(query.query_row([team.bytes()], |row| row.get(0)).optional()?)
    }
}

fn stored(row: &Row<'_>) -> Result<StoredAccess, StoreError> {
    let entry = cbor::read(&row.get::<_, Vec<u8>>(1)?)
        .map_err(|_| StoreError::Damaged("a row of the access log"))?;
    Ok(StoredAccess { number: columns::number(row.get(0)?)?, entry })
}

/// Whether the columns beside a body say what is in it.
fn is_beside(row: &Row<'_>, body: &[u8]) -> Result<bool, StoreError> {
    let Ok(entry) = cbor::read::<AccessEntry>(body) else { return Ok(false) };
    let (id, tablet): (Vec<u8>, Vec<u8>) = (row.get(3)?, row.get(4)?);
    let (worker, client): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(5)?, row.get(6)?);
    Ok(id == entry.row.id.bytes()
        && tablet == tablet_column(entry.tablet)
        && worker == entry.worker.map(|worker| worker.bytes().to_vec())
        && client == entry.row.client.map(|client| client.bytes().to_vec()))
}

fn tablet_column(tablet: Option<TabletId>) -> Vec<u8> {
    tablet.map(|tablet| tablet.bytes().to_vec()).unwrap_or_default()
}
