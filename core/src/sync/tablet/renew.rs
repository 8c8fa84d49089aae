//! A document of a newer generation: something was erased from it, and what this tablet wrote and
//! has not sent moves onto what is left.

use super::{Records, State, Stored, rebase};
use crate::document::{Document, DocumentError, DocumentRef, Moves, RawChange, Rebased, Traces};
use crate::ids::FactId;

/// A document of the new generation with what this tablet wrote in it.
pub(super) struct Renewed {
    pub document: Document,
    /// The facts that were not in the old generation.
    pub fresh: Vec<FactId>,
}

/// Moves what this tablet wrote in a document from the old generation onto the new one, and wipes
/// what was erased from what was refused.
pub(super) fn onto<R: Records>(
    records: &mut R,
    reference: DocumentRef,
    new: Document,
) -> Result<Renewed, R::Error> {
    let old = records.open(reference)?;
    let fresh = new.facts().into_iter().filter(|fact| !old.holds_fact(*fact)).collect();
    let moves = Moves::between(&old, &new);
    let traces = Traces::between(&old, &new, &moves);
    let mut renewal = Renewal { records, reference, old, new, moves };
    for stored in renewal.records.stored(reference)? {
        let change = Document::read_change(&stored.bytes)?;
        match stored.state {
            State::Refused(_) => wipe(renewal.records, &stored, traces.wiped_from(&change))?,
            _ if stored.made.is_some() => renewal.follow(&stored, &change)?,
            // A colleague's: it comes with the new generation.
            _ => {}
        }
    }
    Ok(Renewed { document: renewal.new, fresh })
}

struct Renewal<'a, R> {
    records: &'a mut R,
    reference: DocumentRef,
    old: Document,
    new: Document,
    moves: Moves,
}

impl<R: Records> Renewal<'_, R> {
    /// Moves one change of this tablet's.
    fn follow(&mut self, stored: &Stored, change: &automerge::Change) -> Result<(), R::Error> {
        match self.moves.rebase(change) {
            Ok(Rebased::There(hash)) => {
                let raw = self.new.change(&hash).ok_or(DocumentError::NotAChange)?;
                self.records.rewrite(stored.position, &raw)?;
                self.records.mark_on_server(self.reference, &raw.hash.0, None)?;
                return Ok(());
            }
            Ok(Rebased::Anew(raw)) => {
                if self.new.follow(Document::read_change(&raw.bytes)?)? {
                    return self.records.wait_again(stored.position, Some(&raw));
                }
            }
            Err(_) => {}
        }
        // A server that was restored from a backup has lost what it was built on, or an earlier copy
        // of it has come there after all.
        rebase::write_anew(self.records, &self.old, &mut self.new, stored, change)
    }
}

/// Writes over a refused change what is left of it. It keeps the hash by which it was refused.
fn wipe<R: Records>(
    records: &mut R,
    stored: &Stored,
    wiped: Option<Vec<u8>>,
) -> Result<(), R::Error> {
    match wiped {
        None => Ok(()),
        Some(bytes) if bytes.is_empty() => records.remove(stored.position),
        Some(bytes) => {
            let hash = automerge::ChangeHash(stored.hash);
            records.rewrite(stored.position, &RawChange { hash, bytes })
        }
    }
}
