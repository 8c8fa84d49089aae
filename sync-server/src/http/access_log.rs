//! `POST /v1/access-log`: who has opened a client's record, to the lead and nurses of the client's
//! team.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::protocol::AccessLogRequest;

use super::proved::proved;
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
    let path = "/v1/access-log";
    let told = proved(&service, &headers, request, path, |service, session, message| {
        let AccessLogRequest { client, .. } = message;
        let tablet = session.tablet;
        let now = service.settings.clock.now();
        let random = random(&*service.settings.entropy)?;
        let told = service
            .room()
            .store
            .write::<_, StoreError>(|records| access::ask(records, tablet, client, now, random))?;
        told.ok_or(Fault::AccessLogRole)
    })
    .await?;
    Ok(told.1)
}
