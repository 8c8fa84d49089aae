//! Judging a whole change before it is applied.

use automerge::Change;

use super::{Act, Refusal, Writer, check};
use crate::document::{Actor, Beside, Document, DocumentKind};
use crate::fact::FactKind;

/// A change that was judged, with what it does.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The change, ready to apply.
    pub change: Change,
    /// What it does.
    pub acts: Vec<Act>,
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
    // An entry's own document begins with who reads it.
    let names = |act: &Act| matches!(act, Act::AddFact { kind: FactKind::EntryReaders, .. });
    let is_entry = matches!(document.reference().kind, DocumentKind::Restricted(_));
    if is_entry && document.readers().is_none() && !acts.iter().any(names) {
        return Err(Refusal::FactInWrongDocument);
    }
    Ok(Checked { change, acts })
}
