//! `POST /v1/break-glass`: a worker lets herself in to a client of another team's, or to one who
//! bars her, for some hours and a reason.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kjent_core::ids::{ClientId, GrantId};
use kjent_core::national_number::NationalNumber;
use kjent_core::oslo;
use kjent_core::policy::{Deed, Right, may};
use kjent_core::protocol::{
    BreakGlassRequest, BreakGlassResponse, GRANT_HOURS, GrantReport, SHORTEST_REASON,
};
use kjent_core::time::Timestamp;

use super::proved::proved;
use crate::access;
use crate::entropy::random;
use crate::fault::Fault;
use crate::service::Service;
use crate::store::{Records, StoreError, TabletRow};

pub(super) async fn break_glass(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let path = "/v1/break-glass";
    let let_in = proved(&service, &headers, request, path, |service, session, message| {
        let request: BreakGlassRequest = message;
        let tablet = session.tablet;
        let now = service.settings.clock.now();
        let grant = GrantId::mint(now, random(&*service.settings.entropy)?);
        let logged = random(&*service.settings.entropy)?;
        let mut room = service.room();
        let response =
            room.store.write(|records| let_in(records, tablet, &request, (grant, logged), now))?;
        drop(room);
        // Who was let in to whom is in the database, and told to the team lead.
        tracing::warn!(%grant, "let in by break-glass");
        Ok(response)
    })
    .await?;
    Ok(let_in.1)
}

fn let_in(
    records: &Records<'_>,
    tablet: TabletRow,
    request: &BreakGlassRequest,
    (grant, logged): (GrantId, [u8; 10]),
    now: Timestamp,
) -> Result<BreakGlassResponse, Fault> {
    let (worker, day) = (tablet.worker, oslo::day(now));
    let right = Right::Do(Deed::BreakGlass);
    let teams = records.teams_of(worker, day)?;
    let mut roles = teams.iter().filter_map(|team| team.role_on(worker, day));
    if !roles.any(|role| may(&right, &role, false)) {
        return Err(Fault::NotForYourRole);
    }
    let reason = request.reason.trim();
    if reason.chars().count() < SHORTEST_REASON {
        return Err(Fault::ReasonTooShort);
    }
    let client = named(records, request.client.trim())?.ok_or(Fault::ClientUnknown)?;
    let until = now.plus_minutes(GRANT_HOURS * 60);
    records.add_grant(&GrantReport {
        grant,
        worker,
        client,
        from: now,
        until,
        reason: reason.to_owned(),
        reviewed: None,
    })?;
    access::note_break_glass(records, tablet, client, reason, now, logged)?;
    Ok(BreakGlassResponse { client, until })
}

/// The client who is named exactly: by national number or by id.
fn named(records: &Records<'_>, text: &str) -> Result<Option<ClientId>, StoreError> {
    if let Ok(id) = text.parse::<ClientId>() {
        return Ok(records.client(id)?.map(|_| id));
    }
    let number: String = text.chars().filter(|one| !one.is_whitespace()).collect();
    match number.parse::<NationalNumber>() {
        Ok(number) => records.client_by_number(&String::from(number)),
        Err(_) => Ok(None),
    }
}
