//! What must hold of any bytes from outside, a function for each decoder that takes some.
//!
//! Each returns, or panics where it has found a fault. `fuzz/` runs them under a fuzzer, and
//! `tests/hostile.rs` with the fuzzer's seeds and mutations of them.

use std::convert::Infallible;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::cbor;
use crate::document::{
    Actor, Document, DocumentError, DocumentRef, Edit, Fact, PackedChange, RawChange, alone,
    packed, written,
};
use crate::ids::{ClientId, TabletId, WorkerId};
use crate::plan::Part;
use crate::policy::Writer;
use crate::protocol::{
    BeginSignInResponse, Bundle, EnrolRequest, EnrolResponse, FinishSignInRequest, HandInResponse,
    LogInRequest, LogInResponse, SyncRequest, SyncResponse, body,
};
use crate::sync::server::judge::{self, Verdict};
use crate::team::Role;
use crate::time::Timestamp;

/// A decoder under attack: its name, and what must hold of any bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All of them. Their names are those of the fuzzer's targets and of the folders of their seeds.
pub const TARGETS: &[Target] = &[
    ("body", body),
    ("change", change),
    ("enrolment", enrolment),
    ("fact", fact),
    ("message", message),
    ("packed", packed_changes),
    ("snapshot", snapshot),
];

/// How large a body may get here: small, so that a fuzzer finds the limit.
const MAX_UNPACKED: usize = 1 << 16;

/// A body as it travels.
pub fn body(bytes: &[u8]) {
    let Ok(request) = body::unpack::<SyncRequest>(bytes, MAX_UNPACKED) else {
        // The same limits hold whatever was expected.
        let _ = body::unpack::<SyncResponse>(bytes, MAX_UNPACKED);
        return;
    };
    let again = body::pack(&request).and_then(|packed| body::unpack(&packed, 2 * MAX_UNPACKED));
    assert_eq!(again, Ok(request));
}

/// A message that was unpacked, of either side.
pub fn message(bytes: &[u8]) {
    assert!(cbor::items(bytes) <= bytes.len());
    reads_what_it_writes::<SyncRequest>(bytes);
    reads_what_it_writes::<SyncResponse>(bytes);
    reads_what_it_writes::<Bundle>(bytes);
}

/// The requests and answers of an enrolment, a log-in, a sign-in and a handing in, plain and as bodies.
pub fn enrolment(bytes: &[u8]) {
    reads_what_it_writes::<EnrolRequest>(bytes);
    reads_what_it_writes::<EnrolResponse>(bytes);
    reads_what_it_writes::<LogInRequest>(bytes);
    reads_what_it_writes::<LogInResponse>(bytes);
    reads_what_it_writes::<HandInResponse>(bytes);
    reads_what_it_writes::<BeginSignInResponse>(bytes);
    reads_what_it_writes::<FinishSignInRequest>(bytes);
    let _ = body::unpack::<EnrolRequest>(bytes, MAX_UNPACKED);
}

fn reads_what_it_writes<T: Serialize + DeserializeOwned + PartialEq + Debug>(bytes: &[u8]) {
    let Ok(value) = cbor::read::<T>(bytes) else { return };
    let again = cbor::write(&value).and_then(|bytes| cbor::read(&bytes));
    assert_eq!(again, Ok(value));
}

/// A fact's bytes.
pub fn fact(bytes: &[u8]) {
    let Ok(fact) = Fact::open(bytes) else { return };
    let again = fact.seal().and_then(|bytes| Fact::open(&bytes));
    assert_eq!(again.as_ref(), Ok(&fact));
    // The body of a known kind, and the document that the fact says it belongs in.
    let _ = fact.read();
    assert_eq!(fact.document().client, fact.client);
}

/// A list of changes as they travel, in CBOR.
pub fn packed_changes(bytes: &[u8]) {
    let Ok(list) = cbor::read::<Vec<PackedChange>>(bytes) else { return };
    let changes = unpacked(&list);
    for change in changes.iter().flatten() {
        assert_eq!(packed::hash(&change.bytes), Some(change.hash.0));
    }
    for change in &list {
        let _ = packed::without_ground(change).map(|change| written(&change.bytes));
    }
    // What could be unpacked is packed and comes out the same.
    let whole: Vec<RawChange> = changes.into_iter().flatten().collect();
    let again = packed::pack(whole.iter().map(|change| change.bytes.as_slice()));
    let again: Vec<RawChange> = unpacked(&again).into_iter().flatten().collect();
    assert_eq!(again, whole);
}

/// Unpacks where every change that is named is known: by its prefix, and zeros.
fn unpacked(list: &[PackedChange]) -> Vec<Option<RawChange>> {
    let known = |prefix: packed::Prefix| {
        let mut hash = [0; 32];
        hash[..prefix.len()].copy_from_slice(&prefix);
        Ok::<_, Infallible>(Some(hash))
    };
    packed::unpack(list, known).map(|change| change.ok().and_then(Result::ok)).collect()
}

/// Who writes in `ground`, and as whom `change` is judged.
pub const ACTOR: Actor =
    Actor { worker: WorkerId(Uuid::from_u128(7)), tablet: TabletId(Uuid::from_u128(9)) };

/// The document that `change` is judged against: a care document with a goal.
pub fn ground() -> Result<Document, DocumentError> {
    let mut document = Document::new(DocumentRef::care(ClientId(Uuid::from_u128(1))));
    let fields = [("title", "Gå ut"), ("expressed_by", "client"), ("status", "active")];
    let edits = fields.map(|(field, value)| goal(field, json!(value)));
    document.write(ACTOR, Timestamp::from_millis(1_795_244_400_000), &edits)?;
    Ok(document)
}

/// An edit of the goal in `ground`.
pub fn goal(field: &str, value: serde_json::Value) -> Edit {
    Edit::SetField { part: Part::Goals, object: Uuid::from_u128(5), field: field.into(), value }
}

/// A change's bytes, under a checksum that is right: read, judged and applied.
pub fn change(bytes: &[u8]) {
    let _ = written(bytes);
    let Some(bytes) = with_checksum(bytes) else { return };
    let _ = written(&bytes);
    let (Some(hash), Ok(mut document)) = (packed::hash(&bytes), ground()) else { return };
    let before = document.heads();
    let writer = Writer { worker: ACTOR.worker, role: Some(Role::TeamLead), responsible: false };
    match judge::apply(&mut document, &bytes, hash, ACTOR, &writer, &alone) {
        Verdict::Applied { .. } => {
            comes_back(&document);
            let changes = document.changes();
            let load = Document::load(
                document.reference(),
                changes.iter().map(|change| change.bytes.as_slice()),
            );
            assert!(load.is_ok_and(|loaded| loaded.heads() == document.heads()));
            assert!(changes.iter().any(|change| change.bytes == bytes));
            assert!(changes.iter().all(|it| packed::hash(&it.bytes) == Some(it.hash.0)));
        }
        Verdict::Refused(_) => assert_eq!(document.heads(), before),
        // The caller loads it anew.
        Verdict::Spoiled(_) => {}
    }
}

/// A document's snapshot, under a checksum that is right.
pub fn snapshot(bytes: &[u8]) {
    let client = ClientId(Uuid::from_u128(1));
    let month = crate::oslo::month(Timestamp::from_millis(1_795_244_400_000));
    let Some(bytes) = with_checksum(bytes) else { return };
    for reference in [DocumentRef::care(client), DocumentRef::journal(client, month)] {
        let Ok(document) = Document::from_snapshot(reference, &bytes) else { continue };
        for part in reference.kind.parts() {
            for object in document.objects(*part) {
                let _ = document.fields(*part, object).map(|fields| fields.is_readable(*part));
            }
        }
        for id in document.facts() {
            let _ = document.fact(id).map(|fact| Fact::open(&fact));
        }
        comes_back(&document);
    }
}

/// A document must come back when it is saved whole.
fn comes_back(document: &Document) {
    let back = Document::from_snapshot(document.reference(), &document.snapshot());
    assert!(back.is_ok_and(|back| back.heads() == document.heads()));
}

/// The same chunk under the checksum that it should have: otherwise nothing gets past it.
fn with_checksum(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = bytes.to_vec();
    let hash = Sha256::digest(bytes.get(8..)?);
    bytes.get_mut(4..8)?.copy_from_slice(&hash[..4]);
    Some(bytes)
}
