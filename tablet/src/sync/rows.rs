//! How documents lie in columns.

use kjent_core::document::{DocumentKind, DocumentRef};
use kjent_core::ids::{ClientId, TeamId};
use kjent_core::sync::tablet::Held;
use rusqlite::Row;

use crate::TabletError;

/// A document's name from its columns.
pub(super) fn reference(client: &[u8], month: Option<&str>) -> Result<DocumentRef, TabletError> {
    let client = ClientId::from_bytes(client).ok_or(TabletError::Unreadable)?;
    match month {
        None => Ok(DocumentRef::care(client)),
        Some(month) => {
            let month = month.parse().map_err(|_| TabletError::Unreadable)?;
            Ok(DocumentRef::journal(client, month))
        }
    }
}

pub(super) fn month_column(document: DocumentRef) -> Option<String> {
    match document.kind {
        DocumentKind::Care => None,
        DocumentKind::Journal(month) => Some(month.to_string()),
    }
}

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
