//! Documents that are kept open between exchanges, because loading one costs more than a change.
//!
//! An open document is only ever trusted when its heads are those in the store.

use std::collections::HashMap;

use super::{Damaged, Records};
use crate::document::{Document, DocumentRef};
use crate::ids::DocumentId;

/// How many documents are kept open: the present month of twenty-five teams of forty clients.
const AT_MOST: usize = 1024;

/// Open documents, as of the last transaction that is on the disk.
#[derive(Default)]
pub struct OpenDocuments {
    documents: HashMap<DocumentId, (u64, Document)>,
    clock: u64,
}

impl OpenDocuments {
    /// Takes a document out, as it is in the store; loads it when it isn't open.
    pub fn take<R: Records>(
        &mut self,
        records: &R,
        reference: DocumentRef,
    ) -> Result<Document, R::Error> {
        match records.document(reference.id())? {
            None => Ok(Document::new(reference)),
            Some(row) => match self.take_open(reference.id(), &row.heads) {
                Some(document) => Ok(document),
                None => load(records, reference),
            },
        }
    }

    /// Takes a document out when it is open and has these heads.
    pub fn take_open(&mut self, document: DocumentId, heads: &[u8]) -> Option<Document> {
        let (_, document) = self.documents.remove(&document)?;
        (document.heads().to_bytes() == heads).then_some(document)
    }

    /// Keeps a document open.
    pub fn keep(&mut self, document: Document) {
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
    pub fn keep_all(&mut self, documents: OpenDocuments) {
        for (_, document) in documents.documents.into_values() {
            self.keep(document);
        }
    }
}

/// Loads a document from its stored changes.
pub fn load<R: Records>(records: &R, reference: DocumentRef) -> Result<Document, R::Error> {
    let changes = records.changes_of(reference.id())?;
    Ok(Document::load(reference, changes.iter().map(Vec::as_slice))
        .map_err(|_| Damaged("a document"))?)
}
