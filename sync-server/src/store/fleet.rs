//! Every tablet, as the office sees them.

use kjent_core::ids::{DeviceId, TabletId, WorkerId};
use kjent_core::time::Timestamp;

use super::{Records, StoreError, columns};

/// A profile on a device, as the office's list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetRow {
    /// The profile.
    pub tablet: TabletId,
    /// The device, and what the office calls it.
    pub device: DeviceId,
    /// The device's name; empty when it has none.
    pub device_name: String,
    /// Whose profile.
    pub worker: WorkerId,
    /// The worker's employee number.
    pub employee_number: String,
    /// When the worker logged in on the device first.
    pub enrolled: Timestamp,
    /// When it was last heard of, to within some minutes.
    pub contact: Option<Timestamp>,
    /// Of how many clients it has something.
    pub clients: u64,
    /// When it was revoked, it or its device.
    pub revoked: Option<Timestamp>,
    /// When it was handed in.
    pub handed_in: Option<Timestamp>,
}

impl Records<'_> {
    /// Every profile on every device, by employee number and then the oldest first.
    pub fn fleet(&self) -> Result<Vec<FleetRow>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("list_fleet.sql"))?;
        let mut rows = statement.query([])?;
        let mut fleet = Vec::new();
        while let Some(row) = rows.next()? {
            let moment = |column| {
                let millis: Option<i64> = row.get(column)?;
                Ok::<_, StoreError>(millis.map(Timestamp::from_millis))
            };
            fleet.push(FleetRow {
                tablet: columns::id(TabletId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?,
                device: columns::id(DeviceId::from_bytes(&row.get::<_, Vec<u8>>(1)?))?,
                device_name: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                worker: columns::id(WorkerId::from_bytes(&row.get::<_, Vec<u8>>(3)?))?,
                employee_number: row.get(4)?,
                enrolled: Timestamp::from_millis(row.get(5)?),
                contact: moment(6)?,
                clients: columns::number(row.get(7)?)?,
                revoked: moment(8)?,
                handed_in: moment(9)?,
            });
        }
        Ok(fleet)
    }
}
