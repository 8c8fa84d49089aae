//! What the store keeps beside a document, read from it: what every change of the client's is judged
//! by, how the client is found, and whom a restricted entry is open to.

use kjent_core::document::{Document, DocumentRef};
use kjent_core::ids::{ClientId, WorkerId};
use kjent_core::policy::Act;
use kjent_core::sync::server::{judge, keep_readers, load};
use kjent_core::time::Timestamp;

use crate::store::{Records, StoreError};

/// Keeps what this worker's acts in a document changed of it.
pub(crate) fn acts(
    records: &Records<'_>,
    document: &Document,
    worker: WorkerId,
    acts: &[Act],
    now: Timestamp,
) -> Result<(), StoreError> {
    let reference = document.reference();
    // Asked of care documents alone: no other has a profile or bars.
    if judge::touches_profile(acts) {
        profile(records, document, now)?;
    }
    if judge::touches_restrictions(acts) {
        let restrictions = judge::restrictions(document);
        records.set_restrictions(reference.client, &restrictions, now)?;
    }
    keep_readers(records, document, worker, now)
}

/// Keeps all of it, as after something was erased.
pub(crate) fn whole(
    records: &Records<'_>,
    care: &Document,
    now: Timestamp,
) -> Result<(), StoreError> {
    profile(records, care, now)?;
    records.set_restrictions(care.reference().client, &judge::restrictions(care), now)
}

/// Reads the care documents that a migration left to be read.
pub(crate) fn left_by_migration(records: &Records<'_>) -> Result<(), StoreError> {
    for client in records.unprojected()? {
        one(records, client)?;
    }
    Ok(())
}

fn one(records: &Records<'_>, client: ClientId) -> Result<(), StoreError> {
    let care = load(records, DocumentRef::care(client))?;
    // Before every moment that is asked about: the days are what was said all along.
    whole(records, &care, Timestamp::from_millis(0))?;
    records.is_projected(client)
}

fn profile(records: &Records<'_>, care: &Document, now: Timestamp) -> Result<(), StoreError> {
    let client = care.reference().client;
    records.set_responsible(client, judge::responsible(care), now)?;
    records.set_national_number(client, judge::national_number(care).as_deref())
}
