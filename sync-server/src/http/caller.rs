//! Where a request comes from, by which wrong tries are counted.

use std::net::{IpAddr, SocketAddr};
use std::sync::Mutex;

use axum::http::HeaderMap;
use kjent_core::time::Timestamp;

use crate::enrolment::Tries;
use crate::fault::Fault;
use crate::service::{CallerAddress, Service, lock};

/// The caller's address.
pub(super) fn address(service: &Service, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    match service.settings.caller_address {
        CallerAddress::Connection => peer.ip(),
        CallerAddress::Forwarded => forwarded(headers).unwrap_or(peer.ip()),
    }
}

/// Runs work that is a try of this caller's, counted first, so that tries at the same time can't slip
/// by; one that turns out not to be wrong is given back.
pub(super) fn limited<T>(
    tries: &Mutex<Tries>,
    (caller, now): (IpAddr, Timestamp),
    is_wrong: fn(&Fault) -> bool,
    work: impl FnOnce() -> Result<T, Fault>,
) -> Result<T, Fault> {
    lock(tries).take(caller, now).map_err(|minutes| Fault::TooManyTries { minutes })?;
    let done = work();
    if !done.as_ref().is_err_and(is_wrong) {
        lock(tries).give_back(caller);
    }
    done
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
