//! Documents that are kept open between exchanges, because loading one costs more than a change.
//!
//! An open document is only ever trusted when its heads are those in the store.

use std::collections::HashMap;

use kjent_core::document::{Document, DocumentRef};
use kjent_core::ids::DocumentId;

use crate::store::{Records, StoreError};

/// How many documents are kept open.
const AT_MOST: usize = 256;

/// Open documents, as of the last transaction that is on the disk.
#[derive(Default)]
pub(crate) struct OpenDocuments {
    documents: HashMap<DocumentId, (u64, Document)>,
    clock: u64,
}

impl OpenDocuments {
    /// Takes a document out, as it is in the store; loads it when it isn't open.
    pub(crate) fn take(
        &mut self,
        records: &Records<'_>,
        reference: DocumentRef,
    ) -> Result<Document, StoreError> {
        let open = self.documents.remove(&reference.id());
        match (records.heads(reference.id())?, open) {
            (None, _) => Ok(Document::new(reference)),
            (Some(heads), Some((_, document))) if document.heads().to_bytes() == heads => {
                Ok(document)
            }
            (Some(_), _) => load(records, reference),
        }
    }

    /// Keeps a document open.
    pub(crate) fn keep(&mut self, document: Document) {
        self.clock += 1;
        self.documents.insert(document.reference().id(), (self.clock, document));
        if self.documents.len() > AT_MOST {
            let oldest = self.documents.iter().min_by_key(|(_, (used, _))| *used);
            if let Some(id) = oldest.map(|(id, _)| *id) {
                self.documents.remove(&id);
            }
        }
    }

    /// Keeps these documents open.
    pub(crate) fn keep_all(&mut self, documents: OpenDocuments) {
        for (_, document) in documents.documents.into_values() {
            self.keep(document);
        }
    }
}

/// Loads a document from its stored changes.
pub(super) fn load(records: &Records<'_>, reference: DocumentRef) -> Result<Document, StoreError> {
    let changes = records.changes_of(reference.id())?;
    Document::load(reference, changes.iter().map(Vec::as_slice))
        .map_err(|_| StoreError::Damaged("a document"))
}
