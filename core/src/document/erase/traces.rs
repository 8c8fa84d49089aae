//! What was erased, while it is looked for in changes that are in no document.

use automerge::legacy::{Key, Op, OpType};
use automerge::{Change, ReadDoc, ScalarValue};

use super::{Moves, strip};
use crate::document::Document;

/// The erased values, each with the key that it stood under. In memory only: there is no way to
/// print or write them.
#[derive(Default)]
pub struct Traces(Vec<(String, ScalarValue)>);

/// From how many bytes on a value is searched for inside others: shorter ones, such as a code, stand
/// in what has nothing to do with it.
const TELLING: usize = 16;

impl Traces {
    /// What the new generation of a document has no more.
    pub fn between(old: &Document, new: &Document, moves: &Moves) -> Self {
        let mut traces = Self::default();
        for change in old.inner.get_changes(&[]) {
            let name = moves.new_name(&change.hash()).filter(|name| *name != change.hash());
            let Some(renewed) = name.and_then(|name| new.inner.get_change_by_hash(&name)) else {
                continue;
            };
            let (was, is) = (change.decode(), renewed.decode());
            for (was, is) in was.operations.iter().zip(&is.operations) {
                if was.action != is.action {
                    traces.keep(was);
                }
            }
        }
        traces
    }

    /// Puts another value into an operation and keeps the one that was there.
    pub(super) fn take(&mut self, op: &mut Op, instead: &ScalarValue) {
        self.keep(op);
        op.action = OpType::Put(instead.clone());
    }

    fn keep(&mut self, op: &Op) {
        if let (Key::Map(key), OpType::Put(value)) = (&op.key, &op.action) {
            self.0.push((key.to_string(), value.clone()));
        }
    }

    /// Whether the bytes hold what was erased, as it stands in an uncompressed change or database.
    pub fn are_in(&self, bytes: &[u8]) -> bool {
        self.0
            .iter()
            .filter_map(|(_, value)| text(value))
            .filter(|part| part.len() >= TELLING)
            .any(|part| bytes.windows(part.len()).any(|window| window == part))
    }

    /// The bytes of a change that is in no document, with null for what was erased; `None` when
    /// nothing of it is in there. They have another hash, and are empty when what was erased is
    /// hidden elsewhere than in a value.
    ///
    /// What was written under an erased fact's id goes too, whatever it is.
    pub fn wiped_from(&self, change: &Change) -> Option<Vec<u8>> {
        let mut expanded = change.decode();
        let mut found = self.are_in(change.raw_bytes());
        for op in &mut expanded.operations {
            if self.is_in(op) {
                op.action = OpType::Put(ScalarValue::Null);
                found = true;
            }
        }
        if !found {
            return None;
        }
        strip(&mut expanded);
        let wiped = Change::from(expanded).raw_bytes().to_vec();
        if self.are_in(&wiped) { Some(Vec::new()) } else { Some(wiped) }
    }

    fn is_in(&self, op: &Op) -> bool {
        let (Key::Map(key), OpType::Put(value)) = (&op.key, &op.action) else { return false };
        // Only facts are bytes.
        let is_the_place = |(erased_key, erased): &(String, ScalarValue)| {
            key == erased_key && (matches!(erased, ScalarValue::Bytes(_)) || value == erased)
        };
        self.0.iter().any(is_the_place) || text(value).is_some_and(|bytes| self.are_in(bytes))
    }
}

fn text(value: &ScalarValue) -> Option<&[u8]> {
    match value {
        ScalarValue::Bytes(bytes) => Some(bytes.as_slice()),
        ScalarValue::Str(text) => Some(text.as_bytes()),
        _ => None,
    }
}
