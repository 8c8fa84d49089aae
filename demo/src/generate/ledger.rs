//! Collects what everybody wrote, and writes it into the documents in the order of time.

use std::collections::BTreeMap;

use kjent_core::cbor::NotCbor;
use kjent_core::document::{Document, DocumentError, DocumentRef, Edit};
use kjent_core::protocol::DocumentChanges;
use kjent_core::time::Timestamp;
use serde_bytes::ByteBuf;

use super::World;

/// Why the history could not be made. None of these is expected of data that `load` accepted.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// A document refused an edit.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A value could not be encoded.
    #[error(transparent)]
    NotCbor(#[from] NotCbor),
}

/// What one worker wrote at one time.
struct Writing {
    at: Timestamp,
    worker: String,
    edits: Vec<Edit>,
}

/// Everything that was written, by document.
pub struct Ledger<'a> {
    world: &'a World<'a>,
    writings: BTreeMap<DocumentRef, Vec<Writing>>,
}

impl<'a> Ledger<'a> {
    /// An empty one.
    pub fn new(world: &'a World<'a>) -> Self {
        Self { world, writings: BTreeMap::new() }
    }

    /// Adds what a worker wrote into a document at a time, as one change.
    pub fn add(&mut self, document: DocumentRef, at: Timestamp, worker: &str, edits: Vec<Edit>) {
        let writing = Writing { at, worker: worker.to_owned(), edits };
        self.writings.entry(document).or_default().push(writing);
    }

    /// Writes it all. What was added first comes first among writings of one moment.
    pub fn documents(self) -> Result<Vec<DocumentChanges>, GenerateError> {
        let mut documents = Vec::new();
        for (reference, mut writings) in self.writings {
            writings.sort_by_key(|writing| writing.at);
            let mut document = Document::new(reference);
            let mut changes = Vec::new();
            for Writing { at, worker, edits } in writings {
                let actor = self.world.actor(&worker);
                if let Some(change) = document.write(actor, at, &edits)? {
                    changes.push(ByteBuf::from(change.bytes));
                }
            }
            documents.push(DocumentChanges { document: reference, changes });
        }
        Ok(documents)
    }
}
