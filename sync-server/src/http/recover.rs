//! `POST /v1/recover`: opens the sealed copy of a database key for the worker who is locked out of it.
//!
//! The token is one that a log-in gave to this profile, on this device (`account::log_in`), so it is
//! the same worker's. What was sealed for another profile doesn't open under this one's name.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::access::AccessAct;
use kjent_core::protocol::{RecoverRequest, RecoverResponse};
use kjent_core::recovery;
use serde_bytes::ByteArray;

use super::proved::proved;
use crate::access;
use crate::enrolment::recovery_secret;
use crate::entropy::random;
use crate::fault::Fault;
use crate::service::Service;

pub(super) async fn recover(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let path = "/v1/recover";
    let (session, answer) =
        proved(&service, &headers, request, path, |service, session, message| {
            let request: RecoverRequest = message;
            let tablet = session.tablet.tablet;
            if request.profile != tablet {
                return Err(Fault::ProfileNotYours);
            }
            let (now, random) = (service.settings.clock.now(), random(&*service.settings.entropy)?);
            let mut room = service.room();
            let secret = room.store.read(recovery_secret)?.ok_or(Fault::NotSealed)?;
            let key =
                recovery::unseal(&secret, tablet, &request.sealed).map_err(|_| Fault::NotSealed)?;
            // No key goes out that the log doesn't know of.
            room.store.write(|records| {
                access::note(records, session.tablet, AccessAct::KeyRecovered, now, random)
            })?;
            drop(room);
            Ok(RecoverResponse { key: ByteArray::new(*key) })
        })
        .await?;
    tracing::info!(tablet = %session.tablet.tablet, "a profile's key was recovered");
    Ok(answer)
}
