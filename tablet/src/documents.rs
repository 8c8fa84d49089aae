//! Documents out of their stored changes: those that the server refused stand aside.

use kjent_core::document::{Document, DocumentKind, DocumentRef};
use kjent_core::ids::ClientId;
use rusqlite::{Connection, OptionalExtension};

use crate::TabletError;

/// Which document it is, from its columns `client` and `month`.
pub(crate) fn reference(client: &[u8], month: Option<&str>) -> Result<DocumentRef, TabletError> {
    let client = ClientId::from_bytes(client).ok_or(TabletError::Unreadable)?;
    let kind = DocumentKind::from_column(month).ok_or(TabletError::Unreadable)?;
    Ok(DocumentRef { client, kind })
}

/// Loads a document from its stored changes, those that were refused left out.
pub(crate) fn load_document(
    connection: &Connection,
    reference: DocumentRef,
) -> Result<Document, TabletError> {
    let mut query = connection.prepare_cached(
        "SELECT bytes FROM change WHERE document = ?1 AND state <> 2 ORDER BY position",
    )?;
    let rows = query.query_map([reference.id().bytes()], |row| row.get::<_, Vec<u8>>(0))?;
    let changes = rows.collect::<Result<Vec<_>, _>>()?;
    let snapshot = snapshot(connection, reference)?;
    Ok(Document::resume(reference, snapshot.as_deref(), changes.iter().map(Vec::as_slice))?)
}

/// The document as it came whole, when it did.
pub(crate) fn snapshot(
    connection: &Connection,
    reference: DocumentRef,
) -> Result<Option<Vec<u8>>, TabletError> {
    let mut query = connection.prepare_cached("SELECT bytes FROM snapshot WHERE document = ?1")?;
    Ok(query.query_row([reference.id().bytes()], |row| row.get(0)).optional()?)
}
