//! Erasure in documents of several actors: the words are gone, all else stands, unsent work follows.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use proptest::prelude::*;

use super::*;
use crate::document::{Actor, DocumentRef, Edit, Fact, alone};
use crate::fact::{FactBody, Note, WhatMatters};
use crate::ids::{ClientId, TabletId, WorkerId};
use crate::policy::{Act, Refusal, Writer, check_change};
use crate::team::Role;
use crate::time::Timestamp;

mod random;

const SECRET: &str = "Datteren fortalte om diagnosen som ingen skulle vite om";

fn client() -> ClientId {
    ClientId(Uuid::from_u128(1))
}

fn worker(number: u128) -> Actor {
    Actor {
        worker: WorkerId(Uuid::from_u128(10 + number)),
        tablet: TabletId(Uuid::from_u128(20 + number)),
    }
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(1_795_255_200_000).plus_minutes(minute) // 2026-11-21
}

fn tombstone() -> Result<Tombstone> {
    Ok(Tombstone { at: at(500), ground: "hpl. § 43".parse()?, visit: None, is_moved: false })
}

fn fact_id(number: u128) -> FactId {
    FactId(Uuid::from_u128(1000 + number))
}

fn note(number: u128, author: Actor, text: &str, amends: Option<FactId>) -> Result<Edit> {
    let body = Note { observation: text.into(), ..Note::default() };
    let now = at(number as i64);
    let mut fact = Fact::new(client(), author.worker, now, now, &FactBody::Note(body))?;
    fact.amends = amends;
    Ok(Edit::AddFact { id: fact_id(number), bytes: fact.seal()? })
}

fn field(object: u128, field: &str, value: &str) -> Edit {
    Edit::SetField {
        part: Part::Goals,
        object: Uuid::from_u128(object),
        field: field.into(),
        value: value.into(),
    }
}

fn journal() -> Document {
    Document::new(DocumentRef::journal(client(), crate::oslo::month(at(0))))
}

/// Hands all that `from` has to `to`.
fn merge(from: &Document, to: &mut Document) -> Result<()> {
    let changes = from.changes();
    let changes = changes.iter().map(|raw| Document::read_change(&raw.bytes));
    Ok(to.apply_all(changes.collect::<Result<_, _>>()?)?)
}

/// Everything that a person can see of a document, by what it is.
fn seen(document: &Document) -> BTreeMap<String, String> {
    let facts = document.facts().into_iter().map(|id| (id.to_string(), document.sealed(id)));
    let mut all: BTreeMap<String, String> =
        facts.map(|(id, bytes)| (id, format!("{bytes:?}"))).collect();
    for part in document.reference().kind.parts() {
        for id in document.objects(*part) {
            all.insert(format!("{part:?} {id}"), format!("{:?}", document.fields(*part, id)));
        }
    }
    all
}

/// Whether the words are in any form that the document can be stored in.
fn holds(document: &Document, words: &str) -> bool {
    let is_in = |bytes: &[u8]| bytes.windows(words.len()).any(|part| part == words.as_bytes());
    let mut changes = document.inner.get_changes(&[]);
    // `save` deflates; what it holds is what is in it once it is read again.
    let saved = automerge::Automerge::load(&document.inner.save());
    let reread = saved.map(|saved| saved.save_nocompress()).unwrap_or_default();
    document.inner.save().is_empty()
        || reread.is_empty()
        || is_in(&reread)
        || is_in(&document.inner.save_nocompress())
        || changes.iter_mut().any(|change| {
            let compressed = change.bytes().into_owned();
            let unpacked = Change::from_bytes(compressed);
            is_in(change.raw_bytes()) || unpacked.map_or(true, |change| is_in(change.raw_bytes()))
        })
}

/// A journal that three wrote in, two of them at once; the fourth note holds the secret and the
/// fifth amends it.
fn busy_journal() -> Result<Document> {
    let mut first = journal();
    first.write(worker(1), at(1), &[note(1, worker(1), "Sov godt", None)?])?;
    let mut second = first.clone();
    let mut third = first.clone();
    second.write(worker(2), at(2), &[note(2, worker(2), "Spiste lite", None)?])?;
    third.write(worker(3), at(3), &[note(3, worker(3), "Gikk tur", None)?])?;
    third.write(worker(3), at(4), &[note(4, worker(3), SECRET, None)?])?;
    merge(&third, &mut first)?;
    first.write(worker(1), at(5), &[note(5, worker(1), "Feil person", Some(fact_id(4)))?])?;
    second.write(worker(2), at(6), &[note(6, worker(2), "Sovnet", None)?])?;
    merge(&second, &mut first)?;
    first.write(worker(1), at(7), &[note(7, worker(1), "Våknet", None)?])?;
    Ok(first)
}

#[test]
fn an_erased_fact_is_nowhere_and_everything_else_stands() -> Result<()> {
    let old = busy_journal()?;
    ensure!(holds(&old, SECRET), "the test looks in the wrong place");
    let erased = old.erase(&Erasable::Fact(fact_id(4)), &tombstone()?)?;
    let new = &erased.document;

    assert!(!holds(new, SECRET));
    assert_eq!(new.tombstone(fact_id(4)), Some(tombstone()?));
    assert_eq!(new.fact(fact_id(4)), None);
    assert!(new.holds_fact(fact_id(4)));
    let (mut before, mut after) = (seen(&old), seen(new));
    assert_ne!(before.remove(&fact_id(4).to_string()), after.remove(&fact_id(4).to_string()));
    assert_eq!(before, after);
    // The one that amends it still says so.
    let amending = Fact::open(&new.fact(fact_id(5)).context("the correction is gone")?)?;
    assert_eq!(amending.amends, Some(fact_id(4)));

    // What was written before, and at the same time by others, keeps its bytes.
    let old_changes = old.changes();
    let kept = erased.changes.iter().filter(|change| old_changes.contains(change)).count();
    assert_eq!((old_changes.len(), erased.changes.len(), kept), (7, 7, 4));
    assert_eq!(erased.renamed.len(), 3);
    for change in &old_changes {
        let name = erased.renamed.get(&change.hash).unwrap_or(&change.hash);
        assert!(new.holds(name));
        assert_eq!(name == &change.hash, erased.changes.contains(change));
    }
    // And it is the same for whoever loads the stored changes.
    let bytes = erased.changes.iter().map(|change| change.bytes.as_slice());
    assert_eq!(Document::load(old.reference(), bytes)?.heads(), new.heads());
    Ok(())
}

#[test]
fn erasing_goes_on_and_says_when_there_is_nothing() -> Result<()> {
    let once = busy_journal()?.erase(&Erasable::Fact(fact_id(4)), &tombstone()?)?.document;
    let twice = once.erase(&Erasable::Fact(fact_id(2)), &tombstone()?)?.document;
    assert!(twice.tombstone(fact_id(2)).is_some() && twice.tombstone(fact_id(4)).is_some());
    assert!(!holds(&twice, "Spiste lite") && holds(&twice, "Feil person"));
    let again = twice.erase(&Erasable::Fact(fact_id(4)), &tombstone()?).err();
    assert!(matches!(again, Some(EraseError::AlreadyErased)));
    let nothing = twice.erase(&Erasable::Fact(fact_id(99)), &tombstone()?).err();
    assert!(matches!(nothing, Some(EraseError::NotThere)));
    Ok(())
}

#[test]
fn unsent_work_of_two_tablets_follows() -> Result<()> {
    let old = busy_journal()?;
    // One of them knew of the secret and has three changes waiting, of which the server has the
    // first though the tablet didn't hear so.
    let mut knowing = old.clone();
    let mut waiting = Vec::new();
    for number in 20..23 {
        let edit = note(number, worker(4), &format!("Venter {number}"), None)?;
        waiting.extend(knowing.write(worker(4), at(20), &[edit])?);
    }
    // The other had only what was there before the secret.
    let mut early = journal();
    let first = old.changes();
    early.apply_all(vec![Document::read_change(&first.first().context("empty")?.bytes)?])?;
    let early_change = early.write(worker(5), at(30), &[note(30, worker(5), "Tidlig", None)?])?;
    let early_change = early_change.context("nothing written")?;

    let mut server = old.clone();
    server.apply_all(vec![Document::read_change(&waiting[0].bytes)?])?;
    let mut new = server.erase(&Erasable::Fact(fact_id(4)), &tombstone()?)?.document;
    let expected = seen(&new).len() + 3;

    let mut moves = Moves::between(&knowing, &new);
    let mut sent = Vec::new();
    for change in &waiting {
        match moves.rebase(&Document::read_change(&change.bytes)?)? {
            Rebased::There(hash) => assert!(new.holds(&hash)),
            Rebased::Anew(raw) => sent.push(raw),
        }
    }
    assert_eq!(sent.len(), 2);
    let mut moves = Moves::between(&early, &new);
    let Rebased::Anew(raw) = moves.rebase(&Document::read_change(&early_change.bytes)?)? else {
        anyhow::bail!("the server can't have it");
    };
    assert_eq!(raw, early_change, "nothing that it builds on has moved");
    sent.push(raw);

    for raw in &sent {
        let by = Actor::of(&Document::read_change(&raw.bytes)?).context("no actor")?;
        let writer = Writer { worker: by.worker, role: Some(Role::Helper), responsible: false };
        let checked = check_change(&new, &raw.bytes, by, &writer, &alone)?;
        assert!(matches!(checked.acts.as_slice(), [Act::AddFact { .. }]));
        new.apply_all(vec![checked.change])?;
    }
    assert_eq!(seen(&new).len(), expected);
    assert!(!holds(&new, SECRET));
    Ok(())
}

#[test]
fn what_cannot_follow_says_why() -> Result<()> {
    let old = busy_journal()?;
    let new = old.erase(&Erasable::Fact(fact_id(4)), &tombstone()?)?.document;
    let mut ahead = old.clone();
    let refused = ahead.write(worker(4), at(20), &[note(20, worker(4), "Avvist", None)?])?;
    let on_top = ahead.write(worker(4), at(21), &[note(21, worker(4), "Oppå", None)?])?;
    let read = |raw: Option<RawChange>| -> Result<Change> {
        Ok(Document::read_change(&raw.context("nothing written")?.bytes)?)
    };
    let on_top = read(on_top)?;
    let mut moves = Moves::between(&old, &new);
    assert_eq!(moves.rebase(&on_top), Err(RebaseError::MissingDependency));
    // The number was used again for another change.
    let mut other = new.clone();
    other.write(worker(4), at(40), &[note(40, worker(4), "Annet", None)?])?;
    let mut moves = Moves::between(&old, &other);
    assert_eq!(moves.rebase(&read(refused)?), Err(RebaseError::PlaceTaken));
    Ok(())
}

/// A care document where a goal's title had the secret, two wrote it at once, and one chose.
fn busy_care() -> Result<(Document, ChangeHash, Document)> {
    let mut first = Document::new(DocumentRef::care(client()));
    let words = WhatMatters { words: "Gå tur".into(), ..WhatMatters::default() };
    let body = FactBody::WhatMatters(words);
    let fact = Fact::new(client(), worker(1).worker, at(0), at(0), &body)?;
    let fact = Edit::AddFact { id: fact_id(1), bytes: fact.seal()? };
    first.write(worker(1), at(0), &[fact, field(100, "title", "Gå til postkassen")])?;
    let secret = first.write(
        worker(1),
        at(1),
        &[field(100, "title", SECRET), field(100, "status", "active")],
    )?;
    let before_the_choice = first.clone();
    let mut second = first.clone();
    first.write(worker(1), at(2), &[field(100, "title", "Gå til butikken")])?;
    second.write(worker(2), at(2), &[field(100, "title", "Gå til parken")])?;
    second.write(worker(2), at(3), &[field(101, "title", "Lage middag")])?;
    merge(&second, &mut first)?;
    Ok((first, secret.context("nothing written")?.hash, before_the_choice))
}

#[test]
fn a_past_value_of_a_field_is_erased_and_the_conflict_after_it_stands() -> Result<()> {
    let (old, written_by, earlier) = busy_care()?;
    let value = |written_by| Erasable::FieldValue {
        part: Part::Goals,
        object: Uuid::from_u128(100),
        field: "title".into(),
        written_by,
    };
    let what = value(written_by);
    let still = earlier.erase(&what, &tombstone()?).err();
    assert!(matches!(still, Some(EraseError::StillStands)));

    ensure!(holds(&old, SECRET), "the test looks in the wrong place");
    let erased = old.erase(&what, &tombstone()?)?;
    assert!(!holds(&erased.document, SECRET));
    let conflicts = |document: &Document| {
        let fields = document.fields(Part::Goals, Uuid::from_u128(100)).unwrap_or_default();
        fields.conflicts.get("title").map(Vec::len)
    };
    assert_eq!((conflicts(&old), conflicts(&erased.document)), (Some(2), Some(2)));
    assert_eq!(seen(&old), seen(&erased.document));
    assert_eq!(erased.renamed.len(), 4);

    // A third tablet, which still had the secret standing, wrote over it and took another away.
    let mut offline = earlier.clone();
    let gone = Edit::SetField {
        part: Part::Goals,
        object: Uuid::from_u128(100),
        field: "status".into(),
        value: serde_json::Value::Null,
    };
    let late = offline.write(worker(3), at(9), &[field(100, "title", "Gå til kirken"), gone])?;
    let late = Document::read_change(&late.context("nothing written")?.bytes)?;
    let mut moves = Moves::between(&earlier, &erased.document);
    let Rebased::Anew(raw) = moves.rebase(&late)? else { anyhow::bail!("it can't be there") };
    let mut new = erased.document.clone();
    new.apply_all(vec![Document::read_change(&raw.bytes)?])?;
    let mut as_without_erasure = old.clone();
    as_without_erasure.apply_all(vec![late])?;
    assert_eq!(seen(&new), seen(&as_without_erasure));
    assert_eq!(conflicts(&new), Some(3));

    let states = |document: &Document| -> Vec<_> {
        let past = document.past_of(Part::Goals, Uuid::from_u128(100), "title");
        past.iter().map(|one| (one.by, one.at, one.state)).collect()
    };
    let (one, two) = (Some(worker(1)), Some(worker(2)));
    let mut expected = vec![
        (one, at(0), WritingState::Past),
        (one, at(1), WritingState::Past),
        (one, at(2), WritingState::Stands),
        (two, at(2), WritingState::Stands),
    ];
    assert_eq!(states(&old), expected);
    expected[1].2 = WritingState::Erased;
    assert_eq!(states(&erased.document), expected);

    let new_name = erased.renamed.get(&written_by).copied().context("not renamed")?;
    let again = erased.document.erase(&value(new_name), &tombstone()?).err();
    assert!(matches!(again, Some(EraseError::AlreadyErased)));
    let nothing = erased.document.erase(&value(written_by), &tombstone()?).err();
    assert!(matches!(nothing, Some(EraseError::NotThere)));
    Ok(())
}

#[test]
fn a_value_that_was_chosen_again_is_erased_wherever_it_was_written() -> Result<()> {
    let (mut document, written_by, _) = busy_care()?;
    document.write(worker(2), at(10), &[field(100, "title", SECRET)])?;
    let object = Uuid::from_u128(100);
    let what =
        Erasable::FieldValue { part: Part::Goals, object, field: "title".into(), written_by };
    let still = document.erase(&what, &tombstone()?).err();
    assert!(matches!(still, Some(EraseError::StillStands)));
    document.write(worker(2), at(11), &[field(100, "title", "Gå til parken")])?;
    let erased = document.erase(&what, &tombstone()?)?;
    assert!(!holds(&erased.document, SECRET));
    assert_eq!(seen(&document), seen(&erased.document));
    Ok(())
}

#[test]
fn words_that_a_patched_app_hid_beside_the_fact_go_too() -> Result<()> {
    let mut document = journal();
    document.write(worker(1), at(1), &[note(1, worker(1), SECRET, None)?])?;
    let change = document.inner.get_last_local_change().context("nothing written")?;
    let mut expanded = change.decode();
    expanded.message = Some(SECRET.into());
    expanded.extra_bytes = SECRET.into();
    let mut patched = journal();
    patched.apply_all(vec![Change::from(expanded)])?;
    ensure!(holds(&patched, SECRET), "the test looks in the wrong place");
    let erased = patched.erase(&Erasable::Fact(fact_id(1)), &tombstone()?)?;
    assert!(!holds(&erased.document, SECRET));
    Ok(())
}

#[test]
fn nobody_writes_over_a_tombstone_or_makes_one() -> Result<()> {
    let new = busy_journal()?.erase(&Erasable::Fact(fact_id(4)), &tombstone()?)?.document;
    let seal = tombstone()?.seal()?;
    let writer = Writer { worker: worker(3).worker, role: Some(Role::TeamLead), responsible: true };
    let verdict = |under: FactId, bytes: Vec<u8>, on: &Document| -> Result<_> {
        let mut copy = on.clone();
        let change = copy.write(worker(3), at(50), &[Edit::AddFact { id: under, bytes }])?;
        let bytes = change.context("nothing written")?.bytes;
        Ok(check_change(&new, &bytes, worker(3), &writer, &alone).map(|_| ()))
    };
    // A tablet that doesn't know of what stands there: its change names nothing that it replaces.
    let mut without = journal();
    let first: Vec<Change> = new.inner.get_changes(&[]).into_iter().take(2).collect();
    without.apply_all(first)?;
    let Edit::AddFact { bytes: words, .. } = note(4, worker(3), "Skrevet på nytt", None)? else {
        anyhow::bail!("not a fact");
    };
    assert_eq!(verdict(fact_id(4), words, &without)?, Err(Refusal::FactAltered));
    assert_eq!(verdict(fact_id(5), seal.clone(), &without)?, Err(Refusal::FactAltered));
    assert_eq!(verdict(fact_id(90), seal, &new)?, Err(Refusal::FactUnreadable));
    Ok(())
}

#[test]
fn a_tombstone_is_no_fact_and_a_fact_no_tombstone() -> Result<()> {
    #[derive(serde::Serialize)]
    struct Both {
        #[serde(flatten)]
        fact: Fact,
        tombstone: Tombstone,
    }
    let stone = tombstone()?;
    assert_eq!(Tombstone::open(&stone.seal()?), Ok(stone.clone()));
    assert!(Fact::open(&stone.seal()?).is_err());
    // On every replica for ever: a tombstone is read by every later version.
    let hex: String = stone.seal()?.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        hex,
        "a169746f6d6273746f6e65a26261741b000001a1ff562c806667726f756e646a68706c2e20c2a7203433"
    );
    let body = FactBody::Note(Note { observation: "Sov".into(), ..Note::default() });
    let fact = Fact::new(client(), worker(1).worker, at(0), at(0), &body)?;
    assert!(Tombstone::open(&fact.seal()?).is_err());
    let both = crate::cbor::write(&Both { fact, tombstone: stone })?;
    assert!(Fact::open(&both).is_ok() && Tombstone::open(&both).is_err());

    for good in ["hpl. § 43", "  hpl. § 43 første ledd  "] {
        assert_eq!(good.parse::<Ground>().as_ref().map(Ground::as_str), Ok(good.trim()));
    }
    for bad in ["", "  ", "to\nlinjer", "§".repeat(81).as_str()] {
        assert_eq!(bad.parse::<Ground>(), Err(NotAGround), "{bad}");
    }
    Ok(())
}

#[test]
fn what_is_in_no_document_is_wiped_too() -> Result<()> {
    let mut document = journal();
    let secret = note(4, worker(3), SECRET, None)?;
    document.write(worker(3), at(4), std::slice::from_ref(&secret))?;
    let traces = document.erase(&Erasable::Fact(fact_id(4)), &tombstone()?)?.traces;
    let refused = |edits: &[Edit]| -> Result<Change> {
        let raw = journal().write(worker(6), at(5), edits)?.context("nothing written")?;
        Ok(Document::read_change(&raw.bytes)?)
    };
    let Edit::AddFact { bytes, .. } = secret else { anyhow::bail!("not a fact") };
    let is_in = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes());

    let copied =
        [Edit::AddFact { id: fact_id(70), bytes }, note(71, worker(6), "Denne skal stå", None)?];
    let copied = refused(&copied)?;
    assert!(traces.are_in(copied.raw_bytes()));
    let wiped = traces.wiped_from(&copied).context("not found")?;
    assert!(!is_in(&wiped));
    assert_eq!(Document::read_change(&wiped)?.len(), 2);
    assert!(wiped.windows(14).any(|part| part == b"Denne skal st\xc3"));

    let rewritten = refused(&[note(4, worker(6), "Samme sak med andre ord", None)?])?;
    let wiped = traces.wiped_from(&rewritten).context("the same id not found")?;
    assert!(!wiped.windows(10).any(|part| part == b"andre ord"));

    assert_eq!(traces.wiped_from(&refused(&[note(8, worker(6), "Uskyldig", None)?])?), None);
    Ok(())
}
