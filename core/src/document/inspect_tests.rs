//! What a patched app could try: every such change is named for what it is, and refused.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use uuid::Uuid;

use super::*;
use crate::fact::{FactBody, FactKind, Note, WhatMatters};
use crate::ids::{ClientId, TabletId, WorkerId};
use crate::policy::{Move, Refusal, Writer, check_change};
use crate::team::Role;

fn client() -> ClientId {
    ClientId(Uuid::from_u128(1))
}

fn me() -> Actor {
    actor(10)
}

fn actor(worker: u128) -> Actor {
    Actor { worker: WorkerId(Uuid::from_u128(worker)), tablet: TabletId(Uuid::from_u128(20)) }
}

fn at() -> Timestamp {
    Timestamp::from_millis(1_795_255_200_000) // 2026-11-21
}

fn sealed(author: WorkerId, about: ClientId, body: &FactBody) -> Vec<u8> {
    Fact::new(about, author, at(), at(), body).and_then(|fact| fact.seal()).unwrap_or_default()
}

fn words() -> FactBody {
    FactBody::WhatMatters(WhatMatters { words: "Gå tur".into(), ..WhatMatters::default() })
}

/// A care document with one fact and one goal of mine.
fn document() -> Result<Document, DocumentError> {
    let mut document = Document::new(DocumentRef::care(client()));
    let bytes = sealed(me().worker, client(), &words());
    let title = Edit::SetField {
        part: Part::Goals,
        object: Uuid::from_u128(100),
        field: "title".into(),
        value: "Gå tur".into(),
    };
    document.write(me(), at(), &[Edit::AddFact { id: fact(1), bytes }, title])?;
    Ok(document)
}

fn fact(number: u128) -> FactId {
    FactId(Uuid::from_u128(number))
}

/// A change made with Automerge itself, past everything that `Document::write` sees to.
fn forged(
    document: &Document,
    by: Actor,
    forge: impl FnOnce(
        &mut automerge::transaction::Transaction<'_>,
        &ObjId,
    ) -> Result<(), AutomergeError>,
) -> Result<Vec<u8>, DocumentError> {
    let mut copy = document.inner.clone();
    copy.set_actor(ActorId::from(by.bytes()));
    let facts = document.map(FACTS).ok_or(DocumentError::NoSuchMap(FACTS))?;
    let mut writing = copy.transaction();
    forge(&mut writing, &facts)?;
    writing.commit_with(CommitOptions::default().with_time(at().seconds()));
    let change = copy.get_last_local_change().ok_or(DocumentError::NotAChange)?;
    Ok(change.raw_bytes().to_vec())
}

fn verdict(document: &Document, bytes: &[u8]) -> Result<Vec<Act>, Refusal> {
    let writer = Writer { worker: me().worker, role: Some(Role::Nurse), responsible: false };
    check_change(document, bytes, me(), &writer, &alone).map(|checked| checked.acts)
}

#[test]
fn an_honest_change_is_read_as_what_it_does() -> Result<(), DocumentError> {
    let mut copy = document()?;
    let before = copy.clone();
    let goal = Uuid::from_u128(101);
    let bytes = sealed(me().worker, client(), &words());
    let edits = [
        Edit::AddFact { id: fact(2), bytes },
        Edit::SetField {
            part: Part::Goals,
            object: goal,
            field: "title".into(),
            value: "x".into(),
        },
        Edit::SetField {
            part: Part::Goals,
            object: Uuid::from_u128(100),
            field: "title".into(),
            value: "Gå lenger tur".into(),
        },
    ];
    let change = copy.write(me(), at(), &edits)?.ok_or(DocumentError::NotAChange)?;
    let part = Part::Goals;
    let title = Some("title".to_owned());
    assert_eq!(
        verdict(&before, &change.bytes),
        Ok(vec![
            Act::AddFact {
                fact: fact(2),
                author: me().worker,
                about: client(),
                in_right_document: true,
                kind: FactKind::WhatMatters,
                step: None,
                amends: None,
                moves: Move::No,
            },
            Act::EditPlan { part, object: goal, field: None },
            Act::EditPlan { part, object: goal, field: title.clone() },
            Act::EditPlan { part, object: Uuid::from_u128(100), field: title },
        ])
    );
    Ok(())
}

#[test]
fn forged_changes_are_refused_each_for_its_own_reason() -> Result<(), DocumentError> {
    let document = document()?;
    let own = fact(1).to_string();
    let new = fact(2).to_string();
    let scalar = |bytes: Vec<u8>| ScalarValue::Bytes(bytes);
    let colleague = actor(11);
    let theirs = sealed(colleague.worker, client(), &words());
    let mine = sealed(me().worker, client(), &words());
    let elsewhere = sealed(me().worker, ClientId(Uuid::from_u128(2)), &words());
    let note = FactBody::Note(Note { observation: "Sov".into(), ..Note::default() });
    let journal_note = sealed(me().worker, client(), &note);

    let cases: Vec<(&str, Vec<u8>, Refusal)> = vec![
        (
            "a fact in a colleague's name",
            forged(&document, me(), |tx, facts| tx.put(facts, &new, scalar(theirs.clone())))?,
            Refusal::WrongAuthor,
        ),
        (
            "a colleague's actor",
            forged(&document, colleague, |tx, facts| tx.put(facts, &new, scalar(theirs.clone())))?,
            Refusal::NotYourActor,
        ),
        (
            "an altered fact",
            forged(&document, me(), |tx, facts| tx.put(facts, &own, scalar(mine.clone())))?,
            Refusal::FactAltered,
        ),
        (
            "a removed fact",
            forged(&document, me(), |tx, facts| tx.delete(facts, own.as_str()))?,
            Refusal::FactRemoved,
        ),
        (
            "bytes that are no fact",
            forged(&document, me(), |tx, facts| tx.put(facts, &new, scalar(vec![1, 2, 3])))?,
            Refusal::FactUnreadable,
        ),
        (
            "a text instead of a fact",
            forged(&document, me(), |tx, facts| tx.put(facts, &new, "Sov godt"))?,
            Refusal::FactUnreadable,
        ),
        (
            "a fact without an id",
            forged(&document, me(), |tx, facts| tx.put(facts, "x", scalar(mine.clone())))?,
            Refusal::FactUnreadable,
        ),
        (
            "a fact about somebody else",
            forged(&document, me(), |tx, facts| tx.put(facts, &new, scalar(elsewhere.clone())))?,
            Refusal::FactInWrongDocument,
        ),
        (
            "a journal's note in the care document",
            forged(&document, me(), |tx, facts| tx.put(facts, &new, scalar(journal_note.clone())))?,
            Refusal::FactInWrongDocument,
        ),
        (
            "a new root map instead of the facts",
            forged(&document, me(), |tx, _| tx.put_object(ROOT, FACTS, ObjType::Map).map(|_| ()))?,
            Refusal::UnknownObject,
        ),
        (
            "a goal deleted whole",
            forged(&document, me(), |tx, _| {
                let goals = tx.get(ROOT, "goals")?.map(|(_, id)| id).unwrap_or(ROOT);
                tx.delete(&goals, Uuid::from_u128(100).to_string())
            })?,
            Refusal::UnknownObject,
        ),
        (
            "a list inside a goal",
            forged(&document, me(), |tx, _| {
                let goals = tx.get(ROOT, "goals")?.map(|(_, id)| id).unwrap_or(ROOT);
                let goal = match tx.get(&goals, Uuid::from_u128(100).to_string())? {
                    Some((Value::Object(_), id)) => id,
                    _ => ROOT,
                };
                tx.put_object(&goal, "title", ObjType::List).map(|_| ())
            })?,
            Refusal::UnknownObject,
        ),
        (
            "a decision by somebody who makes none",
            forged(&document, me(), |tx, _| {
                let decisions = tx.get(ROOT, "decisions")?.map(|(_, id)| id).unwrap_or(ROOT);
                tx.put_object(&decisions, Uuid::from_u128(9).to_string(), ObjType::Map).map(|_| ())
            })?,
            Refusal::RoleMayNot { part: Part::Decisions },
        ),
    ];
    for (what, bytes, refusal) in cases {
        assert_eq!(verdict(&document, &bytes), Err(refusal), "{what}");
    }
    assert_eq!(verdict(&document, b"not a change"), Err(Refusal::ChangeUnreadable));
    Ok(())
}

#[test]
fn a_change_on_top_of_a_missing_one_is_refused() -> Result<(), DocumentError> {
    let document = document()?;
    let mut ahead = document.clone();
    let note =
        |number| Edit::AddFact { id: fact(number), bytes: sealed(me().worker, client(), &words()) };
    ahead.write(me(), at(), &[note(2)])?;
    let second = ahead.write(me(), at(), &[note(3)])?.ok_or(DocumentError::NotAChange)?;
    assert_eq!(verdict(&document, &second.bytes), Err(Refusal::MissingDependency));
    Ok(())
}
