//! Going on past a refusal: what was built on a refused change is written anew without it.
//!
//! The refused change stays in its table, with the reason, and its facts stay in the journal, marked
//! as refused. What waited on top of it, or was refused only because of it, becomes new changes with
//! the same content, and is sent as if the refused one had never been.

use std::collections::HashSet;

use automerge::Change;

use super::{Records, State, Stored};
use crate::document::{Document, DocumentError, DocumentRef, Edit};
use crate::policy::Refusal;

/// Whether a change is this tablet's to send, with or without what it was built on.
fn is_to_send(stored: &Stored) -> bool {
    match &stored.state {
        State::Waiting => true,
        State::OnServer => false,
        State::Refused(code) => code == Refusal::MissingDependency.code(),
    }
}

/// Rebases what is not sent of a document past the changes that were just refused. Returns how many
/// of these stay as they were: what they are built on is on the server as far as this tablet knows,
/// and the server says that it isn't.
pub(super) fn past_refusal<R: Records>(
    records: &mut R,
    reference: DocumentRef,
    refused: &HashSet<[u8; 32]>,
) -> Result<usize, R::Error> {
    let snapshot = records.snapshot(reference)?;
    let mut stored = records.stored(reference)?;
    // As it was until now, to read what the changes wrote; and with what the server has. What was
    // refused earlier is in neither: its place in the actor's count has been taken since.
    let was_there =
        |one: &&Stored| !matches!(one.state, State::Refused(_)) || refused.contains(&one.hash);
    let before = stored.iter().filter(was_there).map(|one| one.bytes.as_slice());
    let before = Document::resume(reference, snapshot.as_deref(), before)?;
    let mut document = Document::resume(reference, snapshot.as_deref(), [])?;
    let mut aside = Vec::new();
    for one in stored.iter_mut().filter(|one| one.state == State::OnServer) {
        let change = Document::read_change(&one.bytes)?;
        if document.follow(change.clone())? {
            continue;
        }
        // A server that was restored from a backup has lost what this was built on, and this.
        if one.made.is_some() {
            one.state = State::Waiting;
        } else {
            aside.push((one.position, change));
        }
    }
    let kept = write_all(records, &before, &mut document, &stored)?;
    for (position, change) in aside {
        // What a colleague built on something that is written anew, she writes anew too.
        if !document.follow(change)? {
            records.remove(position)?;
        }
    }
    records.put_anew(document)?;
    Ok(kept.intersection(refused).count())
}

/// Writes what this tablet has and the server lost anew, onto what the server has. `before` is the
/// document as it was here until now.
pub(super) fn onto<R: Records>(
    records: &mut R,
    before: &Document,
    document: &mut Document,
) -> Result<(), R::Error> {
    let reference = document.reference();
    let stored: Vec<Stored> = records
        .stored(reference)?
        .into_iter()
        .filter(|one| one.made.is_some())
        .filter(|one| Document::read_change(&one.bytes).is_ok_and(|it| !document.holds(&it.hash())))
        .collect();
    write_all(records, before, document, &stored)?;
    Ok(())
}

/// Puts what is to be sent onto a document; returns the hashes of what could stay as it was.
fn write_all<R: Records>(
    records: &mut R,
    before: &Document,
    document: &mut Document,
    stored: &[Stored],
) -> Result<HashSet<[u8; 32]>, R::Error> {
    let mut kept = HashSet::new();
    for old in stored.iter().filter(|stored| is_to_send(stored)) {
        let change = Document::read_change(&old.bytes)?;
        if document.follow(change.clone())? {
            records.wait_again(old.position, None)?;
            kept.insert(old.hash);
            continue;
        }
        write_anew(records, before, document, old, &change)?;
    }
    Ok(kept)
}

/// Writes what a change wrote in `before` anew onto a document, and makes it wait.
pub(super) fn write_anew<R: Records>(
    records: &mut R,
    before: &Document,
    document: &mut Document,
    old: &Stored,
    change: &Change,
) -> Result<(), R::Error> {
    let mut edits = before.edits_of(change).ok_or(DocumentError::NotAChange)?;
    // An earlier copy of it has been accepted after all.
    edits.retain(|edit| match edit {
        Edit::AddFact { id, bytes } => document.fact(*id).as_ref() != Some(bytes),
        Edit::SetField { .. } => true,
    });
    match document.write(records.actor(), old.made.unwrap_or_default(), &edits)? {
        Some(new) => records.wait_again(old.position, Some(&new)),
        // It wrote what stands there anyway.
        None => records.remove(old.position),
    }
}
