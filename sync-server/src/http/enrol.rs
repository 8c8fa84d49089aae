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
use crate::service::{Service, lock};

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
            lock(&service.tries)
                .take(caller, now)
                .map_err(|minutes| Fault::TooManyTries { minutes })?;
            let result = service
                .room()
                .store
                .write(|records| enrolment::enrol(records, &request, now, entropy));
            // Whoever knows a code that has been, isn't guessing.
            if !matches!(result, Err(Fault::CodeUnknown)) {
                lock(&service.tries).give_back(caller);
            }
            answer::pack(&result?)
        })
        .await?;
    tracing::info!("device enrolled");
    Ok(answer::packed(packed))
}
