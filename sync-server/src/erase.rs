//! Erasing by decision: a fact or a field's past value, out of the log, the quarantine and the file.
//!
//! All of it is one transaction, beside a server that goes on serving.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::ChangeHash;
use kjent_core::access::AccessAct;
use kjent_core::access::chain::AccessEntry;
use kjent_core::document::{
    Document, DocumentKind, DocumentRef, Erasable, EraseError, Fact, FieldWriting, Ground,
    Tombstone, Traces, WritingState,
};
use kjent_core::fact::FactBody;
use kjent_core::ids::{ClientId, DocumentId, FactId, VisitId};
use kjent_core::plan::Part;
use kjent_core::sync::server::{append, load};
use kjent_core::time::Timestamp;
use uuid::Uuid;

use crate::project;
use crate::store::{ErasureRow, Records, Store, StoreError};

/// What somebody decided to erase, as they can name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A fact.
    Fact(FactId),
    /// A past value of a plan's field.
    Field {
        /// Of which object's which field.
        field: FieldName,
        /// Which of its values: the change that wrote it. Not needed when there is one only.
        written_by: Option<ChangeHash>,
    },
}

/// A plan's field, as `goals/0190…/title`; the client's profile is named by the client, as
/// `client/0190…/phone`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName {
    part: Part,
    id: Uuid,
    field: String,
}

/// A decision to erase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What.
    pub target: Target,
    /// On what legal ground.
    pub ground: Ground,
    /// The employee number of who decided.
    pub decided_by: String,
}

/// What an erasure did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// In which document.
    pub document: DocumentId,
    /// The document's generation since.
    pub generation: u32,
    /// How many changes were written anew.
    pub rewritten: usize,
    /// How many refused changes were wiped.
    pub wiped: usize,
    /// Facts that say that they correct the erased one. They stand, and may quote it.
    pub corrections: Vec<FactId>,
}

/// Why nothing was erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseByDecisionError {
    /// Nobody has the employee number.
    #[error("there is no worker with that employee number")]
    NoSuchWorker,
    /// The field has held several values.
    #[error("the field has held several values; say which")]
    WhichOne(Vec<FieldWriting>),
    /// It can't be erased.
    #[error(transparent)]
    Erase(#[from] EraseError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A text that names no field.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a field is named as goals/ID/title, one of the profile as client/ID OF THE CLIENT/phone")]
pub struct NotAField;

impl std::str::FromStr for FieldName {
    type Err = NotAField;

    fn from_str(text: &str) -> Result<Self, NotAField> {
        let mut names = text.splitn(3, '/');
        let mut next = || names.next().filter(|name| !name.is_empty()).ok_or(NotAField);
        let part = next()?;
        let mut parts = Part::CARE.into_iter().chain(Part::JOURNAL);
        let part = parts.find(|one| one.key() == part).ok_or(NotAField)?;
        let id = next()?.parse().map_err(|_| NotAField)?;
        Ok(Self { part, id, field: next()?.to_owned() })
    }
}

impl FieldName {
    /// The object's id in its document.
    fn object(&self) -> Uuid {
        if self.part == Part::Client { Uuid::nil() } else { self.id }
    }
}

/// Erases by decision. `Store::sweep` then gets what was erased out of the file.
pub fn erase(
    store: &mut Store,
    decision: &Decision,
    now: Timestamp,
) -> Result<Erasure, EraseByDecisionError> {
    store.write(|records| erase_from(records, decision, now))
}

fn erase_from(
    records: &Records<'_>,
    decision: &Decision,
    now: Timestamp,
) -> Result<Erasure, EraseByDecisionError> {
    let decided_by = records.worker_by_number(decision.decided_by.trim())?;
    let decided_by = decided_by.ok_or(EraseByDecisionError::NoSuchWorker)?;
    for reference in places(records, &decision.target)? {
        let document = load(records, reference)?;
        let what = erasable(&document, &decision.target)?;
        let visit = reported_visit(&document, &decision.target);
        let tombstone = Tombstone { at: now, ground: decision.ground.clone(), visit };
        let erased = match what.map(|what| document.erase(&what, &tombstone)) {
            None | Some(Err(EraseError::NotThere)) => continue,
            Some(erased) => erased?,
        };
        let id = reference.id();
        let row = records.document(id)?.ok_or(StoreError::Damaged("a document"))?;
        let generation = row.generation + 1;
        records.replace_changes(&erased, generation)?;
        if reference.kind == DocumentKind::Care {
            project::whole(records, &erased.document, now)?;
        }
        let wiped = wipe_quarantine(records, id, &erased.traces)?;
        records.add_erasure(&ErasureRow {
            document: id,
            generation,
            team: row.team,
            at: now,
            ground: &decision.ground,
            decided_by,
        })?;
        let number = records.access_head()?.number;
        let (act, client) = (AccessAct::Erased, Some(reference.client));
        let entry = AccessEntry::of_office(act, client, number, now);
        append(records, AccessEntry { worker: Some(decided_by), ..entry })?;
        let rewritten = erased.renamed.len();
        let corrections = corrections(&erased.document, &decision.target);
        return Ok(Erasure { document: id, generation, rewritten, wiped, corrections });
    }
    Err(EraseError::NotThere.into())
}

/// The planned visit that the target reports on.
fn reported_visit(document: &Document, target: &Target) -> Option<VisitId> {
    let Target::Fact(id) = target else { return None };
    let fact = document.fact(*id).and_then(|bytes| Fact::open(&bytes).ok())?;
    match fact.read() {
        Ok(FactBody::VisitReport(report)) => report.visit,
        _ => None,
    }
}

fn corrections(document: &Document, target: &Target) -> Vec<FactId> {
    let Target::Fact(erased) = target else { return Vec::new() };
    let corrects = |id: &FactId| {
        let fact = document.fact(*id).and_then(|bytes| Fact::open(&bytes).ok());
        fact.is_some_and(|fact| fact.amends == Some(*erased))
    };
    document.facts().into_iter().filter(corrects).collect()
}

/// The documents in which the target may be.
fn places(records: &Records<'_>, target: &Target) -> Result<Vec<DocumentRef>, StoreError> {
    match target {
        Target::Fact(id) => records.documents_with(&id.to_string()),
        Target::Field { written_by: Some(hash), .. } => records.documents_of_change(&hash.0),
        Target::Field { field, .. } if field.part == Part::Client => {
            Ok(vec![DocumentRef::care(ClientId(field.id))])
        }
        Target::Field { field, .. } => records.documents_with(&field.id.to_string()),
    }
}

/// The target as it is named in this document; `None` when it isn't there.
fn erasable(
    document: &Document,
    target: &Target,
) -> Result<Option<Erasable>, EraseByDecisionError> {
    let (name, written_by) = match target {
        Target::Fact(id) => return Ok(Some(Erasable::Fact(*id))),
        Target::Field { field, written_by } => (field, written_by),
    };
    if name.part == Part::Client && document.reference().client.0 != name.id {
        return Ok(None);
    }
    let value = |written_by| Erasable::FieldValue {
        part: name.part,
        object: name.object(),
        field: name.field.clone(),
        written_by,
    };
    if let Some(hash) = written_by {
        return Ok(Some(value(*hash)));
    }
    let all = document.past_of(name.part, name.object(), &name.field);
    let past = all.iter().filter(|one| one.state == WritingState::Past);
    match past.collect::<Vec<_>>().as_slice() {
        [] => match all.last() {
            None => Ok(None),
            // It stands or is erased: `Document::erase` says which.
            Some(last) => Ok(Some(value(last.change))),
        },
        [only] => Ok(Some(value(only.change))),
        _ => Err(EraseByDecisionError::WhichOne(all)),
    }
}

/// Wipes what was erased from the refused changes of the same document; tells from how many.
fn wipe_quarantine(
    records: &Records<'_>,
    document: DocumentId,
    traces: &Traces,
) -> Result<usize, StoreError> {
    let mut wiped = 0;
    for refused in records.quarantined_of(document)? {
        let is_in_bytes = || traces.are_in(&refused.bytes).then(Vec::new);
        let left = match Document::read_change(&refused.bytes) {
            // A stranger's change can be one that Automerge panics over.
            Ok(change) => catch_unwind(AssertUnwindSafe(|| traces.wiped_from(&change)))
                .unwrap_or_else(|_| is_in_bytes()),
            Err(_) => is_in_bytes(),
        };
        if let Some(bytes) = left {
            records.overwrite_quarantined(refused.row, &bytes)?;
            wiped += 1;
        }
    }
    Ok(wiped)
}
