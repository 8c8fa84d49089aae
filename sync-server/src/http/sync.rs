//! `POST /v1/sync`: one exchange with an enrolled tablet.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::protocol::{MAX_PARTS, SyncRequest, SyncResponse};
use kjent_core::sync::server;

use super::followed;
use super::proved::proved;
use crate::erase::finish_moves;
use crate::exchange;
use crate::fault::Fault;
use crate::service::{Room, Service};
use crate::store::{Records, TabletRow};

pub(super) async fn sync(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let (session, answer) =
        proved(&service, &headers, request, "/v1/sync", |service, session, message| {
            let request: SyncRequest = message;
            if request.parts() > MAX_PARTS {
                return Err(Fault::TooManyChanges);
            }
            let response = exchange(service, session.tablet, &request)?;
            tracing::info!(exchange = exchange::summary(&response), "synced");
            Ok(response)
        })
        .await?;
    // Afterwards, so that what a worker wrote before losing the account is here all the same.
    followed::still_is(&service, &headers, session.tablet.tablet).await?;
    Ok(answer)
}

/// Runs the exchange as one transaction. What it worked on stays open only once that is on the
/// disk.
fn exchange(
    service: &Service,
    tablet: TabletRow,
    request: &SyncRequest,
) -> Result<SyncResponse, Fault> {
    let (now, page) = (service.settings.clock.now(), service.settings.page);
    let mut room = service.room();
    let Room { store, open, held } = &mut *room;
    let mut work =
        |records: &Records<'_>| server::exchange(records, open, tablet, request, now, page);
    // Without anything to store, other writers need not be kept waiting.
    let done = if server::writes(request) { store.write(&mut work) } else { store.read(&mut work) };
    let done = match done {
        // Who only reads is served without room. How far they have come, and what they have opened,
        // is told again next time.
        Err(error) if error.is_full() && request.push.is_empty() && request.read.is_empty() => {
            let request = SyncRequest { access: Vec::new(), ..request.clone() };
            store.rehearse(|records| server::exchange(records, open, tablet, &request, now, page))
        }
        done => done,
    }?;
    open.keep_all(done.documents);
    held.note(store, tablet, request, &done.response, now)?;
    // What was pushed is stored, and answered, all the same; the next one finishes this.
    if !request.push.is_empty()
        && let Err(error) = finish_moves(store, now)
    {
        tracing::error!(%error, "a restricted entry is still in its journal");
    }
    let numbers = (!request.push.is_empty()).then(|| store.read(|records| records.team_numbers()));
    drop(room);
    match numbers {
        Some(Ok(numbers)) => {
            let read = done.response.teams.iter().map(|news| (news.team, news.through));
            service.listeners.tell(&numbers, tablet.tablet, read);
        }
        // What was pushed is stored all the same; the heartbeat tells of it.
        Some(Err(error)) => tracing::error!(%error, "news not told"),
        None => {}
    }
    Ok(done.response)
}
