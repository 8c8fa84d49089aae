//! `GET /v1/live`: a stream of server-sent events that tells an enrolled tablet when there is
//! something to fetch.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use tokio::sync::mpsc::Receiver;

use super::{admit, authenticate};
use crate::fault::Fault;
use crate::listeners::Place;
use crate::service::Service;

pub(super) async fn live(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let claimed = authenticate::claimed(&service, &headers).await?;
    let session =
        service.work(move |service| claimed.prove(service, ("GET", "/v1/live"), &[])).await?;
    let tablet = session.tablet.tablet;
    // It listens first and is told the numbers then: nothing falls in between.
    let (place, said) =
        service.listeners.add(tablet).ok_or(Fault::ServerBusy { seconds: admit::AGAIN_AFTER })?;
    let stream = Told { service: Arc::clone(&service), place, said };
    service
        .work(move |service| {
            let now = service.settings.clock.now();
            let numbers = service.room().store.read(|records| records.numbers_for(tablet, now))?;
            let numbers = numbers.ok_or(Fault::TabletRevoked)?;
            service.listeners.update(tablet, Some(numbers));
            Ok(())
        })
        .await?;
    let mut response = Sse::new(stream).into_response();
    // nginx would keep the events until it has a page of them.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// What the tablet is told, until it or the server ends it.
struct Told {
    service: Arc<Service>,
    place: Place,
    said: Receiver<Event>,
}

impl Stream for Told {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.said.poll_recv(context).map(|said| said.map(Ok))
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        self.service.listeners.remove(self.place);
    }
}
