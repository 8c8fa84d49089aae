//! How documents that are held lie in columns.

use kjent_core::ids::TeamId;
use kjent_core::sync::tablet::Held;
use rusqlite::Row;

use crate::TabletError;
use crate::documents::reference;

pub(super) fn held(row: &Row<'_>) -> Result<Held, TabletError> {
    let (client, month): (Vec<u8>, Option<String>) = (row.get(0)?, row.get(1)?);
    Ok(Held {
        document: reference(&client, month.as_deref())?,
        team: TeamId::from_bytes(&row.get::<_, Vec<u8>>(2)?).ok_or(TabletError::Unreadable)?,
        generation: row.get(3)?,
        heads: row.get(4)?,
        needed: row.get(5)?,
    })
}
