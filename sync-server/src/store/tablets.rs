//! Tablets: each a worker's profile on a device, known by its token.

use kjent_core::ids::{DeviceId, TabletId, WorkerId};
use kjent_core::time::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{DeviceRow, Records, StoreError, TabletRow, columns, devices};

/// A profile as its token finds it, with the device that it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Which, and whose.
    pub tablet: TabletRow,
    /// Whether the profile has ended: revoked or handed in.
    pub ended: bool,
    /// The device.
    pub device: DeviceRow,
    /// When the profile was last heard of, as far as it is written down.
    pub contact: Option<Timestamp>,
}

impl Records<'_> {
    /// Adds a profile on a device, known by its token's SHA-256.
    pub fn add_tablet(
        &self,
        row: TabletRow,
        device: DeviceId,
        token_hash: &[u8; 32],
        enrolled: Timestamp,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT INTO tablet (id, worker, token_hash, enrolled, device)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                row.tablet.bytes(),
                row.worker.bytes(),
                token_hash,
                enrolled.millis(),
                device.bytes()
            ])?;
        Ok(())
    }

    /// Gives a profile another token; the one that it had is good no more.
    pub fn set_token(&self, tablet: TabletId, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("UPDATE tablet SET token_hash = ?2 WHERE id = ?1")?
            .execute(params![tablet.bytes(), token_hash])?;
        Ok(())
    }

    /// The profile with this token. Looked up by the token's hash, so the time that it takes says
    /// nothing about the token.
    pub fn session_by_token(
        &self,
        token_hash: &[u8; 32],
    ) -> Result<Option<SessionRow>, StoreError> {
        self.session(include_str!("session_by_token.sql"), token_hash)
    }

    /// A profile by its id.
    pub fn session_of(&self, tablet: TabletId) -> Result<Option<SessionRow>, StoreError> {
        self.session(include_str!("session_by_tablet.sql"), tablet.bytes())
    }

    fn session(&self, query: &str, key: &[u8]) -> Result<Option<SessionRow>, StoreError> {
        let found = self
            .transaction
            .prepare_cached(query)?
            .query_row([key], |row| {
                let tablet: (Vec<u8>, Vec<u8>) = (row.get(3)?, row.get(4)?);
                let (ended, contact): (bool, Option<i64>) = (row.get(5)?, row.get(6)?);
                Ok((devices::read(row)?, tablet, ended, contact))
            })
            .optional()?;
        let Some((device, (tablet, worker), ended, contact)) = found else { return Ok(None) };
        let tablet = TabletRow {
            tablet: columns::id(TabletId::from_bytes(&tablet))?,
            worker: columns::id(WorkerId::from_bytes(&worker))?,
        };
        let contact = contact.map(Timestamp::from_millis);
        Ok(Some(SessionRow { tablet, ended, device: devices::row(device)?, contact }))
    }

    /// Writes down that a profile was heard of.
    pub fn note_contact(&self, tablet: TabletId, at: Timestamp) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("INSERT OR REPLACE INTO contact (tablet, at) VALUES (?1, ?2)")?
            .execute(params![tablet.bytes(), at.millis()])?;
        Ok(())
    }

    /// Lets a profile in no more. True when it was let in.
    pub fn revoke_tablet(&self, tablet: TabletId, at: Timestamp) -> Result<bool, StoreError> {
        let revoked = self
            .transaction
            .prepare_cached("UPDATE tablet SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL")?
            .execute(params![tablet.bytes(), at.millis()])?;
        Ok(revoked > 0)
    }

    /// Lets a profile in again that was revoked, unless it was handed in. True when it was revoked.
    pub fn let_tablet_in(&self, tablet: TabletId) -> Result<bool, StoreError> {
        let rows = self
            .transaction
            .prepare_cached(
                "UPDATE tablet SET revoked = NULL
                 WHERE id = ?1 AND revoked IS NOT NULL AND handed_in IS NULL",
            )?
            .execute([tablet.bytes()])?;
        Ok(rows > 0)
    }

    /// Ends a profile that was handed in. True when no other profile is let in on its device.
    pub fn hand_in(&self, session: &SessionRow, at: Timestamp) -> Result<bool, StoreError> {
        let tablet = session.tablet.tablet;
        self.transaction
            .prepare_cached("UPDATE tablet SET revoked = ?2, handed_in = ?2 WHERE id = ?1")?
            .execute(params![tablet.bytes(), at.millis()])?;
        let others: bool = self
            .transaction
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM tablet WHERE device = ?1 AND revoked IS NULL)",
            )?
            .query_row([session.device.device.bytes()], |row| row.get(0))?;
        Ok(!others)
    }
}
