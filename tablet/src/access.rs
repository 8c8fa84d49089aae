//! The access log on the tablet: a row for each opening, kept in the encrypted database until the
//! server has it, and taken off then. What is one opening, and why, is `kjent_core::access`.
//!
//! A row is written before what it tells of is shown. Where it can't be written (the disk is full),
//! the client's record is shown all the same: somebody stands at a door and has to know. The row is
//! kept in memory then, and written, or sent, as soon as it can be.

mod ask;

pub use ask::read_access_log;

use std::cell::RefCell;

use kjent_core::access::chain::AccessHead;
use kjent_core::access::{AccessAct, AccessOutcome, AccessReason, AccessRow, Relation, Watch};
use kjent_core::cbor;
use kjent_core::ids::{AccessId, ClientId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::transact::Writing;
use crate::{Tablet, TabletError};

/// The setting with the newest link of the server's log that this tablet was given.
const HEAD: &str = "access_head";

/// What is being looked at, in memory.
#[derive(Debug, Default)]
pub(crate) struct AccessLog(RefCell<Looking>);

#[derive(Debug, Default)]
struct Looking {
    watch: Watch,
    /// Rows that could not be written.
    unwritten: Vec<AccessRow>,
    /// The opening whose reason is not known.
    asks: Option<(ClientId, AccessId)>,
}

impl Tablet {
    /// Hands on what was read of a client, and notes that it was opened; or that it was refused.
    /// `before_door` says that it is a visit of the worker's that is not begun.
    pub(crate) fn opened<T>(
        &self,
        client: ClientId,
        before_door: bool,
        read: Result<T, TabletError>,
    ) -> Result<T, TabletError> {
        let now = self.now();
        match &read {
            Ok(_) => {
                // Not within the borrow: to know why asks the database.
                let is_new = self.access.0.borrow_mut().watch.opens(client, now);
                if is_new {
                    // What can't be read of it doesn't keep her from the rest.
                    let relation = self.relation(client).unwrap_or_default();
                    self.note_opening(client, Relation { before_door, ..relation }.reason());
                }
            }
            Err(TabletError::Refused(_)) => {
                if self.access.0.borrow_mut().watch.refuses(client, now) {
                    let row = self.access_row(AccessAct::Opened).about(client, None);
                    self.keep_access([AccessRow { outcome: AccessOutcome::Refused, ..row }]);
                }
            }
            // Nothing was shown.
            Err(_) => {}
        }
        read
    }

    fn note_opening(&self, client: ClientId, why: Option<AccessReason>) {
        let row = self.access_row(AccessAct::Opened).about(client, why);
        self.access.0.borrow_mut().asks = row.why.is_none().then_some((client, row.id));
        self.keep_access([row]);
    }

    /// Notes that these clients are in a report that is shown.
    pub(crate) fn reported(&self, clients: impl IntoIterator<Item = ClientId>, why: &AccessReason) {
        let now = self.now();
        let mut clients: Vec<ClientId> = clients.into_iter().collect();
        clients.sort_unstable();
        clients.dedup();
        clients.retain(|client| self.access.0.borrow_mut().watch.reports(*client, now));
        let row = |client| self.access_row(AccessAct::ReadReport).about(client, Some(why.clone()));
        self.keep_access(clients.into_iter().map(row));
    }

    /// Notes that words are searched for; none of them.
    pub(crate) fn searched(&self) {
        if self.access.0.borrow_mut().watch.searches(self.now()) {
            self.keep_access([self.access_row(AccessAct::Searched)]);
        }
    }

    /// Writes down something else that belongs in the access log: wrong PINs and how many, a
    /// lock-out, a recovered key; what was copied or printed of a client.
    pub fn log_access(
        &self,
        act: AccessAct,
        outcome: AccessOutcome,
        client: Option<ClientId>,
        count: u32,
    ) {
        self.keep_access([AccessRow { outcome, client, count, ..self.access_row(act) }]);
    }

    /// Whether the worker is to say why she has opened this client's record: nothing that the tablet
    /// knows of tells.
    pub fn read_access_question(&self, client: ClientId) -> bool {
        let looking = self.access.0.borrow();
        looking.asks.is_some_and(|(asked, _)| asked == client) && looking.watch.is_open(client)
    }

    /// Says why.
    pub fn give_access_reason(
        &self,
        client: ClientId,
        why: &AccessReason,
        words: &str,
    ) -> Result<(), TabletError> {
        let words = words.trim();
        if why.needs_words() && words.is_empty() {
            return Err(TabletError::ReasonNeeded);
        }
        let asked = self.access.0.borrow().asks.filter(|(asked, _)| *asked == client);
        let row = match asked {
            Some((_, id)) => self.take_access(id)?,
            None => None,
        };
        // It gets another id, for the first one may be on its way. Where that has arrived already,
        // this is a row of its own that says why.
        let fresh = self.access_row(AccessAct::Opened).about(client, Some(why.clone()));
        let at = row.map_or(fresh.at, |row| row.at);
        self.keep_access([AccessRow { at, words: words.to_owned(), ..fresh }.bounded()]);
        self.access.0.borrow_mut().asks = None;
        Ok(())
    }

    /// A row of now. Without randomness it has an id that only the moment tells apart.
    fn access_row(&self, act: AccessAct) -> AccessRow {
        let now = self.now();
        let random = self.environment.random().unwrap_or_default();
        AccessRow::new(AccessId::mint(now, random), act, now)
    }

    /// Keeps rows: in the database, and in memory as long as that doesn't take them.
    fn keep_access(&self, rows: impl IntoIterator<Item = AccessRow>) {
        self.access.0.borrow_mut().unwritten.extend(rows);
        self.write_access();
    }

    /// Writes what could not be written before.
    pub(crate) fn write_access(&self) {
        let mut looking = self.access.0.borrow_mut();
        if !looking.unwritten.is_empty() && insert(&self.connection, &looking.unwritten).is_ok() {
            looking.unwritten.clear();
        }
    }

    /// Rows that are in memory only.
    pub(crate) fn unwritten_access(&self) -> Vec<AccessRow> {
        self.access.0.borrow().unwritten.clone()
    }

    /// The server has these.
    pub(crate) fn forget_access(&self, logged: &[AccessRow]) {
        let mut looking = self.access.0.borrow_mut();
        looking.unwritten.retain(|row| !logged.contains(row));
    }

    /// Takes a row out that the server doesn't have, to write it anew.
    fn take_access(&self, id: AccessId) -> Result<Option<AccessRow>, TabletError> {
        let mut looking = self.access.0.borrow_mut();
        if let Some(place) = looking.unwritten.iter().position(|row| row.id == id) {
            return Ok(Some(looking.unwritten.remove(place)));
        }
        let body: Option<Vec<u8>> = self
            .connection
            .prepare_cached("DELETE FROM access_row WHERE id = ?1 RETURNING body")?
            .query_row([id.bytes()], |row| row.get(0))
            .optional()?;
        Ok(body.map(|body| cbor::read(&body)).transpose()?)
    }

    /// The newest link of the server's log that this tablet was given.
    pub(crate) fn access_head(&self) -> Result<Option<AccessHead>, TabletError> {
        head(&self.connection)
    }
}

fn insert(connection: &Connection, rows: &[AccessRow]) -> Result<(), TabletError> {
    let writing = connection.unchecked_transaction()?;
    for row in rows {
        writing
            .prepare_cached("INSERT INTO access_row (id, body) VALUES (?1, ?2)")?
            .execute(params![row.id.bytes(), cbor::write(row)?])?;
    }
    Ok(writing.commit()?)
}

fn head(connection: &Connection) -> Result<Option<AccessHead>, TabletError> {
    let mut query = connection.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
    let text: Option<String> = query.query_row([HEAD], |row| row.get(0)).optional()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

impl Writing<'_> {
    /// Rows that the server doesn't have, oldest first.
    pub(crate) fn stored_access(&self, at_most: usize) -> Result<Vec<AccessRow>, TabletError> {
        let mut query =
            self.tx.prepare_cached("SELECT body FROM access_row ORDER BY position LIMIT ?1")?;
        let at_most = i64::try_from(at_most).unwrap_or(i64::MAX);
        let bodies = query.query_map([at_most], |row| row.get::<_, Vec<u8>>(0))?;
        bodies.map(|body| Ok(cbor::read(&body?)?)).collect()
    }

    /// Takes rows off the tablet, for the server has them, and keeps the newest link that it gave.
    /// A log only grows: an earlier link is not taken for a later one.
    pub(crate) fn drop_access(
        &self,
        rows: &[AccessRow],
        newest: &AccessHead,
    ) -> Result<(), TabletError> {
        let mut delete = self.tx.prepare_cached("DELETE FROM access_row WHERE id = ?1")?;
        for row in rows {
            delete.execute([row.id.bytes()])?;
        }
        if head(&self.tx)?.is_none_or(|known| known.number < newest.number) {
            self.tx
                .prepare_cached("INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)")?
                .execute(params![HEAD, newest.to_string()])?;
        }
        Ok(())
    }
}
