//! `POST /v1/hand-in`: a worker gives the tablet back, and their profile on it ends.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::access::AccessAct;
use kjent_core::protocol::{HandInRequest, HandInResponse};

use super::proved::proved;
use crate::access;
use crate::entropy::random;
use crate::fault::Fault;
use crate::service::Service;

pub(super) async fn hand_in(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let path = "/v1/hand-in";
    let ended = proved(&service, &headers, request, path, |service, session, message| {
        let HandInRequest { .. } = message;
        let now = service.settings.clock.now();
        let random = random(&*service.settings.entropy)?;
        let mut room = service.room();
        room.held.forget(session.tablet.tablet);
        let device_ended = room.store.write(|records| {
            let device_ended = records.hand_in(session, now)?;
            access::note(records, session.tablet, AccessAct::HandedIn, now, random)?;
            records.let_go_of(session.tablet.tablet, None, now)?;
            if device_ended {
                records.set_device_revoked(session.device.device, Some(now))?;
            }
            Ok::<_, Fault>(device_ended)
        })?;
        drop(room);
        service.listeners.update(session.tablet.tablet, None);
        Ok(HandInResponse { now, device_ended })
    })
    .await?;
    tracing::info!("tablet handed in");
    Ok(ended.1)
}
