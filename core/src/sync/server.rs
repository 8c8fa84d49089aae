//! The server's side of an exchange: judge what a tablet pushes, then tell it what is new.
//!
//! Everything happens within the transaction that the caller brings: what is answered is what is
//! stored.

mod access;
pub mod judge;
#[cfg(test)]
mod judge_tests;
mod open;
mod pull;
mod push;
mod receipts;
mod records;
mod review;
mod standing;

pub use access::{Signer, append};
pub use open::{OpenDocuments, load};
pub use records::{
    ClientRow, Damaged, DocumentRow, GrantRow, HeadsRow, InForce, News, NewsFrom, OneAtLeast,
    Quarantined, Records, Responsible, RestrictionRow, StoredChange, StoredSnapshot, TabletRow,
};
pub use standing::teams;

use std::collections::HashSet;

use crate::protocol::{SyncRequest, SyncResponse};
use crate::time::Timestamp;

/// What an exchange left.
pub struct Exchanged {
    /// The answer.
    pub response: SyncResponse,
    /// The documents that were worked on, to keep open once the transaction is on the disk.
    pub documents: OpenDocuments,
}

/// Whether an exchange has anything to store: one that hasn't may run beside others.
pub fn writes(request: &SyncRequest) -> bool {
    let moved = request.cursors.iter().any(|cursor| cursor.filled && cursor.through > 0);
    let told =
        !(request.read.is_empty() && request.reviewed.is_empty() && request.access.is_empty());
    !request.push.is_empty() || !request.want.is_empty() || told || moved
}

/// Runs an exchange with an authenticated tablet. `page` is how many bytes of changes and documents
/// an answer holds at most.
pub fn exchange<R: Records>(
    records: &R,
    open: &mut OpenDocuments,
    tablet: TabletRow,
    request: &SyncRequest,
    now: Timestamp,
    page: usize,
) -> Result<Exchanged, R::Error> {
    let pushed = push::run(records, open, tablet, request, now)?;
    let mut documents = pushed.documents;
    let teams = teams(records, tablet.worker, now)?;
    receipts::store(records, tablet, &teams, request, now)?;
    review::store(records, tablet, &teams, request, now)?;
    access::note_refused(records, tablet, request, &pushed.outcomes, now)?;
    let access = access::take(records, tablet, request, now)?;
    let sent: HashSet<[u8; 32]> = pushed.hashes.into_iter().collect();
    let mut reading = pull::Pull { records, tablet, teams: &teams, now, left: page, sent: &sent };
    let news = reading.news(&request.cursors)?;
    let (wanted, absent) = reading.wanted(&request.want, open, &mut documents)?;
    let (outcomes, lease_days) = (pushed.outcomes, records.lease_days()?);
    let response =
        SyncResponse { now, outcomes, teams: news, documents: wanted, absent, access, lease_days };
    Ok(Exchanged { response, documents })
}
