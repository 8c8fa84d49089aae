//! Documents that have lost something to damage: nothing is written in them until the server has
//! sent it again, and then the worker's own work in them takes its place.

use kjent_core::document::{Actor, Document, DocumentRef};
use kjent_core::ids::TeamId;
use kjent_core::time::Timestamp;
use rusqlite::{Connection, params};

use crate::TabletError;

/// Own work without a place in its document.
struct Apart {
    hash: [u8; 32],
    bytes: Vec<u8>,
    made: Timestamp,
}

/// What becomes of own work that was without a place.
enum Place {
    /// The server has it.
    OnServer,
    /// What it builds on is here.
    AsItWas,
    /// What it was built on is nowhere: it was written anew.
    Anew([u8; 32], Vec<u8>),
}

/// A tablet's changes are numbered in each document, and a number must never be used twice: who has
/// lost some of them must not write more.
pub(crate) fn refuse_gap(
    tx: &Connection,
    reference: DocumentRef,
    team: TeamId,
) -> Result<(), TabletError> {
    let is_gap: bool = tx
        .prepare_cached(include_str!("is_gap.sql"))?
        .query_row(params![reference.id().bytes(), team.bytes()], |row| row.get(0))?;
    if is_gap { Err(TabletError::BeingRepaired) } else { Ok(()) }
}

/// The document is as the server has it, and what waits beside.
pub(crate) fn close_gap(tx: &Connection, reference: DocumentRef) -> Result<(), TabletError> {
    tx.prepare_cached("DELETE FROM gap WHERE document = ?1")?.execute([reference.id().bytes()])?;
    Ok(())
}

/// Closes what gaps are left once tablet and server have the same: the server never had those
/// documents.
pub(crate) fn close_gaps(tx: &Connection) -> Result<(), TabletError> {
    tx.prepare_cached("DELETE FROM gap")?.execute([])?;
    Ok(())
}

/// Gives own work that is only in its second table its place in a document that the server has
/// filled.
pub(crate) fn put_back_own(
    tx: &Connection,
    actor: Actor,
    document: &mut Document,
) -> Result<(), TabletError> {
    let reference = document.reference();
    let mut query = tx.prepare_cached(include_str!("select_apart.sql"))?;
    let apart = query
        .query_map([reference.id().bytes()], |row| {
            let made = Timestamp::from_millis(row.get(2)?);
            Ok(Apart { hash: row.get(0)?, bytes: row.get(1)?, made })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    // In the order in which it was written, so each after what it builds on.
    for own in apart {
        let Some(place) = find_place(actor, document, &own)? else { continue };
        let (hash, bytes, state) = match &place {
            Place::OnServer => (&own.hash, &own.bytes, 1),
            Place::AsItWas => (&own.hash, &own.bytes, 0),
            Place::Anew(hash, bytes) => (hash, bytes, 0),
        };
        let id = reference.id();
        tx.prepare_cached(include_str!("put_back.sql"))?.execute(params![
            id.bytes(),
            own.hash,
            hash,
            bytes,
            state
        ])?;
        if !matches!(place, Place::AsItWas) {
            tx.prepare_cached("DELETE FROM own_copy WHERE document = ?1 AND hash = ?2")?
                .execute(params![id.bytes(), own.hash])?;
        }
    }
    Ok(())
}

/// Applies own work to the document; `None` when that can't take it.
fn find_place(
    actor: Actor,
    document: &mut Document,
    own: &Apart,
) -> Result<Option<Place>, TabletError> {
    let change = Document::read_change(&own.bytes)?;
    if document.holds(&change.hash()) {
        return Ok(Some(Place::OnServer));
    }
    if document.holds_all(change.deps()) {
        document.apply_all(vec![change])?;
        return Ok(Some(Place::AsItWas));
    }
    let Some(edits) = document.edits_of(&change) else { return Ok(None) };
    // What can't be written stays where it is, and is told as waiting.
    let new = document.write(actor, own.made, &edits).ok().flatten();
    Ok(new.map(|new| Place::Anew(new.hash.0, new.bytes)))
}
