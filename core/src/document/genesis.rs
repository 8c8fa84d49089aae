//! The first change of every document: the same bytes on every machine.
//!
//! It makes the root maps. Without it, two tablets that create the same month offline would make
//! two different `facts` maps, and one tablet's work would disappear from view.

use std::sync::LazyLock;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ChangeHash, ObjType, ROOT};

use super::{DocumentKind, FACTS};
use crate::plan::Part;

/// The actor of genesis changes: no worker's, and of no worker's length.
const ACTOR: &[u8] = b"kjent";

static CARE: LazyLock<Automerge> = LazyLock::new(|| make(&Part::CARE));
static JOURNAL: LazyLock<Automerge> = LazyLock::new(|| make(&Part::JOURNAL));
static RESTRICTED: LazyLock<Automerge> = LazyLock::new(|| make(&[]));

/// A document with only the genesis change.
pub(super) fn document(kind: DocumentKind) -> Automerge {
    match kind {
        DocumentKind::Care => CARE.clone(),
        DocumentKind::Journal(_) => JOURNAL.clone(),
        DocumentKind::Restricted(_) => RESTRICTED.clone(),
    }
}

/// The hash of the genesis change.
pub(super) fn hash(kind: DocumentKind) -> ChangeHash {
    let heads = match kind {
        DocumentKind::Care => CARE.get_heads(),
        DocumentKind::Journal(_) => JOURNAL.get_heads(),
        DocumentKind::Restricted(_) => RESTRICTED.get_heads(),
    };
    heads.first().copied().unwrap_or(ChangeHash([0; 32]))
}

impl super::DocumentRef {
    /// The hash of the change that every such document begins with, and that no message holds.
    pub fn genesis(&self) -> [u8; 32] {
        hash(self.kind).0
    }

    /// Whether these heads (as `Heads::to_bytes` gives them) are those of a document in which nobody
    /// has written yet.
    pub fn is_untouched(&self, heads: &[u8]) -> bool {
        heads == hash(self.kind).0
    }
}

fn make(parts: &[Part]) -> Automerge {
    let mut document = Automerge::new().with_actor(ActorId::from(ACTOR));
    let mut writing = document.transaction();
    for key in parts.iter().map(|part| part.key()).chain([FACTS]) {
        // Putting a map into the root of an empty document can't fail; were it to, the pinned
        // bytes below would not match.
        let _ = writing.put_object(ROOT, key, ObjType::Map);
    }
    writing.commit_with(CommitOptions::default().with_time(0));
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(document: &Automerge) -> String {
        document
            .get_changes(&[])
            .iter()
            .flat_map(|change| change.raw_bytes().to_vec())
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// These bytes are on every tablet and server. If this test fails, documents no longer meet.
    #[test]
    fn the_genesis_changes_are_these_bytes_for_ever() {
        assert_eq!(bytes(&CARE), include_str!("genesis/care.hex").trim());
        assert_eq!(bytes(&JOURNAL), include_str!("genesis/journal.hex").trim());
        assert_eq!(bytes(&RESTRICTED), include_str!("genesis/restricted.hex").trim());
    }
}
