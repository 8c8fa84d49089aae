//! The door: more requests than the server can take are told when to come again, at once and at
//! next to no cost.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::body;
use crate::fault::Fault;
use crate::service::Service;

/// When those who are turned away may come again. They spread themselves over as long again.
pub(super) const AGAIN_AFTER: u64 = 5;

/// Lets a request in when there is a place, and keeps the place until it is answered. What streams
/// after that has a bound of its own.
pub(super) async fn admit(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    let Ok(_place) = service.places.try_acquire() else {
        body::discard(request.into_body()).await;
        return Fault::ServerBusy { seconds: AGAIN_AFTER }.into_response();
    };
    next.run(request).await
}
