//! The lease of a profile: when the server was heard last, by the server's clock, and what that leaves.
//!
//! The day is told by the greater of two times that no setting of the clock takes back: the
//! database's and the one beside the secret (`guard`). A contact sets both to the server's time, so
//! that a clock that once stood years ahead locks nobody out for longer than that.

use kjent_core::lease;
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use crate::{Tablet, TabletError};

/// The settings: the last contact by the server's clock, the latest time that was known, by how much
/// the tablet's clock was ahead of the server's, and the lease's length as the server told it then.
const CONTACT: &str = "contact";
const SEEN: &str = "seen";
const CLOCK_AHEAD: &str = "clock_ahead";
const DAYS: &str = "lease_days";

/// Writes down a contact and how long the server lets it count, in the transaction that takes in
/// what it brought.
pub fn hear(
    connection: &Connection,
    server: Timestamp,
    days: u32,
    now: Timestamp,
) -> Result<(), TabletError> {
    put(connection, CONTACT, server.millis())?;
    put(connection, SEEN, server.millis())?;
    put(connection, DAYS, i64::from(days))?;
    put(connection, CLOCK_AHEAD, now.millis() - server.millis())
}

/// Fails when the lease is over; otherwise remembers the time.
pub fn hold(connection: &Connection, now: Timestamp, known: Timestamp) -> Result<(), TabletError> {
    let time = time(connection, now)?.max(known);
    if let Lease::Over = lease(connection, time)? {
        return Err(TabletError::LeaseOver);
    }
    // Not at every opening: it costs a write, and the lock has a copy of its own.
    let seen = Timestamp::from_millis(get(connection, SEEN)?.unwrap_or(0));
    if time >= seen.plus_minutes(60) {
        put(connection, SEEN, time.millis())?;
    }
    Ok(())
}

/// How a lease stands.
enum Lease {
    /// The server has never been heard.
    Unknown,
    /// It holds for so many whole days.
    Holds(u32),
    /// It is over.
    Over,
}

fn lease(connection: &Connection, time: Timestamp) -> Result<Lease, TabletError> {
    let contact = match get(connection, CONTACT)? {
        Some(contact) => Some(contact),
        // Of a profile from before the lease was held: by the tablet's own clock.
        None => get(connection, "last_contact")?,
    };
    let Some(contact) = contact.map(Timestamp::from_millis) else { return Ok(Lease::Unknown) };
    let days = length(connection)?;
    let left = lease::days_left(oslo::day(contact), oslo::day(time), days);
    Ok(left.map_or(Lease::Over, Lease::Holds))
}

/// For how many days the server said that a contact counts.
fn length(connection: &Connection) -> Result<u32, TabletError> {
    let days = get(connection, DAYS)?.and_then(|days| u32::try_from(days).ok());
    Ok(days.unwrap_or(lease::LEASE_DAYS))
}

fn time(connection: &Connection, now: Timestamp) -> Result<Timestamp, TabletError> {
    let ahead = get(connection, CLOCK_AHEAD)?.unwrap_or(0);
    let seen = Timestamp::from_millis(get(connection, SEEN)?.unwrap_or(0));
    Ok(Timestamp::from_millis(now.millis() - ahead).max(seen))
}

fn get(connection: &Connection, key: &str) -> Result<Option<i64>, TabletError> {
    let mut query = connection.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
    let value: Option<String> = query.query_row([key], |row| row.get(0)).optional()?;
    Ok(value.and_then(|value| value.parse().ok()))
}

fn put(connection: &Connection, key: &str, value: i64) -> Result<(), TabletError> {
    let mut put =
        connection.prepare_cached("INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)")?;
    put.execute((key, value.to_string()))?;
    Ok(())
}

impl Tablet {
    /// For how many whole days the tablet opens without contact with the server, and whether that is
    /// so little that the worker is told.
    pub(crate) fn lease_left(&self) -> Result<(u32, bool), TabletError> {
        let time = time(&self.connection, self.now())?;
        let left = match lease(&self.connection, time)? {
            Lease::Holds(days) => days,
            Lease::Unknown | Lease::Over => 0,
        };
        Ok((left, lease::is_short(left, length(&self.connection)?)))
    }
}
