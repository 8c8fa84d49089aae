//! An entry that moves into a document of its own: what is true of both documents is accepted, and
//! nothing that a patched app could make of it.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::*;
use crate::fact::{
    ContactLogged, EntryReaders, EntryRestricted, EntryRestrictionEnded, FactBody, FactKind, Note,
    Observations, Readers,
};
use crate::ids::{ClientId, TabletId, WorkerId};
use crate::oslo;
use crate::policy::{Refusal, Writer, check_change};
use crate::team::Role;

const CLIENT: ClientId = ClientId(Uuid::from_u128(1));
const ENTRY: FactId = FactId(Uuid::from_u128(100));
const AUTHOR: u128 = 10;
const OTHER: u128 = 11;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(1_795_255_200_000).plus_minutes(minute)
}

fn actor(worker: u128) -> Actor {
    Actor { worker: WorkerId(Uuid::from_u128(worker)), tablet: TabletId(Uuid::from_u128(20)) }
}

fn own() -> DocumentRef {
    DocumentRef::restricted(CLIENT, ENTRY)
}

fn note(words: &str) -> FactBody {
    FactBody::Note(Note { observation: words.into(), ..Note::default() })
}

/// A fact of a worker's, written at a minute.
fn add(
    id: u128,
    (author, minute): (u128, i64),
    amends: Option<FactId>,
    body: impl Into<FactBody>,
) -> Edit {
    let author = WorkerId(Uuid::from_u128(author));
    let fact = Fact::new(CLIENT, author, at(minute), at(0), &body.into());
    let bytes = fact.and_then(|fact| Fact { amends, ..fact }.seal()).unwrap_or_default();
    Edit::AddFact { id: FactId(Uuid::from_u128(id)), bytes }
}

fn entry() -> Edit {
    add(100, (AUTHOR, 0), None, note("Ikke si det til noen."))
}

fn correction() -> Edit {
    add(101, (AUTHOR, 1), Some(ENTRY), note("Si det bare til Anne."))
}

fn readers(id: u128, by: u128, minute: i64, readers: &[u128]) -> Edit {
    let readers = readers.iter().map(|it| WorkerId(Uuid::from_u128(*it))).collect();
    add(id, (by, minute), None, EntryReaders { readers, words: "Bare oss.".into() })
}

fn restricted(by: u128) -> Edit {
    let ask = WorkerId(Uuid::from_u128(AUTHOR));
    add(300, (by, 2), Some(ENTRY), EntryRestricted { ask })
}

fn document(reference: DocumentRef, edits: &[Edit]) -> Result<Document, DocumentError> {
    let mut document = Document::new(reference);
    for edit in edits {
        document.write(actor(AUTHOR), at(0), std::slice::from_ref(edit))?;
    }
    Ok(document)
}

fn journal(edits: &[Edit]) -> Result<Document, DocumentError> {
    document(DocumentRef::journal(CLIENT, oslo::month(at(0))), edits)
}

/// What comes of a worker's edits, with the other document beside.
fn verdict(
    document: &Document,
    other: &Document,
    (worker, role): (u128, &Role),
    edits: &[Edit],
) -> Result<(), Refusal> {
    let by = actor(worker);
    let written = document.clone().write(by, at(5), edits);
    let change = written.ok().flatten().ok_or(Refusal::ChangeEmpty)?;
    let writer = Writer { worker: by.worker, role: Some(role.clone()), responsible: false };
    let beside = |reference, fact| other.fact(fact).filter(|_| other.reference() == reference);
    check_change(document, &change.bytes, by, &writer, &beside).map(drop)
}

#[test]
fn an_entry_moves_with_its_corrections_and_byte_for_byte() -> Result<(), DocumentError> {
    let journal = journal(&[entry(), correction()])?;
    let empty = Document::new(own());
    let moves = [readers(200, OTHER, 2, &[OTHER]), entry(), correction()];
    let judged = |who, edits: &[Edit]| verdict(&empty, &journal, who, edits);
    // Whoever edits the plan writes down the client's wish, and a helper of her own entry.
    assert_eq!(judged((OTHER, &Role::Nurse), &moves), Ok(()));
    let kind = FactKind::EntryRestricted;
    assert_eq!(judged((OTHER, &Role::Helper), &moves), Err(Refusal::RoleMayNotWrite { kind }));
    let hers = [readers(200, AUTHOR, 2, &[]), entry(), correction()];
    assert_eq!(judged((AUTHOR, &Role::Helper), &hers), Ok(()));
    // Other words in the author's name, or words in it that stand nowhere.
    let forged = add(100, (AUTHOR, 0), None, note("Hun slo meg."));
    let made_up = add(102, (AUTHOR, 0), Some(ENTRY), note("Hun slo meg."));
    for forged in [[moves[0].clone(), forged], [moves[0].clone(), made_up]] {
        assert_eq!(judged((OTHER, &Role::Nurse), &forged), Err(Refusal::WrongAuthor));
    }
    // A document that nobody is said to read, another entry, and what can't be restricted.
    let unread = judged((OTHER, &Role::Nurse), &moves[1..]);
    assert_eq!(unread, Err(Refusal::FactInWrongDocument));
    let another = add(103, (OTHER, 0), None, note("Noe annet."));
    let measured = add(100, (OTHER, 0), None, Observations::default());
    for wrong in [another, measured] {
        let judged = judged((OTHER, &Role::Nurse), &[moves[0].clone(), wrong]);
        assert_eq!(judged, Err(Refusal::FactInWrongDocument));
    }
    // A talk can be restricted as a note can.
    let talk = add(100, (OTHER, 0), None, ContactLogged::default());
    assert_eq!(judged((OTHER, &Role::Nurse), &[moves[0].clone(), talk]), Ok(()));
    Ok(())
}

#[test]
fn a_journal_says_that_an_entry_is_restricted_when_all_of_it_has_moved() -> Result<(), DocumentError>
{
    let journal = journal(&[entry(), correction()])?;
    let nurse = (OTHER, &Role::Nurse);
    let says = |own: &Document, who| verdict(&journal, own, who, &[restricted(who.0)]);
    let whole = document(own(), &[readers(200, OTHER, 2, &[]), entry(), correction()])?;
    assert_eq!(says(&whole, nurse), Ok(()));
    let kind = FactKind::EntryRestricted;
    let helper = says(&whole, (OTHER, &Role::Helper));
    assert_eq!(helper, Err(Refusal::RoleMayNotWrite { kind }));
    // Without the correction it would be lost, and without any of it the entry.
    let torn = document(own(), &[readers(200, OTHER, 2, &[]), entry()])?;
    assert_eq!(says(&torn, nurse), Err(Refusal::EntryNotMoved));
    assert_eq!(says(&Document::new(own()), nurse), Err(Refusal::EntryNotMoved));
    // Who reads it is said in its own document alone.
    let in_journal = verdict(&journal, &whole, nurse, &[readers(200, OTHER, 2, &[])]);
    assert_eq!(in_journal, Err(Refusal::FactInWrongDocument));
    Ok(())
}

#[test]
fn what_corrects_a_restricted_entry_belongs_where_it_stands() -> Result<(), DocumentError> {
    let author = (AUTHOR, &Role::Helper);
    let own = document(own(), &[readers(200, AUTHOR, 2, &[]), entry()])?;
    let mut journal = journal(&[entry(), restricted(AUTHOR)])?;
    let late = [add(104, (AUTHOR, 5), Some(ENTRY), note("Likevel ikke."))];
    let in_journal = |journal: &Document| verdict(journal, &own, author, &late);
    assert_eq!(in_journal(&journal), Err(Refusal::EntryRestricted));
    assert_eq!(verdict(&own, &journal, author, &late), Ok(()));
    // Nor after it is erased there; nor is it restricted twice.
    let ground = "pasientjournalloven § 17".parse().unwrap_or_else(|_| unreachable!());
    let tombstone = Tombstone { at: at(6), ground, visit: None, is_moved: true };
    let erased = journal.erase(&Erasable::Fact(ENTRY), &tombstone);
    journal = erased.unwrap_or_else(|_| unreachable!()).document;
    assert_eq!(in_journal(&journal), Err(Refusal::EntryRestricted));
    let again = add(301, (AUTHOR, 7), Some(ENTRY), EntryRestricted { ask: actor(AUTHOR).worker });
    assert_eq!(verdict(&journal, &own, author, &[again]), Err(Refusal::EntryRestricted));
    assert_eq!(journal.restricted(), BTreeSet::from([ENTRY]));
    assert_eq!(journal.tombstone(ENTRY), Some(tombstone));
    Ok(())
}

#[test]
fn an_entry_is_written_apart_by_whoever_restricts_her_own_and_its_journal_says_so_once()
-> Result<(), DocumentError> {
    let common = journal(&[])?;
    let written = [entry(), readers(200, AUTHOR, 2, &[OTHER])];
    let author = (AUTHOR, &Role::Helper);
    let write = |who, edits: &[Edit]| verdict(&Document::new(own()), &common, who, edits);
    assert_eq!(write(author, &written), Ok(()));
    // Not by break-glass, which restricts nothing, nor in a colleague's name.
    let kind = FactKind::EntryRestricted;
    let refused = Err(Refusal::RoleMayNotWrite { kind });
    assert_eq!(write((AUTHOR, &Role::BreakGlass), &written), refused);
    let hers = [entry(), readers(200, OTHER, 2, &[OTHER])];
    assert_eq!(write((OTHER, &Role::Nurse), &hers), Err(Refusal::WrongAuthor));

    let whole = document(own(), &written)?;
    let says = |journal: &Document, who: (u128, &Role)| {
        verdict(journal, &whole, who, &[restricted(who.0)])
    };
    assert_eq!(says(&common, author), Ok(()));
    assert_eq!(says(&common, (OTHER, &Role::Helper)), refused);
    // Where it would not have stood, and twice.
    let month = oslo::month(at(0)).earlier(1);
    let elsewhere = document(DocumentRef::journal(CLIENT, month), &[])?;
    assert!(says(&elsewhere, author).is_err());
    let said = journal(&[restricted(AUTHOR)])?;
    let again = add(301, (AUTHOR, 7), Some(ENTRY), EntryRestricted { ask: actor(AUTHOR).worker });
    assert_eq!(verdict(&said, &whole, author, &[again]), Err(Refusal::EntryRestricted));
    assert_eq!(said.restricted(), BTreeSet::from([ENTRY]));
    // What would correct it in the journal belongs where it stands.
    let late = [add(104, (AUTHOR, 5), Some(ENTRY), note("Likevel ikke."))];
    assert_eq!(verdict(&said, &whole, author, &late), Err(Refusal::EntryRestricted));
    assert_eq!(verdict(&whole, &said, author, &late), Ok(()));
    Ok(())
}

#[test]
fn what_was_said_last_counts_and_the_author_always_reads() -> Result<(), DocumentError> {
    let these = |all: &[u128]| {
        let workers = all.iter().map(|it| WorkerId(Uuid::from_u128(*it)));
        Some(Readers::These(workers.collect()))
    };
    let mut own = document(own(), &[readers(201, OTHER, 4, &[OTHER]), entry()])?;
    assert_eq!(own.readers(), these(&[AUTHOR, OTHER]));
    // Written earlier, on a tablet that came later.
    own.write(actor(AUTHOR), at(9), &[readers(202, AUTHOR, 3, &[])])?;
    assert_eq!(own.readers(), these(&[AUTHOR, OTHER]));
    own.write(actor(AUTHOR), at(9), &[readers(203, AUTHOR, 5, &[])])?;
    assert_eq!(own.readers(), these(&[AUTHOR]));
    let ended = EntryRestrictionEnded { words: "Alle kan vite det.".into() };
    own.write(actor(AUTHOR), at(9), &[add(204, (AUTHOR, 6), None, ended)])?;
    assert_eq!(own.readers(), Some(Readers::Everyone));
    assert_eq!(Document::new(own.reference()).readers(), None);
    assert_eq!(journal(&[entry()])?.readers(), None);
    Ok(())
}
