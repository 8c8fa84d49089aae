//! The log of requests: a number, the route, the status, how long. Never a body, a header, an
//! address or what stood in the URL.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

static NUMBER: AtomicU64 = AtomicU64::new(1);

pub(super) async fn log(request: Request, next: Next) -> Response {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = path.as_deref().unwrap_or("none");
    let span = tracing::info_span!("request", number, route);
    let started = Instant::now();
    async move {
        let response = next.run(request).await;
        let millis = started.elapsed().as_millis();
        tracing::info!(status = response.status().as_u16(), millis, "answered");
        response
    }
    .instrument(span)
    .await
}
