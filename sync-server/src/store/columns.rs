//! How the domain's types lie in columns.

use chrono::NaiveDate;
use kjent_core::document::{DocumentKind, DocumentRef};
use kjent_core::ids::ClientId;
use rusqlite::types::ValueRef;

use super::StoreError;

/// A document's kind and month as their two columns.
pub(super) fn kind_columns(document: &DocumentRef) -> (&'static str, Option<String>) {
    (document.kind.name(), document.kind.column())
}

/// A document from its columns.
pub(super) fn document(
    client: &[u8],
    kind: &str,
    month: Option<&str>,
) -> Result<DocumentRef, StoreError> {
    let client = id(ClientId::from_bytes(client))?;
    let read = DocumentKind::from_column(month).filter(|read| read.name() == kind);
    let kind = read.ok_or(StoreError::Damaged("a document's kind"))?;
    Ok(DocumentRef { client, kind })
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
