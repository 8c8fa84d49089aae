//! One exchange with a tablet: judge what it pushes, then tell it what is new.
//!
//! Everything happens within the transaction that the caller brings: what is answered is what is
//! stored.

mod bounds;
pub(crate) mod judge;
mod open;
mod pull;
mod push;

use std::collections::BTreeMap;

use kjent_core::oslo;
use kjent_core::protocol::{Outcome, SyncRequest, SyncResponse};
use kjent_core::time::Timestamp;

pub(crate) use open::OpenDocuments;

use crate::store::{Records, StoreError, TabletRow};

/// What an exchange left.
pub(crate) struct Exchanged {
    /// The answer.
    pub(crate) response: SyncResponse,
    /// The documents that were worked on, to keep open once the transaction is on the disk.
    pub(crate) documents: OpenDocuments,
}

/// Runs an exchange with an authenticated tablet.
pub(crate) fn run(
    records: &Records<'_>,
    open: &mut OpenDocuments,
    tablet: TabletRow,
    request: &SyncRequest,
    now: Timestamp,
    page: usize,
) -> Result<Exchanged, StoreError> {
    let pushed = push::run(records, open, tablet, &request.push, now)?;
    let day = oslo::day(now);
    let teams = pull::run(records, tablet, &request.cursors, day, page)?;
    let response = SyncResponse { now, outcomes: pushed.outcomes, teams };
    Ok(Exchanged { response, documents: pushed.documents })
}

/// What an exchange was, for the log: counts and codes, nothing of what was written.
pub(crate) fn summary(response: &SyncResponse) -> String {
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in &response.outcomes {
        if let Outcome::Refused(refusal) = &outcome.outcome {
            *refused.entry(refusal.code()).or_default() += 1;
        }
    }
    let accepted = response.outcomes.len() - refused.values().sum::<usize>();
    let sent: usize = response.teams.iter().map(|team| team.changes.len()).sum();
    format!("accepted {accepted}, refused {refused:?}, sent {sent}")
}
