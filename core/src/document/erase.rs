//! Erasure: a document as if one value had never been in it, with a tombstone where it was.
//!
//! The law can order an entry deleted, and an append-only history can't forget. So the changes are
//! written anew, one by one, with the erased value replaced: operations keep their ids and only
//! hashes change, those of the change that held the value and of all that was built on it. Unsent
//! work follows by `Moves`.
//!
//! What stays is what the history leans on: the fact's id, and of the change its actor, its time and
//! the names of what it wrote. Who may read a document can still see that this worker wrote something
//! at that second. A fact that quotes the erased one (`amends`) is another fact, erased by a decision
//! of its own.

mod moves;
mod tombstone;
mod traces;

#[cfg(test)]
mod tests;

pub use moves::{Moves, RebaseError, Rebased};
pub use tombstone::{Ground, NotAGround, Tombstone};
pub use traces::Traces;

use std::collections::{BTreeSet, HashMap};

use automerge::legacy::{Key, Op, OpType};
use automerge::{Change, ChangeHash, ExpandedChange, ObjId, ReadDoc, ScalarValue};
use uuid::Uuid;

use super::inspect::{Place, placed};
use super::{Actor, Document, DocumentError, RawChange, genesis};
use crate::cbor::NotCbor;
use crate::ids::FactId;
use crate::plan::Part;
use crate::time::Timestamp;

/// What can be erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Erasable {
    /// A fact.
    Fact(FactId),
    /// What a plan's field held once, and does no more. Wherever in the field's past the same value
    /// was written, it goes.
    FieldValue {
        /// In which part.
        part: Part,
        /// In which object; nil for the client's profile.
        object: Uuid,
        /// In which field.
        field: String,
        /// The change that wrote the value.
        written_by: ChangeHash,
    },
}

/// That a change wrote a plan's field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldWriting {
    /// The change.
    pub change: ChangeHash,
    /// Who made it; `None` when that can't be read.
    pub by: Option<Actor>,
    /// When, by the writer's clock, to the second.
    pub at: Timestamp,
    /// What became of the value.
    pub state: WritingState,
}

/// What became of a value that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WritingState {
    /// It stands, perhaps beside others.
    Stands,
    /// Something else was written since.
    Past,
    /// It was erased.
    Erased,
}

/// A document after an erasure.
pub struct Erased {
    /// The document.
    pub document: Document,
    /// All its changes but the genesis one, each after those it builds on.
    pub changes: Vec<RawChange>,
    /// The new hash of every change that has one, by its old hash.
    pub renamed: HashMap<ChangeHash, ChangeHash>,
    /// What was erased, to look for it where else it may lie. Never to be stored.
    pub traces: Traces,
}

/// Why something can't be erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// There is no such thing in the document.
    #[error("there is no such thing in the document")]
    NotThere,
    /// It has been erased before.
    #[error("it has been erased before")]
    AlreadyErased,
    /// The value stands in the plan: a new one must be written first.
    #[error("the value still stands in the plan; write a new one first")]
    StillStands,
    /// The tombstone can't be written.
    #[error(transparent)]
    Cbor(#[from] NotCbor),
    /// The document can't be read, or not be made anew.
    #[error(transparent)]
    Document(#[from] DocumentError),
}

impl Document {
    /// This document without what is to be erased. The changes that don't build on the one that
    /// wrote it keep their bytes.
    pub fn erase(&self, what: &Erasable, tombstone: &Tombstone) -> Result<Erased, EraseError> {
        let (places, instead) = match what {
            Erasable::Fact(id) => (self.fact_places(*id)?, ScalarValue::Bytes(tombstone.seal()?)),
            Erasable::FieldValue { part, object, field, written_by } => {
                (self.value_places(*part, *object, field, written_by)?, ScalarValue::Null)
            }
        };
        let mut traces = Traces::default();
        let mut renamed = HashMap::new();
        let mut changes = Vec::new();
        for change in self.inner.get_changes(&[genesis::hash(self.reference.kind)]) {
            let old = change.hash();
            let erased_here: Vec<usize> = places
                .iter()
                .filter(|place| place.change == old)
                .map(|place| place.index)
                .collect();
            if erased_here.is_empty() && !change.deps().iter().any(|dep| renamed.contains_key(dep))
            {
                changes.push(RawChange::from(&change));
                continue;
            }
            let mut expanded = change.decode();
            for index in &erased_here {
                if let Some(op) = expanded.operations.get_mut(*index) {
                    traces.take(op, &instead);
                }
            }
            if !erased_here.is_empty() {
                strip(&mut expanded);
            }
            rename(&mut expanded, &renamed);
            let change = Change::from(expanded);
            renamed.insert(old, change.hash());
            changes.push(RawChange::from(&change));
        }
        let document =
            Document::load(self.reference, changes.iter().map(|raw| raw.bytes.as_slice()))?;
        Ok(Erased { document, changes, renamed, traces })
    }

    /// Everything that a plan's field was made to hold, without what it was: how somebody who
    /// decides on an erasure points at a value.
    pub fn past_of(&self, part: Part, object: Uuid, field: &str) -> Vec<FieldWriting> {
        let standing = self.standing(part, object, field);
        let written = self.written(|place, key| is_field(place, key, part, object, field));
        let mut past = Vec::new();
        for Written { change, op, value, .. } in written {
            let Some(meta) = self.inner.get_change_meta_by_hash(&change) else { continue };
            past.push(FieldWriting {
                change,
                by: Actor::from_bytes(&op.1),
                at: Timestamp::from_millis(meta.timestamp.saturating_mul(1000)),
                state: match (standing.contains(&op), value.is_null()) {
                    (true, _) => WritingState::Stands,
                    (false, true) => WritingState::Erased,
                    (false, false) => WritingState::Past,
                },
            });
        }
        past
    }

    /// The tombstone that stands where a fact was erased.
    pub fn tombstone(&self, id: FactId) -> Option<Tombstone> {
        Tombstone::open(&self.sealed(id)?).ok()
    }

    /// Where a fact's bytes were written.
    fn fact_places(&self, id: FactId) -> Result<Vec<Written>, EraseError> {
        let mut erased_before = false;
        let mut places =
            self.written(|place, key| matches!(place, Place::Facts) && key.parse() == Ok(id));
        places.retain(|written| {
            let is_tombstone = matches!(
                &written.value,
                ScalarValue::Bytes(bytes) if Tombstone::open(bytes).is_ok()
            );
            erased_before |= is_tombstone;
            !is_tombstone
        });
        match (places.is_empty(), erased_before) {
            (false, _) => Ok(places),
            (true, true) => Err(EraseError::AlreadyErased),
            (true, false) => Err(EraseError::NotThere),
        }
    }

    /// Where a field's value was written, by this change or with the same content by another.
    fn value_places(
        &self,
        part: Part,
        object: Uuid,
        field: &str,
        written_by: &ChangeHash,
    ) -> Result<Vec<Written>, EraseError> {
        let mut places = self.written(|place, key| is_field(place, key, part, object, field));
        let values: Vec<ScalarValue> = places
            .iter()
            .filter(|written| written.change == *written_by)
            .map(|written| written.value.clone())
            .collect();
        if values.is_empty() {
            return Err(EraseError::NotThere);
        }
        if values.iter().all(ScalarValue::is_null) {
            return Err(EraseError::AlreadyErased);
        }
        places.retain(|written| !written.value.is_null() && values.contains(&written.value));
        let standing = self.standing(part, object, field);
        if places.iter().any(|written| standing.contains(&written.op)) {
            return Err(EraseError::StillStands);
        }
        Ok(places)
    }

    /// The operations whose values stand in a field, those of a conflict included.
    fn standing(&self, part: Part, object: Uuid, field: &str) -> BTreeSet<OpId> {
        let Some(map) = self.object_map(part, object) else { return BTreeSet::new() };
        let values = self.inner.get_all(&map, field).unwrap_or_default();
        values
            .into_iter()
            .filter_map(|(_, op)| match op {
                ObjId::Id(counter, actor, _) => Some((counter, actor.to_bytes().to_vec())),
                ObjId::Root => None,
            })
            .collect()
    }

    /// Every scalar that was ever written where `is_here` says.
    fn written(&self, is_here: impl Fn(Place, &str) -> bool) -> Vec<Written> {
        let mut found = Vec::new();
        for change in self.inner.get_changes(&[]) {
            let expanded = change.decode();
            let ops = (expanded.start_op.get()..).zip(placed(self, &expanded));
            for (index, (counter, (place, Op { key, action, .. }))) in ops.enumerate() {
                let (Key::Map(key), OpType::Put(value)) = (key, action) else { continue };
                if is_here(place, key) {
                    found.push(Written {
                        change: change.hash(),
                        index,
                        op: (counter, expanded.actor_id.to_bytes().to_vec()),
                        value: value.clone(),
                    });
                }
            }
        }
        found
    }
}

fn is_field(place: Place, key: &str, part: Part, object: Uuid, field: &str) -> bool {
    matches!(place, Place::Object(of, id) if of == part && id == object) && key == field
}

/// An operation's counter and actor.
type OpId = (u64, Vec<u8>);

/// A scalar that a change wrote.
struct Written {
    change: ChangeHash,
    /// Which of the change's operations.
    index: usize,
    op: OpId,
    value: ScalarValue,
}

/// Takes off a change what Kjent writes in none, and a patched app could have hidden words in.
fn strip(change: &mut ExpandedChange) {
    change.message = None;
    change.extra_bytes.clear();
}

fn rename(change: &mut ExpandedChange, names: &HashMap<ChangeHash, ChangeHash>) {
    for dependency in &mut change.deps {
        if let Some(new) = names.get(dependency) {
            *dependency = *new;
        }
    }
}
