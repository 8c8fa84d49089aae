//! `POST /v1/oidc/begin` and `POST /v1/oidc/finish`: a worker signs in at the identity provider, and
//! is let in as by a log-in.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::protocol::{BeginSignInRequest, BeginSignInResponse, FinishSignInRequest};

use super::{answer, body, log_in};
use crate::account;
use crate::fault::Fault;
use crate::oidc::{Begun, Oidc, SignInProblem, SignedIn, follow};
use crate::service::Service;
use crate::store::DeviceRow;

pub(super) async fn begin(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let (device, BeginSignInRequest { .. }) =
        proved(&service, headers, request, "/v1/oidc/begin").await?;
    let (now, entropy) = (service.settings.clock.now(), &*service.settings.entropy);
    let begun = provider(&service)?.begin(device.device, now, entropy).await;
    let Begun { url, state } = begun.inspect_err(tell)?;
    Ok(answer::packed(answer::pack(&BeginSignInResponse { url, state })?))
}

pub(super) async fn finish(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let (device, request): (_, FinishSignInRequest) =
        proved(&service, headers, request, "/v1/oidc/finish").await?;
    let now = service.settings.clock.now();
    let FinishSignInRequest { state, code, profile, .. } = request;
    let signed_in = provider(&service)?.finish(device.device, &state, &code, now).await;
    let SignedIn { name, refresh } = signed_in.inspect_err(tell)?;
    let packed = service
        .work(move |service| {
            let (now, entropy) = (service.settings.clock.now(), &*service.settings.entropy);
            let response = service.room().store.write(|records| {
                let worker = records.worker_by_provider_name(&name)?;
                let worker = worker.ok_or(SignInProblem::NotAWorker)?;
                let response = account::enter(records, worker, profile, &device, now, entropy)?;
                if let Some(refresh) = refresh
                    && let Some(sealed) = follow::seal(&refresh, &response.token, entropy)?
                {
                    records.follow_account(response.tablet, &sealed, now)?;
                }
                Ok::<_, Fault>(response)
            })?;
            answer::pack(&response)
        })
        .await?;
    tracing::info!("worker signed in");
    Ok(answer::packed(packed))
}

/// The device whose key proves a request, and what it asks.
async fn proved<T: body::Message + Send + 'static>(
    service: &Arc<Service>,
    headers: HeaderMap,
    request: Body,
    path: &'static str,
) -> Result<(DeviceRow, T), Fault> {
    let bytes = body::read(request).await?;
    service
        .work(move |service| {
            let device = log_in::proved(service, &headers, path, &bytes)?;
            Ok((device, body::unpack(&bytes)?))
        })
        .await
}

fn provider(service: &Service) -> Result<&Oidc, Fault> {
    service.oidc.as_ref().ok_or(Fault::SignIn(SignInProblem::Closed))
}

/// Tells the office's log why a sign-in failed where the worker can't do anything about it.
fn tell(problem: &SignInProblem) {
    if let SignInProblem::NotConfirmed(_) | SignInProblem::ProviderUnreachable(_) = problem {
        tracing::warn!(%problem, "sign-in failed");
    }
}
