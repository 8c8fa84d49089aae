//! Reading a stranger's change: every operation becomes an `Act` that `policy` can judge.
//!
//! A legitimate change writes bytes under a free id in `facts`, makes maps in the plan's root maps
//! and writes scalars into them. Everything else is named for what it is.

use std::collections::HashMap;

use automerge::legacy::{Key, ObjectId, Op, OpType};
use automerge::{Change, ExpandedChange, ObjId, ObjType, Prop, ReadDoc, ScalarValue};
use uuid::Uuid;

use super::{Beside, Document, DocumentKind, DocumentRef, Edit, FACTS, Fact, fields};
use crate::fact::{FactBody, FactKind, Home};
use crate::ids::{FactId, WorkerId};
use crate::plan::{NeedArea, Part};
use crate::policy::{Act, Amended, AmendedBy, Move};
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

pub(super) fn acts(document: &Document, change: &Change, beside: Beside<'_>) -> Vec<Act> {
    let expanded = change.decode();
    let mut ground = Ground { document, change: &expanded, written: HashMap::new() };
    let (mut acts, mut added) = (Vec::new(), Adding::to(document, beside));
    for (counter, (place, op)) in (expanded.start_op.get()..).zip(placed(document, &expanded)) {
        let is_grounded = ground.overwrites_what_stands(counter, op);
        let act = if is_grounded { act(place, op, &mut added) } else { Act::Stray };
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

fn act(place: Place, op: &Op, added: &mut Adding<'_>) -> Act {
    let Key::Map(key) = &op.key else { return Act::Stray };
    if op.insert {
        return Act::Stray;
    }
    match place {
        Place::Facts => fact_act(key.as_str(), op, added),
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

fn fact_act(key: &str, op: &Op, added: &mut Adding<'_>) -> Act {
    let Ok(fact) = key.parse::<FactId>() else { return Act::UnreadableFact { fact: None } };
    let bytes = match &op.action {
        OpType::Delete => return Act::RemoveFact { fact },
        OpType::Put(ScalarValue::Bytes(bytes)) => bytes,
        _ => return Act::UnreadableFact { fact: Some(fact) },
    };
    // A fact that is there already is altered even by a change that claims not to know it.
    if !op.pred.is_empty() || added.document.holds_fact(fact) {
        return Act::AlterFact { fact };
    }
    added.fact(fact, bytes)
}

/// The facts that a change adds.
struct Adding<'a> {
    document: &'a Document,
    beside: Beside<'a>,
    /// Who wrote those so far.
    authors: HashMap<FactId, WorkerId>,
}

impl<'a> Adding<'a> {
    fn to(document: &'a Document, beside: Beside<'a>) -> Self {
        Self { document, beside, authors: HashMap::new() }
    }

    /// What adding a fact under a free id does.
    fn fact(&mut self, fact: FactId, bytes: &[u8]) -> Act {
        let read =
            Fact::open(bytes).and_then(|envelope| envelope.read().map(|body| (envelope, body)));
        let Ok((envelope, body)) = read else { return Act::UnreadableFact { fact: Some(fact) } };
        let apart = || self.written_apart(&envelope).map(|it| AmendedBy::Worker(it.author));
        let amends =
            envelope.amends.map(|it| Amended { fact: it, by: self.amended_by(it).or_else(apart) });
        let (in_right_document, moves) = match self.document.reference.kind {
            DocumentKind::Restricted(entry) => {
                let moves = if self.stands_beside(fact, &envelope, bytes) {
                    Move::Moved
                } else if fact == entry {
                    Move::Apart
                } else {
                    Move::No
                };
                (self.is_of_entry(entry, fact, &envelope), moves)
            }
            kind => (envelope.belongs_in(kind), self.moves_away(&envelope)),
        };
        self.authors.insert(fact, envelope.author);
        Act::AddFact {
            fact,
            author: envelope.author,
            about: envelope.client,
            in_right_document,
            step: match body {
                FactBody::IncidentStep(step) => Some(step.step),
                _ => None,
            },
            amends,
            moves,
            kind: envelope.kind,
        }
    }

    fn amended_by(&self, fact: FactId) -> Option<AmendedBy> {
        if let Some(author) = self.authors.get(&fact) {
            return Some(AmendedBy::Worker(*author));
        }
        if self.document.restricted().contains(&fact) {
            return Some(AmendedBy::Restricted);
        }
        match self.document.fact(fact) {
            Some(bytes) => Fact::open(&bytes).ok().map(|it| AmendedBy::Worker(it.author)),
            None => self.document.holds_fact(fact).then_some(AmendedBy::Erased),
        }
    }

    /// Whether a fact belongs in the document of an entry: what says who reads it, the entry, and what
    /// corrects it.
    fn is_of_entry(&self, entry: FactId, fact: FactId, envelope: &Fact) -> bool {
        let is_here = |it| self.authors.contains_key(&it) || self.document.holds_fact(it);
        let kind = &envelope.kind;
        let corrects = kind.may_be_restricted()
            || matches!(kind, FactKind::WrongPerson | FactKind::Unknown(_));
        kind.home() == Some(Home::Entry)
            || fact == entry && kind.may_be_restricted()
            || corrects && envelope.amends.is_some_and(is_here)
    }

    /// Whether a fact is the same, byte for byte, as the one in the client's common record.
    fn stands_beside(&self, fact: FactId, envelope: &Fact, bytes: &[u8]) -> bool {
        envelope.kind.home() != Some(Home::Entry)
            && envelope.client == self.document.reference.client
            && (self.beside)(envelope.document(), fact).as_deref() == Some(bytes)
    }

    /// Whether a fact says that an entry is restricted, and all of it is in its own document.
    fn moves_away(&self, envelope: &Fact) -> Move {
        if envelope.kind != FactKind::EntryRestricted {
            return Move::No;
        }
        let Some(entry) = envelope.amends else { return Move::Torn };
        let own = DocumentRef::restricted(self.document.reference.client, entry);
        let here = self.document.entry(entry);
        let is_there =
            |(id, bytes): &(FactId, Vec<u8>)| (self.beside)(own, *id).as_ref() == Some(bytes);
        let is_whole = match here.is_empty() {
            true => self.written_apart(envelope).is_some(),
            false => here.iter().all(is_there),
        };
        if is_whole { Move::Whole } else { Move::Torn }
    }

    /// The entry of which a fact says here that it is restricted, when it was never in this journal:
    /// it was written in its own document, and would have belonged in this one.
    fn written_apart(&self, envelope: &Fact) -> Option<Fact> {
        let entry = envelope.amends.filter(|_| envelope.kind == FactKind::EntryRestricted)?;
        let DocumentRef { client, kind } = self.document.reference;
        if !matches!(kind, DocumentKind::Journal(_)) || self.document.holds_fact(entry) {
            return None;
        }
        let bytes = (self.beside)(DocumentRef::restricted(client, entry), entry)?;
        Fact::open(&bytes).ok().filter(|it| it.document() == self.document.reference)
    }
}

/// What edits of this document's own would do, in their order.
pub(super) fn acts_of(document: &Document, edits: &[Edit], beside: Beside<'_>) -> Vec<Act> {
    let mut added = Adding::to(document, beside);
    let act = |edit: &Edit| match edit {
        Edit::AddFact { id, bytes } => added.fact(*id, bytes),
        Edit::SetField { part, object, field, .. } => {
            Act::EditPlan { part: *part, object: *object, field: Some(field.clone()) }
        }
    };
    edits.iter().map(act).collect()
}
