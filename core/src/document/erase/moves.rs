//! Following an erasure: which change became which, and unsent changes on new ground.

use std::collections::HashMap;

use automerge::{ActorId, Change, ChangeHash};

use super::rename;
use crate::document::{Document, RawChange};

/// How the changes of a document are called in its new generation, known by what an erasure leaves
/// alone: actor and number.
#[derive(Clone, Debug)]
pub struct Moves {
    /// New hashes by old ones, those that are the same included.
    names: HashMap<ChangeHash, ChangeHash>,
    /// What the new generation holds.
    there: HashMap<(ActorId, u64), There>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct There {
    hash: ChangeHash,
    shape: Shape,
}

/// What an erasure leaves of a change beside actor and number.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shape {
    first_op: u64,
    last_op: u64,
    time: i64,
}

/// What became of an unsent change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rebased {
    /// It had come to the server after all, and is in the new generation under this hash.
    There(ChangeHash),
    /// It is to be sent as this; unchanged when nothing that it builds on is called otherwise.
    Anew(RawChange),
}

/// Why an unsent change can't follow.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RebaseError {
    /// It builds on a change that isn't in the new generation, for instance on a refused one.
    #[error("the change builds on one that isn't there")]
    MissingDependency,
    /// Another change of this actor has its number.
    #[error("another change has its place")]
    PlaceTaken,
}

impl Moves {
    /// Compares two generations of a document.
    pub fn between(old: &Document, new: &Document) -> Self {
        let there: HashMap<_, _> = new
            .inner
            .get_changes_meta(&[])
            .into_iter()
            .map(|change| {
                let shape = Shape {
                    first_op: change.start_op,
                    last_op: change.max_op,
                    time: change.timestamp,
                };
                ((change.actor.into_owned(), change.seq), There { hash: change.hash, shape })
            })
            .collect();
        let mut moves = Self { names: HashMap::new(), there };
        for change in old.inner.get_changes(&[]) {
            if let Ok(Some(hash)) = moves.find(&change) {
                moves.names.insert(change.hash(), hash);
            }
        }
        moves
    }

    /// What a change of the old generation is called in the new one.
    pub fn new_name(&self, old: &ChangeHash) -> Option<ChangeHash> {
        self.names.get(old).copied()
    }

    /// An unsent change on the ground of the new generation. Chains follow one after the other, each
    /// change after those it builds on.
    ///
    /// What it deletes or writes over, it names by operation, and operations keep their ids.
    pub fn rebase(&mut self, change: &Change) -> Result<Rebased, RebaseError> {
        if let Some(hash) = self.find(change)? {
            self.names.insert(change.hash(), hash);
            return Ok(Rebased::There(hash));
        }
        if !change.deps().iter().all(|dependency| self.names.contains_key(dependency)) {
            return Err(RebaseError::MissingDependency);
        }
        let is_moved = change.deps().iter().any(|old| self.names.get(old) != Some(old));
        let anew = if is_moved {
            let mut expanded = change.decode();
            rename(&mut expanded, &self.names);
            RawChange::from(&Change::from(expanded))
        } else {
            RawChange::from(change)
        };
        self.names.insert(change.hash(), anew.hash);
        Ok(Rebased::Anew(anew))
    }

    /// The change of the new generation that this one is.
    fn find(&self, change: &Change) -> Result<Option<ChangeHash>, RebaseError> {
        let place = (change.actor_id().clone(), change.seq());
        let Some(there) = self.there.get(&place) else { return Ok(None) };
        let shape = Shape {
            first_op: change.start_op().get(),
            last_op: change.max_op(),
            time: change.timestamp(),
        };
        if there.shape == shape { Ok(Some(there.hash)) } else { Err(RebaseError::PlaceTaken) }
    }
}
