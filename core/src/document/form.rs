//! The form of a change: what every change that `Document::write` makes has, whatever it writes.
//!
//! Automerge takes changes without it, and then can't save the document whole, or panics on one of
//! the next changes.

use automerge::Change;

use super::Document;
use crate::policy::Refusal;

/// Checks the form of a change whose dependencies are all in the document.
pub(super) fn check(document: &Document, change: &Change) -> Result<(), Refusal> {
    if change.is_empty() {
        return Err(Refusal::ChangeEmpty);
    }
    // Every document begins with its genesis change, so nobody builds on nothing.
    if change.deps().is_empty() {
        return Err(Refusal::MissingDependency);
    }
    let (mut last_op, mut last_own) = (0, 0);
    for hash in change.deps() {
        let Some(meta) = document.inner.get_change_meta_by_hash(hash) else {
            return Err(Refusal::MissingDependency);
        };
        last_op = last_op.max(meta.max_op);
        if meta.actor.as_ref() == change.actor_id() {
            last_own = last_own.max(meta.seq);
        }
    }
    // A writer always builds on what it wrote last. That nobody else has the place in its count,
    // Automerge finds out.
    match change.seq().checked_sub(last_own) {
        None | Some(0) => return Err(Refusal::ActorReused),
        Some(1) => {}
        Some(_) => return Err(Refusal::MissingDependency),
    }
    let is_ours = change.start_op().get() == last_op + 1
        && change.deps().is_sorted_by(|one, next| one < next)
        && change.message().is_none()
        && change.author().is_none()
        && change.extra_bytes().is_empty();
    if is_ours && is_canonical(change) { Ok(()) } else { Err(Refusal::ChangeUnreadable) }
}

/// Whether the bytes are those that the content is written as. A document saved whole keeps the
/// content only: from other bytes it could not be loaded again.
fn is_canonical(change: &Change) -> bool {
    Change::from(change.decode()).raw_bytes() == change.raw_bytes()
}
