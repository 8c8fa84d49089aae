//! Devices: known by their keys, and the server's own recovery key.

use kjent_core::ids::DeviceId;
use kjent_core::time::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError, columns};

/// A device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    /// Which.
    pub device: DeviceId,
    /// Its public key, Ed25519.
    pub key: [u8; 32],
    /// Whether the office let it in no more.
    pub revoked: bool,
}

impl Records<'_> {
    /// Adds a device.
    pub fn add_device(
        &self,
        device: DeviceId,
        key: &[u8; 32],
        name: Option<&str>,
        enrolled: Timestamp,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("INSERT INTO device (id, key, name, enrolled) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![device.bytes(), key, name, enrolled.millis()])?;
        Ok(())
    }

    /// A device, revoked or not.
    pub fn device(&self, device: DeviceId) -> Result<Option<DeviceRow>, StoreError> {
        self.transaction
            .prepare_cached("SELECT id, key, revoked FROM device WHERE id = ?1")?
            .query_row([device.bytes()], read)
            .optional()?
            .map(row)
            .transpose()
    }

    /// The device with a key.
    pub fn device_with_key(&self, key: &[u8; 32]) -> Result<Option<DeviceRow>, StoreError> {
        self.transaction
            .prepare_cached("SELECT id, key, revoked FROM device WHERE key = ?1")?
            .query_row([key], read)
            .optional()?
            .map(row)
            .transpose()
    }

    /// Lets a device in no more, with every profile on it; or, with no moment, in again. False when
    /// there is no such device.
    pub fn set_device_revoked(
        &self,
        device: DeviceId,
        at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let at = at.map(Timestamp::millis);
        let rows = self
            .transaction
            .prepare_cached("UPDATE device SET revoked = ?2 WHERE id = ?1")?
            .execute(params![device.bytes(), at])?;
        Ok(rows > 0)
    }

    /// The secret half of the recovery key, when it has been made.
    pub fn recovery_key(&self) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self
            .transaction
            .prepare_cached("SELECT secret FROM recovery_key")?
            .query_row([], |row| row.get(0))
            .optional()?)
    }

    /// Keeps the recovery key that was made.
    pub fn save_recovery_key(&self, secret: &[u8; 32]) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("INSERT INTO recovery_key (only, secret) VALUES (1, ?1)")?
            .execute([secret])?;
        Ok(())
    }
}

type Columns = (Vec<u8>, [u8; 32], Option<i64>);

pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

pub(super) fn row((id, key, revoked): Columns) -> Result<DeviceRow, StoreError> {
    let device = columns::id(DeviceId::from_bytes(&id))?;
    Ok(DeviceRow { device, key, revoked: revoked.is_some() })
}
