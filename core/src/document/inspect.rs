//! Reading a stranger's change: every operation becomes an `Act` that `policy` can judge.
//!
//! A legitimate change writes bytes under a free id in `facts`, makes maps in the plan's root maps
//! and writes scalars into them. Everything else is named for what it is.

use std::collections::HashMap;

use automerge::legacy::{Key, ObjectId, Op, OpType};
use automerge::{Change, ExpandedChange, ObjId, ObjType, Prop, ReadDoc, ScalarValue};
use uuid::Uuid;

use super::{Document, Edit, FACTS, Fact, fields};
use crate::fact::FactBody;
use crate::ids::{FactId, WorkerId};
use crate::plan::{NeedArea, Part};
use crate::policy::{Act, Amended, AmendedBy};
use crate::time::Timestamp;

/// Where an operation writes.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Facts,
    /// The root map of a part.
    Part(Part),
    /// An object of a part; the client's profile too.
    Object(Part, Uuid),
    Nowhere,
}

pub(super) fn acts(document: &Document, change: &Change) -> Vec<Act> {
    let expanded = change.decode();
    let mut ground = Ground { document, change: &expanded, written: HashMap::new() };
    let (mut acts, mut added) = (Vec::new(), Authors::new());
    for (counter, (place, op)) in (expanded.start_op.get()..).zip(placed(document, &expanded)) {
        let is_grounded = ground.overwrites_what_stands(counter, op);
        let act = if is_grounded { act(document, place, op, &added) } else { Act::Stray };
        if let Act::AddFact { fact, author, .. } = &act {
            added.insert(*fact, *author);
        }
        acts.push(act);
    }
    acts
}

/// When the latest of the facts happened that a change adds; `None` when it does anything else.
pub(super) fn happened(change: &Change) -> Option<Timestamp> {
    let happened = |op: &Op| match &op.action {
        OpType::Put(ScalarValue::Bytes(bytes)) => Fact::open(bytes).ok().map(|fact| fact.happened),
        _ => None,
    };
    let all: Option<Vec<Timestamp>> = change.decode().operations.iter().map(happened).collect();
    all?.into_iter().max()
}

/// What stood in the document when a change was written.
struct Ground<'a> {
    document: &'a Document,
    change: &'a ExpandedChange,
    /// Where the change itself has written last.
    written: HashMap<(ObjectId, Key), u64>,
}

impl Ground<'_> {
    /// Whether an operation says that it takes the place of exactly what stood where it writes. One
    /// that names anything else would be kept by the document as it is now, and lost when that is
    /// saved whole. Of facts, which take nothing's place, `act` says more.
    fn overwrites_what_stands(&mut self, counter: u64, op: &Op) -> bool {
        let at = (op.obj.clone(), op.key.clone());
        let mut named: Vec<String> = op.pred.iter().map(ToString::to_string).collect();
        let mut stood = match self.written.insert(at, counter) {
            Some(earlier) => vec![format!("{earlier}@{}", self.change.actor_id)],
            None if named.is_empty() && op.action != OpType::Delete => return true,
            None => self.standing(op),
        };
        if op.action == OpType::Delete {
            // Choosing the value that stands among several deletes only the others.
            return !named.is_empty() && named.iter().all(|id| stood.contains(id));
        }
        named.sort_unstable();
        stood.sort_unstable();
        named == stood
    }

    fn standing(&self, op: &Op) -> Vec<String> {
        let (ObjectId::Id(object), Key::Map(key)) = (&op.obj, &op.key) else { return Vec::new() };
        let inner = &self.document.inner;
        let Ok((object, _)) = inner.import(&object.to_string()) else { return Vec::new() };
        let standing = inner.get_all_at(&object, key.as_str(), &self.change.deps);
        standing.unwrap_or_default().into_iter().map(|(_, id)| id.to_string()).collect()
    }
}

/// What a change of this document's own writes, to be written anew on other ground. A change that
/// does anything but add facts and write fields has no edits.
pub(super) fn edits(document: &Document, change: &Change) -> Option<Vec<Edit>> {
    let expanded = change.decode();
    let mut edits = Vec::new();
    for (place, op) in placed(document, &expanded) {
        let Key::Map(key) = &op.key else { return None };
        match (place, &op.action) {
            (Place::Facts, OpType::Put(ScalarValue::Bytes(bytes))) => {
                edits.push(Edit::AddFact { id: key.parse().ok()?, bytes: bytes.clone() });
            }
            // The object is made with its first field.
            (Place::Part(_), OpType::Make(ObjType::Map)) => {}
            (Place::Object(part, object), action) => {
                let value = match action {
                    OpType::Put(scalar) => fields::json(scalar),
                    OpType::Delete => standing(document, change, op, key.as_str()),
                    _ => return None,
                };
                edits.push(Edit::SetField { part, object, field: key.to_string(), value });
            }
            _ => return None,
        }
    }
    Some(edits)
}

/// What stands in a field after a change that deleted something in it, as its author saw it. Choosing
/// the value that stands among several deletes only the others.
fn standing(document: &Document, change: &Change, op: &Op, key: &str) -> serde_json::Value {
    let ObjectId::Id(id) = &op.obj else { return serde_json::Value::Null };
    let Ok((object, _)) = document.inner.import(&id.to_string()) else {
        return serde_json::Value::Null;
    };
    let value = document.inner.get_at(&object, key, &[change.hash()]).ok().flatten();
    value.and_then(|(value, _)| value.as_scalar().map(fields::json)).unwrap_or_default()
}

/// The sentences that a change writes in the plan, wherever they belong.
pub(super) fn sentences(change: &Change) -> Vec<String> {
    let written =
        change.decode().operations.into_iter().filter_map(|op| match (op.key, op.action) {
            (Key::Map(field), OpType::Put(ScalarValue::Str(text))) if is_sentence(&field) => {
                Some(text.to_string())
            }
            _ => None,
        });
    written.collect()
}

fn is_sentence(field: &str) -> bool {
    Part::CARE.iter().any(|part| part.sentences().contains(&field))
        || NeedArea::of_need_field(field).is_some()
        || NeedArea::of_strength_field(field).is_some()
}

/// A change's operations, each with where it writes.
pub(super) fn placed<'a>(
    document: &'a Document,
    change: &'a ExpandedChange,
) -> impl Iterator<Item = (Place, &'a Op)> {
    let start = change.start_op.get();
    let mut made: HashMap<u64, Place> = HashMap::new();
    (start..).zip(&change.operations).map(move |(counter, op)| {
        let place = match &op.obj {
            ObjectId::Root => Place::Nowhere,
            ObjectId::Id(id) if *id.actor() == change.actor_id && id.counter() >= start => {
                made.get(&id.counter()).copied().unwrap_or(Place::Nowhere)
            }
            ObjectId::Id(id) => existing(document, &id.to_string()),
        };
        if let (Place::Part(part), OpType::Make(ObjType::Map), Key::Map(key)) =
            (place, &op.action, &op.key)
            && let Ok(object) = key.parse()
        {
            made.insert(counter, Place::Object(part, object));
        }
        (place, op)
    })
}

/// Where an object that is in the document already lies.
fn existing(document: &Document, id: &str) -> Place {
    let Ok((object, ObjType::Map)) = document.inner.import(id) else { return Place::Nowhere };
    let Ok(parents) = document.inner.parents(&object) else { return Place::Nowhere };
    let path = parents.path();
    let keys: Vec<&str> = path
        .iter()
        .filter_map(|(_, prop)| match prop {
            Prop::Map(key) => Some(key.as_str()),
            Prop::Seq(_) => None,
        })
        .collect();
    let parts = document.reference.kind.parts();
    let part = |key: &str| parts.iter().copied().find(|part| part.key() == key);
    match keys.as_slice() {
        [FACTS] if is_genesis(document, &object, FACTS) => Place::Facts,
        [key] => match part(key) {
            Some(part) if !is_genesis(document, &object, part.key()) => Place::Nowhere,
            Some(Part::Client) => Place::Object(Part::Client, Uuid::nil()),
            Some(part) => Place::Part(part),
            None => Place::Nowhere,
        },
        [key, id] => match (part(key), id.parse()) {
            (Some(part), Ok(id)) => Place::Object(part, id),
            _ => Place::Nowhere,
        },
        _ => Place::Nowhere,
    }
}

/// Whether the object is the root map that the genesis change made.
fn is_genesis(document: &Document, object: &ObjId, key: &str) -> bool {
    document.map(key).as_ref() == Some(object)
}

fn act(document: &Document, place: Place, op: &Op, added: &Authors) -> Act {
    let Key::Map(key) = &op.key else { return Act::Stray };
    if op.insert {
        return Act::Stray;
    }
    match place {
        Place::Facts => fact_act(document, key.as_str(), op, added),
        Place::Part(part) => match (&op.action, key.parse::<Uuid>()) {
            (OpType::Make(ObjType::Map), Ok(object)) if op.pred.is_empty() => {
                Act::EditPlan { part, object, field: None }
            }
            _ => Act::Stray,
        },
        Place::Object(part, object) => match op.action {
            OpType::Put(ScalarValue::Str(_) | ScalarValue::Int(_) | ScalarValue::Boolean(_))
            | OpType::Delete => Act::EditPlan { part, object, field: Some(key.to_string()) },
            _ => Act::Stray,
        },
        Place::Nowhere => Act::Stray,
    }
}

fn fact_act(document: &Document, key: &str, op: &Op, added: &Authors) -> Act {
    let Ok(fact) = key.parse::<FactId>() else { return Act::UnreadableFact { fact: None } };
    let bytes = match &op.action {
        OpType::Delete => return Act::RemoveFact { fact },
        OpType::Put(ScalarValue::Bytes(bytes)) => bytes,
        _ => return Act::UnreadableFact { fact: Some(fact) },
    };
    // A fact that is there already is altered even by a change that claims not to know it.
    if !op.pred.is_empty() || document.holds_fact(fact) {
        return Act::AlterFact { fact };
    }
    added_fact(document, fact, bytes, added)
}

/// Who wrote the facts that a change has added so far.
type Authors = HashMap<FactId, WorkerId>;

/// What adding a fact under a free id does.
fn added_fact(document: &Document, fact: FactId, bytes: &[u8], added: &Authors) -> Act {
    let read = Fact::open(bytes).and_then(|envelope| envelope.read().map(|body| (envelope, body)));
    let Ok((envelope, body)) = read else { return Act::UnreadableFact { fact: Some(fact) } };
    let amended = |amended| Amended { fact: amended, by: amended_by(document, amended, added) };
    Act::AddFact {
        fact,
        author: envelope.author,
        about: envelope.client,
        in_right_document: envelope.belongs_in(document.reference.kind),
        step: match body {
            FactBody::IncidentStep(step) => Some(step.step),
            _ => None,
        },
        amends: envelope.amends.map(amended),
        kind: envelope.kind,
    }
}

fn amended_by(document: &Document, fact: FactId, added: &Authors) -> Option<AmendedBy> {
    if let Some(author) = added.get(&fact) {
        return Some(AmendedBy::Worker(*author));
    }
    match document.fact(fact) {
        Some(bytes) => Fact::open(&bytes).ok().map(|it| AmendedBy::Worker(it.author)),
        None => document.holds_fact(fact).then_some(AmendedBy::Erased),
    }
}

/// What edits of this document's own would do, in their order.
pub(super) fn acts_of(document: &Document, edits: &[Edit]) -> Vec<Act> {
    let mut added = Authors::new();
    let act = |edit: &Edit| match edit {
        Edit::AddFact { id, bytes } => {
            let act = added_fact(document, *id, bytes, &added);
            if let Act::AddFact { fact, author, .. } = &act {
                added.insert(*fact, *author);
            }
            act
        }
        Edit::SetField { part, object, field, .. } => {
            Act::EditPlan { part: *part, object: *object, field: Some(field.clone()) }
        }
    };
    edits.iter().map(act).collect()
}
