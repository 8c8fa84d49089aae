//! How far the teams' logs go, and who may know.

use kjent_core::ids::{TabletId, TeamId};
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError, columns};

/// The newest numbers of teams.
pub type TeamNumbers = Vec<(TeamId, u64)>;

impl Records<'_> {
    /// The newest number of every team.
    pub fn team_numbers(&self) -> Result<TeamNumbers, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("SELECT id, last_number FROM team ORDER BY id")?;
        read(statement.query([])?)
    }

    /// The newest numbers of the teams that a tablet's worker is in at a moment, or is let in to by
    /// break-glass; `None` when the tablet or its device is revoked, or the account that its session follows is no more.
    pub fn numbers_for(
        &self,
        tablet: TabletId,
        at: Timestamp,
    ) -> Result<Option<TeamNumbers>, StoreError> {
        let worker: Option<Vec<u8>> = self
            .transaction
            .prepare_cached(
                "SELECT worker FROM tablet JOIN device ON device.id = tablet.device
                 WHERE tablet.id = ?1 AND tablet.revoked IS NULL AND device.revoked IS NULL
                   AND tablet.id NOT IN
                       (SELECT tablet FROM followed_account WHERE ended IS NOT NULL)",
            )?
            .query_row([tablet.bytes()], |row| row.get(0))
            .optional()?;
        let Some(worker) = worker else { return Ok(None) };
        let mut statement = self.transaction.prepare_cached(include_str!("list_numbers.sql"))?;
        read(statement.query(params![worker, oslo::day(at).to_string(), at.millis()])?).map(Some)
    }
}

fn read(mut rows: rusqlite::Rows<'_>) -> Result<TeamNumbers, StoreError> {
    let mut numbers = Vec::new();
    while let Some(row) = rows.next()? {
        let team = columns::id(TeamId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?;
        numbers.push((team, columns::number(row.get(1)?)?));
    }
    Ok(numbers)
}
