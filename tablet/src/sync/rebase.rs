//! Going on past a refusal: what was built on a refused change is written anew without it.
//!
//! The refused change stays in its table, with the reason, and its facts stay in the journal, marked
//! as refused. What waited on top of it, or was refused only because of it, becomes new changes with
//! the same content, and is sent as if the refused one had never been.

use std::collections::HashSet;

use automerge::Change;
use kjent_core::document::{Document, DocumentError, DocumentRef};
use kjent_core::policy::Refusal;
use kjent_core::problem::Problem;
use kjent_core::time::Timestamp;
use rusqlite::{Row, params};

use crate::TabletError;
use crate::transact::Writing;

/// A stored change of one document.
struct Stored {
    position: i64,
    hash: [u8; 32],
    bytes: Vec<u8>,
    state: i64,
    refusal: Option<String>,
    made: Timestamp,
}

impl Stored {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            position: row.get(0)?,
            hash: row.get(1)?,
            bytes: row.get(2)?,
            state: row.get(3)?,
            refusal: row.get(4)?,
            made: Timestamp::from_millis(row.get::<_, Option<i64>>(5)?.unwrap_or_default()),
        })
    }

    /// Whether it is this tablet's to send, with or without what it was built on.
    fn is_to_send(&self) -> bool {
        let only_for_another = || {
            let reason = self.refusal.as_deref().and_then(|text| serde_json::from_str(text).ok());
            reason.is_some_and(|Problem { code, .. }| code == Refusal::MissingDependency.code())
        };
        self.state == 0 || self.state == 2 && only_for_another()
    }
}

/// Rebases what is not sent of a document past the changes that were just refused.
pub(super) fn rebase(
    writing: &mut Writing<'_>,
    reference: DocumentRef,
    refused: &HashSet<[u8; 32]>,
) -> Result<(), TabletError> {
    let stored = writing
        .tx
        .prepare_cached(include_str!("select_changes.sql"))?
        .query_map([reference.id().bytes()], Stored::read)?
        .collect::<Result<Vec<_>, _>>()?;
    // As it was until now, to read what the changes wrote; and with what the server has. What was
    // refused earlier is in neither: its place in the actor's count has been taken since.
    let before = stored.iter().filter(|one| one.state != 2 || refused.contains(&one.hash));
    let before = Document::load(reference, before.map(|change| change.bytes.as_slice()))?;
    let accepted = stored.iter().filter(|change| change.state == 1);
    let mut document = Document::load(reference, accepted.map(|change| change.bytes.as_slice()))?;
    for old in stored.iter().filter(|change| change.is_to_send()) {
        let change = Document::read_change(&old.bytes)?;
        if document.holds_all(change.deps()) {
            document.apply_all(vec![change])?;
            replace(writing, old, None)?;
        } else {
            write_anew(writing, &before, &mut document, old, &change)?;
        }
    }
    writing.put_back(document)
}

fn write_anew(
    writing: &Writing<'_>,
    before: &Document,
    document: &mut Document,
    old: &Stored,
    change: &Change,
) -> Result<(), TabletError> {
    let edits = before.edits_of(change).ok_or(DocumentError::NotAChange)?;
    match document.write(writing.identity.actor(), old.made, &edits)? {
        Some(new) => replace(writing, old, Some((new.hash.0, new.bytes))),
        // It wrote what stands there anyway.
        None => {
            writing.tx.execute("DELETE FROM change WHERE position = ?1", [old.position])?;
            Ok(())
        }
    }
}

/// Makes a stored change wait again, with other bytes when there are any.
fn replace(
    writing: &Writing<'_>,
    old: &Stored,
    new: Option<([u8; 32], Vec<u8>)>,
) -> Result<(), TabletError> {
    let (hash, bytes) = new.map_or((None, None), |(hash, bytes)| (Some(hash), Some(bytes)));
    writing.tx.prepare_cached(include_str!("replace_change.sql"))?.execute(params![
        old.position,
        hash,
        bytes
    ])?;
    Ok(())
}
