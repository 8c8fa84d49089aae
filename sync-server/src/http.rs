//! HTTP: which address is answered by which file, and what holds for all of them.

mod answer;
mod authenticate;
mod body;
mod enrol;
mod healthz;
mod log;
mod sync;

use std::sync::Arc;

use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::fault::Fault;
use crate::service::Service;

/// Every address of the server.
pub(crate) fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/healthz", get(healthz::check))
        .route("/v1/enrol", post(enrol::enrol))
        .route("/v1/sync", post(sync::sync))
        .fallback(async || Fault::NotFound)
        .method_not_allowed_fallback(async || Fault::MethodNotAllowed)
        .layer(middleware::from_fn(log::log))
        .with_state(service)
}
