//! A document of a newer generation: something was erased from it, and what this tablet wrote and
//! has not sent moves onto what is left.

use super::Records;
use crate::document::{Document, DocumentRef};

/// Moves this tablet's unsent changes of a document from the old generation onto the new one.
pub(super) fn rebase<R: Records>(
    records: &mut R,
    reference: DocumentRef,
    mut new: Document,
) -> Result<Document, R::Error> {
    super::rebase::onto(records, reference, &mut new)?;
    Ok(new)
}
