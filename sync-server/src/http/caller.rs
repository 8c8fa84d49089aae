//! Where a request comes from, by which wrong tries are counted.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

use crate::service::{CallerAddress, Service};

/// The caller's address.
pub(super) fn address(service: &Service, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    match service.settings.caller_address {
        CallerAddress::Connection => peer.ip(),
        CallerAddress::Forwarded => forwarded(headers).unwrap_or(peer.ip()),
    }
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
