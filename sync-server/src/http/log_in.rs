//! `POST /v1/log-in`: a worker's account makes a profile on an enrolled device, or renews one.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::protocol::{LogInRequest, LogInResponse};
use kjent_core::time::Timestamp;
use zeroize::Zeroizing;

use super::proof::Proof;
use super::{answer, body, caller};
use crate::account;
use crate::fault::Fault;
use crate::oidc::SignInProblem;
use crate::service::Service;
use crate::store::{DeviceRow, Records};

pub(super) async fn log_in(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let caller = caller::address(&service, peer, &headers);
    let bytes = Zeroizing::new(body::read(request).await?);
    let packed = service
        .work(move |service| {
            if !service.settings.password_log_in {
                return Err(SignInProblem::Closed.into());
            }
            let device = proved(service, &headers, "/v1/log-in", &bytes)?;
            let request: LogInRequest = body::unpack(&bytes)?;
            let now = service.settings.clock.now();
            let is_wrong =
                |fault: &Fault| matches!(fault, Fault::WrongLogIn | Fault::TooManyTries { .. });
            let logged_in =
                caller::limited(&service.log_in_tries, (caller, now), is_wrong, || {
                    judge(service, &request, &device, now)
                })?;
            answer::pack(&logged_in)
        })
        .await?;
    tracing::info!("worker logged in");
    Ok(answer::packed(packed))
}

/// Lets the worker in whose account it is.
fn judge(
    service: &Service,
    request: &LogInRequest,
    device: &DeviceRow,
    now: Timestamp,
) -> Result<LogInResponse, Fault> {
    let number = account::number(request);
    let begin = |records: &Records<'_>| account::begin_log_in(records, number, now);
    let account = service.room().store.write(begin)?;
    // The slow part, while others use the store.
    let kept = account.as_ref().map(|account| account.password.as_str());
    let is_right = service.passwords.is_right(request.password.reveal(), kept);
    let account = account.filter(|_| is_right).ok_or(Fault::WrongLogIn)?;
    let entropy = &*service.settings.entropy;
    service
        .room()
        .store
        .write(|records| account::log_in(records, request, &account, device, now, entropy))
}

/// The device whose key proves a request that carries no token.
pub(super) fn proved(
    service: &Service,
    headers: &HeaderMap,
    path: &str,
    body: &[u8],
) -> Result<DeviceRow, Fault> {
    let proof = Proof::of(headers)?;
    let device = proof.device()?;
    let device = service.room().store.read(|records| records.device(device))?;
    let device = device.ok_or(Fault::NotAuthenticated)?;
    proof.check(service, &device.key, ("POST", path), body)?;
    if device.revoked { Err(Fault::TabletRevoked) } else { Ok(device) }
}
