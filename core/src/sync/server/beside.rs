//! What stands in a client's other documents, looked up while a change is judged.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Records, open};
use crate::document::{Document, DocumentRef};
use crate::ids::{DocumentId, FactId};

/// The documents that were looked into, as the store has them: with what this exchange has accepted.
pub(super) struct BesideDocuments<'a, R: Records> {
    records: &'a R,
    loaded: RefCell<HashMap<DocumentId, Document>>,
    failed: RefCell<Option<R::Error>>,
}

impl<'a, R: Records> BesideDocuments<'a, R> {
    pub(super) fn new(records: &'a R) -> Self {
        Self { records, loaded: RefCell::default(), failed: RefCell::new(None) }
    }

    /// The bytes of a fact in another document.
    pub(super) fn fact(&self, reference: DocumentRef, fact: FactId) -> Option<Vec<u8>> {
        let mut loaded = self.loaded.borrow_mut();
        let document = match loaded.entry(reference.id()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => match open::load(self.records, reference) {
                Ok(document) => free.insert(document),
                Err(error) => {
                    self.failed.replace(Some(error));
                    return None;
                }
            },
        };
        document.fact(fact)
    }

    /// Fails when something could not be looked up.
    pub(super) fn finish(self) -> Result<(), R::Error> {
        self.failed.into_inner().map_or(Ok(()), Err)
    }
}
