//! Judging one change and applying it, so that hostile bytes can do no more than be refused.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::ChangeHash;
use kjent_core::document::{Actor, Document, DocumentError};
use kjent_core::ids::WorkerId;
use kjent_core::plan::{Client, Part};
use kjent_core::policy::{Act, Refusal, Writer, check_change};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::bounds;

/// What every chunk of Automerge's begins with.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The type of a chunk that is one uncompressed change.
const CHANGE: u8 = 1;

/// What became of a change.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is in the document now.
    Applied {
        /// Whether it wrote in the client's profile, where the responsible workers stand.
        profile: bool,
    },
    /// It is not allowed, and the document is as it was.
    Refused(Refusal),
    /// It is not allowed, and the document is spoiled: load it anew.
    Spoiled(Refusal),
}

/// The hash of a change from its bytes alone; `None` when they aren't one whole, uncompressed
/// change.
///
/// The checksum is compared because Automerge doesn't when it reads a single change, and one hash
/// must mean one string of bytes. A compressed change could grow without bound while it is read.
pub(crate) fn hash(bytes: &[u8]) -> Option<[u8; 32]> {
    let (magic, rest) = bytes.split_at_checked(MAGIC.len())?;
    let (checksum, chunk) = rest.split_at_checked(4)?;
    let hash: [u8; 32] = Sha256::digest(chunk).into();
    let is_change = magic == MAGIC && chunk.first() == Some(&CHANGE) && *checksum == hash[..4];
    is_change.then_some(hash)
}

/// The hash by which bytes that are no change are known.
pub(crate) fn hash_of_unreadable(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Who made a change, as its bytes say.
pub(crate) fn actor(bytes: &[u8]) -> Result<Actor, Refusal> {
    if !bounds::is_bounded(bytes.get(8..).unwrap_or_default()) {
        return Err(Refusal::ChangeUnreadable);
    }
    let change = Document::read_change(bytes).map_err(|_| Refusal::ChangeUnreadable)?;
    Actor::of(&change).ok_or(Refusal::NotYourActor)
}

/// Judges a change of this hash by the policy, and applies it when it is allowed.
pub(crate) fn apply(
    document: &mut Document,
    bytes: &[u8],
    hash: [u8; 32],
    actor: Actor,
    writer: &Writer,
) -> Verdict {
    // Automerge 0.12 asserts some things that only an attacker's bytes break. Such a panic spoils
    // the document, and no more.
    catch_unwind(AssertUnwindSafe(|| try_apply(document, bytes, hash, actor, writer)))
        .unwrap_or(Verdict::Spoiled(Refusal::ChangeUnreadable))
}

fn try_apply(
    document: &mut Document,
    bytes: &[u8],
    hash: [u8; 32],
    actor: Actor,
    writer: &Writer,
) -> Verdict {
    // Asked before anything iterates over the change. `hash` found magic and checksum there.
    if !bounds::is_bounded(bytes.get(8..).unwrap_or_default()) {
        return Verdict::Refused(Refusal::ChangeUnreadable);
    }
    let checked = match check_change(document, bytes, actor, writer) {
        Ok(checked) if checked.change.hash() == ChangeHash(hash) => checked,
        Ok(_) => return Verdict::Refused(Refusal::ChangeUnreadable),
        Err(refusal) => return Verdict::Refused(refusal),
    };
    match document.apply_all(vec![checked.change]) {
        Ok(()) => {}
        Err(DocumentError::MissingDependency) => {
            return Verdict::Spoiled(Refusal::MissingDependency);
        }
        Err(_) => return Verdict::Spoiled(Refusal::ChangeUnreadable),
    }
    if !document.is_readable(&checked.acts) {
        return Verdict::Spoiled(Refusal::PlanUnreadable);
    }
    let is_profile = |act: &Act| matches!(act, Act::EditPlan { part: Part::Client, .. });
    Verdict::Applied { profile: checked.acts.iter().any(is_profile) }
}

/// The primary contact and the service lead that a care document names.
pub(crate) fn responsible(care: &Document) -> [Option<WorkerId>; 2] {
    let profile = care.fields(Part::Client, Uuid::nil());
    match profile.and_then(|fields| fields.read::<Client>().ok()) {
        Some(client) => [client.primary_contact, client.service_lead],
        None => [None, None],
    }
}
