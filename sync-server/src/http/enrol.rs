//! `POST /v1/enrol`: a one-time code becomes a tablet's token.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::protocol::EnrolRequest;

use super::{answer, body};
use crate::enrolment;
use crate::fault::Fault;
use crate::service::{CallerAddress, Service, lock};

pub(super) async fn enrol(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let caller = match service.settings.caller_address {
        CallerAddress::Connection => peer.ip(),
        CallerAddress::Forwarded => forwarded(&headers).unwrap_or(peer.ip()),
    };
    let bytes = body::read(request).await?;
    let packed = service
        .work(move |service| {
            let request: EnrolRequest = body::unpack(&bytes)?;
            let (clock, entropy) = (&service.settings.clock, &*service.settings.entropy);
            let now = clock.now();
            lock(&service.tries)
                .take(caller, now)
                .map_err(|minutes| Fault::TooManyTries { minutes })?;
            let result = service
                .room()
                .store
                .write(|records| enrolment::enrol(records, &request.code, now, entropy));
            // Whoever knows a code that has been, isn't guessing.
            if !matches!(result, Err(Fault::CodeUnknown)) {
                lock(&service.tries).give_back(caller);
            }
            answer::pack(&result?)
        })
        .await?;
    tracing::info!("tablet enrolled");
    Ok(answer::packed(packed))
}

/// The address that the proxy in front wrote down: the last one, for callers can write the others.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_proxy_wrote_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(forwarded(&headers), None);
        for value in ["1.1.1.1", "2.2.2.2, 3.3.3.3"] {
            headers.append("x-forwarded-for", axum::http::HeaderValue::from_static(value));
        }
        assert_eq!(forwarded(&headers), Some([3, 3, 3, 3].into()));
    }
}
