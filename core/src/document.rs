//! Automerge documents: one `care` per client, one `journal` per client and month, and one for each
//! entry that a client restricts.
//!
//! Owns the shape of the documents, their fixed first change, how facts and plan fields are written
//! and read, and how a stranger's change is read as `Act`s. Nothing here stores or sends.

mod actor;
mod bounds;
mod edit;
mod entry;
mod erase;
pub mod fact;
mod fields;
mod form;
mod genesis;
mod heads;
mod inspect;
pub mod packed;
mod reference;
mod written;

#[cfg(test)]
mod convergence_tests;
#[cfg(test)]
mod entry_tests;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod inspect_tests;

pub use actor::Actor;
pub use edit::Edit;
pub use erase::{
    Erasable, EraseError, Erased, FieldWriting, Ground, Moves, NotAGround, RebaseError, Rebased,
    Tombstone, Traces, WritingState,
};
pub use fact::Fact;
pub use fields::{Alternative, Fields};
pub use heads::{Heads, digest, short_digest};
pub use packed::PackedChange;
pub use reference::{DocumentKind, DocumentRef};
pub use written::{Written, written};

use std::panic::{AssertUnwindSafe, catch_unwind};

use std::collections::HashSet;

use automerge::transaction::CommitOptions;
use automerge::{
    ActorId, Automerge, AutomergeError, Change, ChangeHash, ObjId, ObjType, ROOT, ReadDoc,
    ScalarValue, Value,
};
use uuid::Uuid;

use crate::ids::FactId;
use crate::plan::Part;
use crate::policy::{Act, Refusal};
use crate::time::Timestamp;

/// The name of the append-only map in every document.
const FACTS: &str = "facts";

/// How the facts in a client's other documents are asked for: what is said of an entry that moves into
/// a document of its own has to be true of both.
pub type Beside<'a> = &'a dyn Fn(DocumentRef, FactId) -> Option<Vec<u8>>;

/// For a document that has no other beside it.
pub fn alone(_: DocumentRef, _: FactId) -> Option<Vec<u8>> {
    None
}

/// A document with what it is.
#[derive(Clone, Debug)]
pub struct Document {
    reference: DocumentRef,
    inner: Automerge,
}

/// What can be wrong with a document or a change.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The bytes are no change.
    #[error("the bytes are not a change")]
    NotAChange,
    /// The bytes are no document.
    #[error("the bytes are not a document")]
    NotADocument,
    /// A change builds on one that isn't there.
    #[error("a change builds on one that isn't there")]
    MissingDependency,
    /// The part isn't in this kind of document, or a root map is missing.
    #[error("the document has no {0}")]
    NoSuchMap(&'static str),
    /// There is a fact under that id already.
    #[error("there is a fact under that id already")]
    FactExists,
    /// Automerge would not.
    #[error(transparent)]
    Automerge(#[from] AutomergeError),
}

/// A change as it is stored and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawChange {
    /// Its hash, by which it is known everywhere.
    pub hash: ChangeHash,
    /// Its bytes, uncompressed.
    pub bytes: Vec<u8>,
}

impl From<&Change> for RawChange {
    fn from(change: &Change) -> Self {
        Self { hash: change.hash(), bytes: change.raw_bytes().to_vec() }
    }
}

impl Document {
    /// A document with its genesis change and nothing more.
    pub fn new(reference: DocumentRef) -> Self {
        Self { inner: genesis::document(reference.kind), reference }
    }

    /// A document from its stored changes, in any order; the genesis change need not be among them.
    pub fn load<'a>(
        reference: DocumentRef,
        changes: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, DocumentError> {
        let mut document = Self::new(reference);
        let changes = changes.into_iter().map(Self::read_change).collect::<Result<Vec<_>, _>>()?;
        document.apply_all(changes)?;
        Ok(document)
    }

    /// The whole document in its smallest form, uncompressed: what a new tablet gets.
    pub fn snapshot(&self) -> Vec<u8> {
        self.inner.save_nocompress()
    }

    /// A document from a snapshot of it. The bytes come from the server: whatever they are, this
    /// ends, and with no more memory than a few times theirs. Their heads are checked; what they
    /// write isn't.
    pub fn from_snapshot(reference: DocumentRef, bytes: &[u8]) -> Result<Self, DocumentError> {
        if !bounds::is_bounded(bytes, bounds::Kind::Document) {
            return Err(DocumentError::NotADocument);
        }
        // Automerge 0.12 asserts some things that only damaged bytes break.
        let inner = catch_unwind(|| Automerge::load(bytes));
        let inner = inner.map_err(|_| DocumentError::NotADocument)??;
        let document = Self { reference, inner };
        // Another kind of document would have other root maps.
        if document.holds(&genesis::hash(reference.kind)) {
            Ok(document)
        } else {
            Err(DocumentError::MissingDependency)
        }
    }

    /// A document from a snapshot, when there is one, and the changes since, in any order.
    pub fn resume<'a>(
        reference: DocumentRef,
        snapshot: Option<&[u8]>,
        changes: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, DocumentError> {
        let Some(snapshot) = snapshot else { return Self::load(reference, changes) };
        let mut document = Self::from_snapshot(reference, snapshot)?;
        let changes = changes.into_iter().map(Self::read_change).collect::<Result<Vec<_>, _>>()?;
        document.apply_all(changes)?;
        Ok(document)
    }

    /// What this document is.
    pub fn reference(&self) -> DocumentRef {
        self.reference
    }

    /// The hashes of the changes that nothing builds on yet.
    pub fn heads(&self) -> Heads {
        Heads::new(self.inner.get_heads())
    }

    /// Every change but the genesis one, each after those it builds on.
    pub fn changes(&self) -> Vec<RawChange> {
        let genesis = genesis::hash(self.reference.kind);
        self.inner.get_changes(&[genesis]).iter().map(RawChange::from).collect()
    }

    /// Reads a change's bytes. What it writes isn't looked at, and can't be more than its length
    /// allows.
    pub fn read_change(bytes: &[u8]) -> Result<Change, DocumentError> {
        if !bounds::is_bounded(bytes, bounds::Kind::Change) {
            return Err(DocumentError::NotAChange);
        }
        Change::from_bytes(bytes.to_vec()).map_err(|_| DocumentError::NotAChange)
    }

    /// Whether a change, whose dependencies are all here, has the form of those that `write` makes.
    pub fn check_form(&self, change: &Change) -> Result<(), Refusal> {
        form::check(self, change)
    }

    /// A change that is here.
    pub fn change(&self, hash: &ChangeHash) -> Option<RawChange> {
        self.inner.get_change_by_hash(hash).as_ref().map(RawChange::from)
    }

    /// Whether the change is here.
    pub fn holds(&self, hash: &ChangeHash) -> bool {
        self.inner.get_change_meta_by_hash(hash).is_some()
    }

    /// The hash of the change that begins so, when there is one.
    pub fn find(&self, prefix: packed::Prefix) -> Option<[u8; 32]> {
        let matches = |hash: &ChangeHash| hash.0.starts_with(&prefix);
        // Nearly always what was newest when the other side last heard of it.
        let newest = self.inner.get_heads().into_iter().find(matches);
        let found = newest.or_else(|| {
            let all = self.inner.get_changes_meta(&[]);
            all.into_iter().map(|meta| meta.hash).find(matches)
        });
        found.map(|hash| hash.0)
    }

    /// Whether all the changes are here.
    pub fn holds_all(&self, hashes: &[ChangeHash]) -> bool {
        hashes.iter().all(|hash| self.holds(hash))
    }

    /// Applies changes; fails, possibly half-way, when one builds on a change that isn't there. The
    /// caller drops the document then.
    pub fn apply_all(&mut self, changes: Vec<Change>) -> Result<(), DocumentError> {
        let hashes: Vec<ChangeHash> = changes.iter().map(Change::hash).collect();
        // Automerge 0.12 asserts some things that only an attacker's bytes break.
        let inner = &mut self.inner;
        catch_unwind(AssertUnwindSafe(|| inner.apply_changes(changes)))
            .map_err(|_| DocumentError::NotAChange)??;
        // Automerge queues what it can't apply yet; here nothing may wait unseen.
        if self.holds_all(&hashes) { Ok(()) } else { Err(DocumentError::MissingDependency) }
    }

    /// Applies a change when it follows what is here: what it builds on is here, and its author has
    /// not gone on in another way since. Tells whether it did; if not, the document is as it was.
    pub fn follow(&mut self, change: Change) -> Result<bool, DocumentError> {
        self.follow_all(vec![change])
    }

    /// Applies changes, each of which follows those before it and what is here; all or none of them.
    pub fn follow_all(&mut self, changes: Vec<Change>) -> Result<bool, DocumentError> {
        let mut before = HashSet::new();
        for change in &changes {
            if !change.deps().iter().all(|hash| before.contains(hash) || self.holds(hash)) {
                return Ok(false);
            }
            before.insert(change.hash());
        }
        // Automerge looks at the counts of all before it applies any.
        match self.inner.apply_changes(changes) {
            Ok(()) => Ok(true),
            Err(AutomergeError::DuplicateSeqNumber(..)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes edits as one change of `actor`, and returns it; `None` when nothing was to be changed.
    ///
    /// The rules of `policy` are the caller's to ask first.
    pub fn write(
        &mut self,
        actor: Actor,
        at: Timestamp,
        edits: &[Edit],
    ) -> Result<Option<RawChange>, DocumentError> {
        self.inner.set_actor(ActorId::from(actor.bytes()));
        let mut writing = self.inner.transaction();
        for edit in edits {
            if let Err(error) = edit::write(&mut writing, edit) {
                writing.rollback();
                return Err(error);
            }
        }
        let (hash, _) = writing.commit_with(CommitOptions::default().with_time(at.seconds()));
        Ok(hash.and_then(|_| self.inner.get_last_local_change()).as_ref().map(RawChange::from))
    }

    /// What a change does to this document, which holds what the change builds on.
    pub fn inspect(&self, change: &Change, beside: Beside<'_>) -> Vec<Act> {
        inspect::acts(self, change, beside)
    }

    /// What edits of one's own would do to this document.
    pub fn acts_of(&self, edits: &[Edit], beside: Beside<'_>) -> Vec<Act> {
        inspect::acts_of(self, edits, beside)
    }

    /// When the latest of the facts happened that a change adds; `None` when it does anything else.
    pub fn happened(change: &Change) -> Option<Timestamp> {
        inspect::happened(change)
    }

    /// What a change that is in this document wrote, as edits that write the same on other ground:
    /// how what was built on a refused change goes on without it. `None` when it did anything that
    /// `write` doesn't do.
    pub fn edits_of(&self, change: &Change) -> Option<Vec<Edit>> {
        inspect::edits(self, change)
    }

    /// The sentences that a change of this tablet's own writes in the plan, also when it is in no
    /// document any more.
    pub fn sentences_of(change: &Change) -> Vec<String> {
        inspect::sentences(change)
    }

    /// The bytes of one fact; `None` too where it was erased, see `tombstone`.
    pub fn fact(&self, id: FactId) -> Option<Vec<u8>> {
        self.sealed(id).filter(|bytes| Tombstone::open(bytes).is_err())
    }

    /// Whether anything stands under a fact's id, a tombstone too.
    pub fn holds_fact(&self, id: FactId) -> bool {
        let value = self.map(FACTS).map(|facts| self.inner.get(&facts, id.to_string()));
        matches!(value, Some(Ok(Some(_))))
    }

    /// The ids of all facts, in their order, those that were erased among them.
    pub fn facts(&self) -> Vec<FactId> {
        let Some(facts) = self.map(FACTS) else { return Vec::new() };
        self.inner.keys(&facts).filter_map(|key| key.parse().ok()).collect()
    }

    /// The ids of a part's objects; nil for the client's profile when it has any field.
    pub fn objects(&self, part: Part) -> Vec<Uuid> {
        let Some(map) = self.map(part.key()) else { return Vec::new() };
        if part == Part::Client {
            let any = self.inner.keys(&map).next().is_some();
            return any.then(Uuid::nil).into_iter().collect();
        }
        self.inner.keys(&map).filter_map(|key| key.parse().ok()).collect()
    }

    /// An object's fields, each with every value that stands in it.
    pub fn fields(&self, part: Part, object: Uuid) -> Option<Fields> {
        self.object_map(part, object).map(|map| fields::read(&self.inner, &map))
    }

    /// Whether the objects that these acts edited can all be read as what they should be.
    pub fn is_readable(&self, acts: &[Act]) -> bool {
        acts.iter().all(|act| match act {
            Act::EditPlan { part, object, .. } => {
                self.fields(*part, *object).is_some_and(|fields| fields.is_readable(*part))
            }
            _ => true,
        })
    }

    /// The bytes under a fact's id, whatever they are.
    fn sealed(&self, id: FactId) -> Option<Vec<u8>> {
        let facts = self.map(FACTS)?;
        match self.inner.get(&facts, id.to_string()).ok()?? {
            (Value::Scalar(scalar), _) => match scalar.as_ref() {
                ScalarValue::Bytes(bytes) => Some(bytes.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The map that an object of a part is.
    fn object_map(&self, part: Part, object: Uuid) -> Option<ObjId> {
        let map = self.map(part.key())?;
        if part == Part::Client {
            return Some(map);
        }
        match self.inner.get(&map, object.to_string()).ok()?? {
            (Value::Object(ObjType::Map), id) => Some(id),
            _ => None,
        }
    }

    fn map(&self, key: &str) -> Option<ObjId> {
        match self.inner.get(ROOT, key).ok()?? {
            (Value::Object(ObjType::Map), id) => Some(id),
            _ => None,
        }
    }
}
