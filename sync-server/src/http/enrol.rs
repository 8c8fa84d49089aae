//! `POST /v1/enrol`: a one-time code makes a device known by its key.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::protocol::EnrolRequest;

use super::proof::Proof;
use super::{answer, body, caller};
use crate::enrolment;
use crate::fault::Fault;
use crate::service::Service;

pub(super) async fn enrol(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let caller = caller::address(&service, peer, &headers);
    let bytes = body::read(request).await?;
    let packed = service
        .work(move |service| {
            let request: EnrolRequest = body::unpack(&bytes)?;
            Proof::of(&headers)?.check(service, &request.key, ("POST", "/v1/enrol"), &bytes)?;
            let (clock, entropy) = (&service.settings.clock, &*service.settings.entropy);
            let now = clock.now();
            // Whoever knows a code that has been, isn't guessing.
            let is_wrong = |fault: &Fault| matches!(fault, Fault::CodeUnknown);
            let enrolled = caller::limited(&service.tries, (caller, now), is_wrong, || {
                service
                    .room()
                    .store
                    .write(|records| enrolment::enrol(records, &request, now, entropy))
            })?;
            answer::pack(&enrolled)
        })
        .await?;
    tracing::info!("device enrolled");
    Ok(answer::packed(packed))
}
