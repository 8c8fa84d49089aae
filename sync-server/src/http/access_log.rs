//! `POST /v1/access-log`: who has opened a client's record, to the lead and nurses of the client's
//! team.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::protocol::AccessLogRequest;

use super::{answer, authenticate, body};
use crate::access;
use crate::entropy::random;
use crate::fault::Fault;
use crate::service::Service;
use crate::store::StoreError;

pub(super) async fn access_log(
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
            let tablet = claimed.prove(service, ("POST", "/v1/access-log"), &bytes)?.tablet;
            let request: AccessLogRequest = body::unpack(&bytes)?;
            let now = service.settings.clock.now();
            let random = random(&*service.settings.entropy)?;
            let told = service.room().store.write::<_, StoreError>(|records| {
                access::ask(records, tablet, request.client, now, random)
            })?;
            answer::pack(&told.ok_or(Fault::AccessLogRole)?)
        })
        .await?;
    Ok(answer::packed(packed))
}
