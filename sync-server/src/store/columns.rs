//! How the domain's types lie in columns.

use chrono::NaiveDate;
use kjent_core::document::{DocumentKind, DocumentRef};
use kjent_core::ids::ClientId;
use kjent_core::time::Month;
use rusqlite::types::ValueRef;

use super::StoreError;

/// A document's kind and month as their two columns.
pub(super) fn kind_columns(document: &DocumentRef) -> (&'static str, Option<String>) {
    match document.kind {
        DocumentKind::Care => ("care", None),
        DocumentKind::Journal(month) => ("journal", Some(month.to_string())),
    }
}

/// A document from its columns.
pub(super) fn document(
    client: &[u8],
    kind: &str,
    month: Option<&str>,
) -> Result<DocumentRef, StoreError> {
    let client = id(ClientId::from_bytes(client))?;
    match (kind, month) {
        ("care", None) => Ok(DocumentRef::care(client)),
        ("journal", Some(month)) => {
            let month: Month = month.parse().map_err(|_| StoreError::Damaged("a month"))?;
            Ok(DocumentRef::journal(client, month))
        }
        _ => Err(StoreError::Damaged("a document's kind")),
    }
}

/// Fails when a document has another id than follows from what it is of: one of them is damaged.
pub(super) fn fits(document: DocumentRef, id: ValueRef<'_>) -> Result<(), StoreError> {
    let fits = id.as_blob().is_ok_and(|id| id == document.id().bytes().as_slice());
    if fits { Ok(()) } else { Err(StoreError::Damaged("a document's id")) }
}

/// An id that was read, or what is wrong.
pub(super) fn id<T>(read: Option<T>) -> Result<T, StoreError> {
    read.ok_or(StoreError::Damaged("an id"))
}

/// A day from its column.
pub(super) fn day(text: &str) -> Result<NaiveDate, StoreError> {
    text.parse().map_err(|_| StoreError::Damaged("a day"))
}

/// A number that can't be negative.
pub(super) fn number(stored: i64) -> Result<u64, StoreError> {
    u64::try_from(stored).map_err(|_| StoreError::Damaged("a number"))
}
