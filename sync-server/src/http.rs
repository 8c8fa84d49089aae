//! HTTP: which address is answered by which file, and what holds for all of them.

mod access_log;
mod admit;
mod answer;
mod authenticate;
mod body;
mod break_glass;
mod caller;
mod enrol;
mod followed;
mod hand_in;
mod healthz;
mod live;
mod log;
mod log_in;
mod oidc;
mod proof;
mod proved;
mod recover;
mod sync;
mod ways_in;

use std::sync::Arc;

use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::fault::Fault;
use crate::service::Service;

/// Every address of the server.
pub(crate) fn router(service: Arc<Service>) -> Router {
    let admit = middleware::from_fn_with_state(Arc::clone(&service), admit::admit);
    Router::new()
        .route("/v1/access-log", post(access_log::access_log))
        .route("/v1/break-glass", post(break_glass::break_glass))
        .route("/v1/enrol", post(enrol::enrol))
        .route("/v1/hand-in", post(hand_in::hand_in))
        .route("/v1/live", get(live::live))
        .route("/v1/log-in", post(log_in::log_in))
        .route("/v1/oidc/begin", post(oidc::begin))
        .route("/v1/oidc/finish", post(oidc::finish))
        .route("/v1/recover", post(recover::recover))
        .route("/v1/sync", post(sync::sync))
        .route("/v1/ways-in", post(ways_in::ways_in))
        .route_layer(admit)
        // However busy the server is, whoever watches over it is answered.
        .route("/healthz", get(healthz::check))
        .fallback(async || Fault::NotFound)
        .method_not_allowed_fallback(async || Fault::MethodNotAllowed)
        .layer(middleware::from_fn(log::log))
        .with_state(service)
}
