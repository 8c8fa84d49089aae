//! Judging a whole change before it is applied.

use automerge::Change;

use super::{Act, Refusal, Writer, check};
use crate::document::{Actor, Beside, Document, DocumentKind};
use crate::fact::FactKind;
use crate::ids::FactId;

/// A change that was judged, with what it does.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The change, ready to apply.
    pub change: Change,
    /// What it does.
    pub acts: Vec<Act>,
}

/// Whether acts begin an entry's own document: with who reads it, and the entry.
fn begins(entry: FactId, acts: &[Act]) -> bool {
    let adds = |it: &Act| matches!(it, Act::AddFact { fact, .. } if *fact == entry);
    let names = |it: &Act| matches!(it, Act::AddFact { kind: FactKind::EntryReaders, .. });
    acts.iter().any(adds) && acts.iter().any(names)
}

/// Reads and judges a change against the document it would be applied to, which must hold what the
/// change builds on, and what is beside it.
pub fn check_change(
    document: &Document,
    bytes: &[u8],
    actor: Actor,
    writer: &Writer,
    beside: Beside<'_>,
) -> Result<Checked, Refusal> {
    let change = Document::read_change(bytes).map_err(|_| Refusal::ChangeUnreadable)?;
    if Actor::of(&change) != Some(actor) || actor.worker != writer.worker {
        return Err(Refusal::NotYourActor);
    }
    if !document.holds_all(change.deps()) {
        return Err(Refusal::MissingDependency);
    }
    document.check_form(&change)?;
    let acts = document.inspect(&change, beside);
    for act in &acts {
        check(act, writer, document.reference().client)?;
    }
    if let DocumentKind::Restricted(entry) = document.reference().kind
        && document.readers().is_none()
        && !begins(entry, &acts)
    {
        return Err(Refusal::FactInWrongDocument);
    }
    Ok(Checked { change, acts })
}
