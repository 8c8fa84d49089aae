//! Heads: what a replica has of a document, and of many documents in one digest.

use automerge::ChangeHash;
use sha2::{Digest, Sha256};

use crate::ids::DocumentId;

/// The heads of one document, sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heads(Vec<ChangeHash>);

impl Heads {
    /// From heads in any order.
    pub fn new(mut heads: Vec<ChangeHash>) -> Self {
        heads.sort_unstable();
        Self(heads)
    }

    /// The hashes.
    pub fn hashes(&self) -> &[ChangeHash] {
        &self.0
    }

    /// The hashes' bytes one after the other, as databases hold them.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|hash| hash.0).collect()
    }
}

/// The first eight bytes of `digest` over one document's heads: enough to tell whether two replicas
/// have the same of it.
pub fn short_digest(document: DocumentId, heads: &[u8]) -> u64 {
    digest([(document, heads)]).first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}

/// One digest over many documents' heads: equal if and only if two replicas have the same changes.
///
/// Takes the documents in the order of their ids, with their heads as `Heads::to_bytes` gives them.
pub fn digest<'a>(documents: impl IntoIterator<Item = (DocumentId, &'a [u8])>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for (id, heads) in documents {
        hasher.update(id.bytes());
        hasher.update((heads.len() as u64).to_be_bytes());
        hasher.update(heads);
    }
    hasher.finalize().into()
}
