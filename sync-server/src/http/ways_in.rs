//! `POST /v1/ways-in`: which ways in there are, asked by an enrolled device before anybody is in.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::protocol::{WaysInRequest, WaysInResponse};

use super::{answer, body, log_in};
use crate::fault::Fault;
use crate::service::Service;

pub(super) async fn ways_in(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let bytes = body::read(request).await?;
    let packed = service
        .work(move |service| {
            log_in::proved(service, &headers, "/v1/ways-in", &bytes)?;
            let WaysInRequest { .. } = body::unpack(&bytes)?;
            let password = service.settings.password_log_in;
            answer::pack(&WaysInResponse { password, provider: service.oidc.is_some() })
        })
        .await?;
    Ok(answer::packed(packed))
}
