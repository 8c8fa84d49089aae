//! Judging one change and applying it, so that hostile bytes can do no more than be refused.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{AutomergeError, ChangeHash};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Responsible, RestrictionRow};
use crate::document::{Actor, Beside, Document, DocumentError, Fact};
use crate::fact::{FactBody, FactKind};
use crate::ids::FactId;
use crate::plan::{Client, Part};
use crate::policy::{Act, Refusal, Writer, check_change};
use crate::time::Timestamp;

/// What became of a change.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is in the document now.
    Applied {
        /// What it did.
        acts: Vec<Act>,
    },
    /// It is not allowed, and the document is as it was.
    Refused(Refusal),
    /// It is not allowed, and the document is spoiled: load it anew.
    Spoiled(Refusal),
}

/// The hash by which bytes that are no change are known.
pub fn hash_of_unreadable(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Who made a change, as its bytes say.
pub fn actor(bytes: &[u8]) -> Result<Actor, Refusal> {
    let change = Document::read_change(bytes).map_err(|_| Refusal::ChangeUnreadable)?;
    Actor::of(&change).ok_or(Refusal::NotYourActor)
}

/// When a change was written, and when what it tells of happened if all that it does is tell, as its
/// bytes say.
pub fn times(bytes: &[u8]) -> Option<(Timestamp, Option<Timestamp>)> {
    let change = Document::read_change(bytes).ok()?;
    let written = Timestamp::from_millis(change.timestamp().saturating_mul(1000));
    Some((written, Document::happened(&change)))
}

/// Whether acts wrote in the client's profile, where the responsible workers stand.
pub fn touches_profile(acts: &[Act]) -> bool {
    acts.iter().any(|act| matches!(act, Act::EditPlan { part: Part::Client, .. }))
}

/// Judges a change of this hash by the policy, and applies it when it is allowed.
pub fn apply(
    document: &mut Document,
    bytes: &[u8],
    hash: [u8; 32],
    actor: Actor,
    writer: &Writer,
    beside: Beside<'_>,
) -> Verdict {
    // Automerge 0.12 asserts some things that only an attacker's bytes break; here it only reads.
    let check = || check_change(document, bytes, actor, writer, beside);
    let checked = catch_unwind(AssertUnwindSafe(check));
    let checked = match checked.unwrap_or(Err(Refusal::ChangeUnreadable)) {
        Ok(checked) if checked.change.hash() == ChangeHash(hash) => checked,
        Ok(_) => return Verdict::Refused(Refusal::ChangeUnreadable),
        Err(refusal) => return Verdict::Refused(refusal),
    };
    match document.apply_all(vec![checked.change]) {
        Ok(()) => {}
        Err(DocumentError::MissingDependency) => {
            return Verdict::Spoiled(Refusal::MissingDependency);
        }
        // Asked before anything is written.
        Err(DocumentError::Automerge(AutomergeError::DuplicateSeqNumber(..))) => {
            return Verdict::Refused(Refusal::ActorReused);
        }
        Err(_) => return Verdict::Spoiled(Refusal::ChangeUnreadable),
    }
    if !document.is_readable(&checked.acts) {
        return Verdict::Spoiled(Refusal::PlanUnreadable);
    }
    Verdict::Applied { acts: checked.acts }
}

/// The primary contact and the service lead that a care document names.
pub fn responsible(care: &Document) -> Responsible {
    let profile = care.fields(Part::Client, Uuid::nil());
    profile
        .and_then(|fields| fields.read::<Client>().ok())
        .map_or([None, None], |client| client.tenures())
}

/// The national number that a care document names.
pub fn national_number(care: &Document) -> Option<String> {
    let profile = care.fields(Part::Client, Uuid::nil())?.read::<Client>().ok()?;
    profile.national_number.map(String::from)
}

/// Whether acts said anything about whom the client bars.
pub fn touches_restrictions(acts: &[Act]) -> bool {
    use FactKind::{Restriction, RestrictionEnded};
    acts.iter().any(|act| matches!(act, Act::AddFact { kind: Restriction | RestrictionEnded, .. }))
}

/// The entries that acts said are restricted.
pub fn restricted(acts: &[Act]) -> impl Iterator<Item = FactId> {
    acts.iter().filter_map(|act| match act {
        Act::AddFact { kind: FactKind::EntryRestricted, amends, .. } => amends.map(|it| it.fact),
        _ => None,
    })
}

/// The bars that a care document tells of, in the order of their ids.
pub fn restrictions(care: &Document) -> Vec<RestrictionRow> {
    let (mut rows, mut ended) = (Vec::new(), HashSet::new());
    for fact in care.facts() {
        let sealed = care.fact(fact).and_then(|bytes| Fact::open(&bytes).ok());
        match sealed.and_then(|sealed| sealed.read().ok()) {
            Some(FactBody::Restriction(restriction)) => {
                rows.push(RestrictionRow { fact, restriction, is_ended: false });
            }
            Some(FactBody::RestrictionEnded(it)) => drop(ended.insert(it.restriction)),
            _ => {}
        }
    }
    for row in &mut rows {
        row.is_ended = ended.contains(&row.fact);
    }
    rows
}
