//! `POST /v1/sync`: one exchange with an enrolled tablet.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::protocol::{MAX_PARTS, SyncRequest, SyncResponse};
use kjent_core::sync::server;

use super::{answer, authenticate, body};
use crate::exchange;
use crate::fault::Fault;
use crate::service::{Room, Service};
use crate::store::{Records, TabletRow};

pub(super) async fn sync(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let claimed = match authenticate::claimed(&service, &headers).await {
        Ok(claimed) => claimed,
        Err(fault) => {
            body::discard(request).await;
            return Err(fault);
        }
    };
    let bytes = body::read(request).await?;
    let packed = service
        .work(move |service| {
            let tablet = claimed.prove(service, ("POST", "/v1/sync"), &bytes)?.tablet;
            let request: SyncRequest = body::unpack(&bytes)?;
            drop(bytes);
            if request.parts() > MAX_PARTS {
                return Err(Fault::TooManyChanges);
            }
            let response = exchange(service, tablet, &request)?;
            tracing::info!(exchange = exchange::summary(&response), "synced");
            answer::pack(&response)
        })
        .await?;
    Ok(answer::packed(packed))
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
        // Who only reads is served without room. How far they have come is told again next time.
        Err(error) if error.is_full() && request.push.is_empty() && request.read.is_empty() => {
            store.rehearse(&mut work)
        }
        done => done,
    }?;
    open.keep_all(done.documents);
    held.note(store, tablet, request, &done.response, now)?;
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
