//! Whatever is accepted leaves a document that can be saved whole and loaded again: a change that
//! Automerge takes and can't give back would keep the document from every new tablet.

use automerge::Change;
use automerge::legacy::{OpId, OpType};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::judge::{self, Verdict};
use crate::document::{Actor, Document, DocumentError, DocumentRef, Edit, alone};
use crate::ids::{ClientId, TabletId, WorkerId};
use crate::plan::Part;
use crate::policy::{Refusal, Writer};
use crate::team::Role;
use crate::time::Timestamp;

fn reference() -> DocumentRef {
    DocumentRef::care(ClientId(Uuid::from_u128(1)))
}

fn actor() -> Actor {
    Actor { worker: WorkerId(Uuid::from_u128(7)), tablet: TabletId(Uuid::from_u128(9)) }
}

fn goal(field: &str, value: serde_json::Value) -> Edit {
    Edit::SetField { part: Part::Goals, object: Uuid::from_u128(5), field: field.into(), value }
}

/// A document with a goal, and a change of it that isn't applied: fields are written over, taken
/// away and added.
fn edited() -> Result<(Document, Vec<u8>), DocumentError> {
    let mut document = Document::new(reference());
    let first = [
        goal("title", json!("Gå til postkassen")),
        goal("expressed_by", json!("client")),
        goal("status", json!("active")),
        goal("own_part", json!("går ut")),
    ];
    document.write(actor(), Timestamp::default(), &first)?;
    let mut copy = document.clone();
    let then = [
        goal("title", json!("Gå til butikken")),
        goal("own_part", json!(null)),
        goal("due", json!("2026-12-01")),
    ];
    let change = copy.write(actor(), Timestamp::from_millis(1_795_244_400_000), &then)?;
    Ok((document, change.ok_or(DocumentError::NotAChange)?.bytes))
}

/// Judges bytes under a checksum that is right.
fn judged(document: &mut Document, mut bytes: Vec<u8>) -> Verdict {
    let hash: [u8; 32] = Sha256::digest(&bytes[8..]).into();
    bytes[4..8].copy_from_slice(&hash[..4]);
    let writer = Writer { worker: actor().worker, role: Some(Role::TeamLead), responsible: false };
    judge::apply(document, &bytes, hash, actor(), &writer, &alone)
}

fn comes_back(document: &Document) -> bool {
    let back = Document::from_snapshot(reference(), &document.snapshot());
    back.is_ok_and(|back| back.heads() == document.heads())
}

#[test]
fn a_change_with_any_byte_turned_over_is_refused_or_leaves_a_whole_document()
-> Result<(), DocumentError> {
    let (document, bytes) = edited()?;
    let mut applied = 0;
    for at in 8..bytes.len() {
        for flip in [0x01, 0x02, 0x04, 0x10, 0x40, 0x7e, 0x80, 0xff] {
            let mut flipped = bytes.clone();
            flipped[at] ^= flip;
            let mut document = document.clone();
            if let Verdict::Applied { .. } = judged(&mut document, flipped) {
                applied += 1;
                assert!(comes_back(&document), "byte {at} ^ {flip:#04x}");
            }
        }
    }
    // Of a text, any byte may be another.
    assert!(applied > 20, "{applied}");
    Ok(())
}

#[test]
fn an_operation_overwrites_what_stands_and_nothing_else() -> Result<(), DocumentError> {
    let (document, bytes) = edited()?;
    let expanded = Document::read_change(&bytes)?.decode();
    let places: Vec<usize> = (0..expanded.operations.len())
        .filter(|at| !expanded.operations[*at].pred.is_empty())
        .collect();
    assert_eq!(places.len(), 2);
    for at in places {
        let is_delete = expanded.operations[at].action == OpType::Delete;
        let invented = OpId(99, expanded.actor_id.clone());
        let elsewhere =
            expanded.operations[at].pred.iter().next().map(|id| OpId(id.0 - 1, id.1.clone()));
        for named in [Some(invented), elsewhere, None] {
            let mut forged = expanded.clone();
            forged.operations[at].pred = named.clone().into_iter().collect::<Vec<_>>().into();
            let bytes = Change::from(forged).raw_bytes().to_vec();
            let mut copy = document.clone();
            let verdict = judged(&mut copy, bytes);
            if named.is_none() && !is_delete {
                // As if written beside what stands: both stand.
                assert!(matches!(verdict, Verdict::Applied { .. }), "{verdict:?}");
                assert!(comes_back(&copy));
            } else {
                assert_eq!(verdict, Verdict::Refused(Refusal::UnknownObject), "{at} {named:?}");
            }
        }
    }
    let mut copy = document.clone();
    assert!(matches!(judged(&mut copy, bytes), Verdict::Applied { .. }));
    assert!(comes_back(&copy));
    Ok(())
}

#[test]
fn a_change_that_does_nothing_and_one_in_anothers_place_are_told_apart() -> Result<(), DocumentError>
{
    let (mut document, bytes) = edited()?;
    let expanded = Document::read_change(&bytes)?.decode();
    let mut empty = expanded.clone();
    empty.operations.clear();
    let empty = Change::from(empty).raw_bytes().to_vec();
    assert_eq!(judged(&mut document, empty), Verdict::Refused(Refusal::ChangeEmpty));

    let mut twin = expanded;
    twin.time += 1;
    let twin = Change::from(twin).raw_bytes().to_vec();
    assert!(matches!(judged(&mut document, bytes), Verdict::Applied { .. }));
    let heads = document.heads();
    assert_eq!(judged(&mut document, twin), Verdict::Refused(Refusal::ActorReused));
    assert_eq!(document.heads(), heads);
    Ok(())
}

#[test]
fn choosing_either_of_two_values_is_accepted() -> Result<(), DocumentError> {
    let mut deletions = 0;
    for text in ["Gå til butikken", "Gå til parken"] {
        let (document, bytes) = edited()?;
        let colleague =
            Actor { worker: WorkerId(Uuid::from_u128(8)), tablet: TabletId(Uuid::from_u128(10)) };
        let mut both = document.clone();
        both.write(colleague, Timestamp::default(), &[goal("title", json!("Gå til parken"))])?;
        both.apply_all(vec![Document::read_change(&bytes)?])?;

        let chosen =
            both.clone().write(actor(), Timestamp::default(), &[goal("title", json!(text))])?;
        let bytes = chosen.ok_or(DocumentError::NotAChange)?.bytes;
        let expanded = Document::read_change(&bytes)?.decode();
        deletions += expanded.operations.iter().filter(|op| op.action == OpType::Delete).count();
        // One that names another value beside is refused.
        let mut forged = expanded.clone();
        let mut named: Vec<OpId> = forged.operations[0].pred.iter().cloned().collect();
        named.push(OpId(99, expanded.actor_id));
        forged.operations[0].pred = named.into();
        let forged = Change::from(forged).raw_bytes().to_vec();
        assert_eq!(judged(&mut both.clone(), forged), Verdict::Refused(Refusal::UnknownObject));

        let verdict = judged(&mut both, bytes);
        assert!(matches!(verdict, Verdict::Applied { .. }), "{text}: {verdict:?}");
        assert!(comes_back(&both));
        let fields = both.fields(Part::Goals, Uuid::from_u128(5)).unwrap_or_default();
        assert_eq!(fields.values.get("title"), Some(&json!(text)));
        assert!(fields.conflicts.is_empty());
    }
    // Choosing the value that stands only deletes the other.
    assert_eq!(deletions, 1);
    Ok(())
}
