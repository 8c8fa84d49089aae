//! Sync: one exchange with the server, and what the sync line may say after it.
//!
//! `exchange` makes the request from the outbox and takes the answer into the database; `client`
//! carries the two over HTTP. Only `exchange` touches the database, and it never waits for the
//! network: the tablet is free for the worker in between.

mod caller;
mod client;
mod error;
mod exchange;
mod filling;
mod live;
mod progress;
mod rows;
mod runner;
mod status;
mod transport;

pub use caller::Caller;
pub use client::SyncClient;
pub use error::SyncError;
pub(crate) use filling::filling;
pub(crate) use progress::{End, Progress};
pub use runner::{SyncHandle, SyncRunner};
pub(crate) use status::SyncStatus;

use std::sync::{Mutex, MutexGuard, PoisonError};

use kjent_core::sync::tablet::Heal;
use kjent_core::view::ChangeSet;

use crate::{Tablet, TabletError, store};

/// How many requests one sync may take: a bound for a server that always has more.
const MOST_REQUESTS: usize = 1000;

/// Exchanges with the server until nothing waits and nothing is left to fetch, or it fails. Every
/// answered request is stored before the next is made, so an interrupted sync goes on where it
/// stopped. `changed` hears of each step.
pub async fn sync(
    tablet: &Mutex<Tablet>,
    client: &SyncClient,
    mut changed: impl FnMut(ChangeSet),
) -> Result<(), TabletError> {
    lock(tablet).status.exchanging = true;
    changed(ChangeSet { sync: true, ..ChangeSet::default() });
    let outcome = exchange_all(tablet, client, &mut changed).await;
    {
        let mut tablet = lock(tablet);
        let now = tablet.now();
        tablet.status.exchanging = false;
        match &outcome {
            Ok(()) => tablet.status.succeeded(),
            Err(error) => {
                let problem = error.into();
                tablet.end_if_revoked(&problem)?;
                tablet.status.failed(now, problem);
            }
        }
        tablet.status.end_progress(outcome.is_ok());
        // A failure here costs nothing but the log's length; the next sync tries again.
        let _ = store::tidy_log(&tablet.connection);
    }
    changed(ChangeSet { sync: true, ..ChangeSet::default() });
    outcome
}

async fn exchange_all(
    tablet: &Mutex<Tablet>,
    client: &SyncClient,
    changed: &mut impl FnMut(ChangeSet),
) -> Result<(), TabletError> {
    lock(tablet).begin_progress()?;
    let mut may_heal = Heal::Yes;
    for _ in 0..MOST_REQUESTS {
        let (caller, prepared) = {
            let mut tablet = lock(tablet);
            (tablet.caller(), tablet.prepare_exchange()?)
        };
        let request = &prepared.request;
        let response = client.exchange(&caller, request).await?;
        lock(tablet).status.progressed(request, &response);
        let (done, changes) = lock(tablet).complete_exchange(&prepared, &response, may_heal)?;
        if done.more {
            // A first filling would make the log as long as the database.
            store::tidy_log(&lock(tablet).connection)?;
        }
        changed(changes);
        if done.heals {
            may_heal = Heal::No;
        }
        if !done.more {
            return if done.later == 0 { Ok(()) } else { Err(SyncError::TakesNoMore.into()) };
        }
    }
    Err(SyncError::AnswerUnreadable.into())
}

/// A panic elsewhere must not keep the worker from her work: the database is whole either way.
pub(crate) fn lock(tablet: &Mutex<Tablet>) -> MutexGuard<'_, Tablet> {
    tablet.lock().unwrap_or_else(PoisonError::into_inner)
}
