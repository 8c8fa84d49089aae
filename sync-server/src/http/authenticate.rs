//! Who asks: the tablet behind a bearer token.

use std::sync::Arc;

use axum::http::{HeaderMap, header};

use crate::access;
use crate::enrolment::token_hash;
use crate::fault::Fault;
use crate::service::Service;
use crate::store::TabletRow;

/// The tablet whose token the request carries.
pub(super) async fn authenticate(
    service: &Arc<Service>,
    headers: &HeaderMap,
) -> Result<TabletRow, Fault> {
    let hash = token_hash(bearer(headers).ok_or(Fault::NotAuthenticated)?);
    service
        .work(move |service| {
            let mut room = service.room();
            if let Some(tablet) = room.store.read(|records| records.tablet_by_token(&hash))? {
                return Ok(tablet);
            }
            let now = service.settings.clock.now();
            if let Err(error) = access::note_token_refused(&mut room.store, &hash, now) {
                tracing::error!(%error, "a refused token is not in the access log");
            }
            Err(Fault::NotAuthenticated)
        })
        .await
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
