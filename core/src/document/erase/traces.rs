//! What was erased, while it is looked for in changes that are in no document.

use automerge::legacy::{Key, Op, OpType};
use automerge::{Change, ScalarValue};

use super::{Erasable, strip};

/// The erased values, in memory only: there is no way to print or write them.
pub struct Traces {
    what: Erasable,
    values: Vec<ScalarValue>,
}

/// From how many bytes on a value is searched for inside others: shorter ones, such as a code, stand
/// in what has nothing to do with it.
const TELLING: usize = 16;

impl Traces {
    pub(super) fn new(what: &Erasable) -> Self {
        Self { what: what.clone(), values: Vec::new() }
    }

    /// Puts another value into an operation and keeps the one that was there.
    pub(super) fn take(&mut self, action: &mut OpType, instead: &ScalarValue) {
        if let OpType::Put(value) = std::mem::replace(action, OpType::Put(instead.clone())) {
            self.values.push(value);
        }
    }

    /// Whether the bytes hold what was erased, as it stands in an uncompressed change or database.
    pub fn are_in(&self, bytes: &[u8]) -> bool {
        self.values
            .iter()
            .filter_map(text)
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
        let is_the_place = match &self.what {
            Erasable::Fact(id) => key.parse() == Ok(*id),
            Erasable::FieldValue { field, .. } => key == field && self.values.contains(value),
        };
        is_the_place || text(value).is_some_and(|bytes| self.are_in(bytes))
    }
}

fn text(value: &ScalarValue) -> Option<&[u8]> {
    match value {
        ScalarValue::Bytes(bytes) => Some(bytes.as_slice()),
        ScalarValue::Str(text) => Some(text.as_bytes()),
        _ => None,
    }
}
