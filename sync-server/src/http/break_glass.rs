//! `POST /v1/break-glass`: a worker lets herself in to a client of another team's, or to one who
//! bars her, for some hours and a reason.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::Datelike;
use kjent_core::access::chain::id_of_refused;
use kjent_core::ids::{AccessId, ClientId, GrantId};
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
use crate::guesses::Guesses;
use crate::service::Service;
use crate::store::{Records, SessionRow, StoreError, TabletRow};

pub(super) async fn break_glass(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    request: Body,
) -> Result<Response, Fault> {
    let path = "/v1/break-glass";
    let let_in = proved(&service, &headers, request, path, |service, session, message| {
        let request: BreakGlassRequest = message;
        let now = service.settings.clock.now();
        let grant = GrantId::mint(now, random(&*service.settings.entropy)?);
        let row = AccessId::mint(now, random(&*service.settings.entropy)?);
        let mut room = service.room();
        let store = &mut room.store;
        let answer = store.write(|records| let_in(records, session, &request, (grant, row), now));
        if let Err(fault) = &answer {
            store.write(|records| refuse(records, session, (&request, fault), row, now))?;
        }
        let response = answer?;
        let listening = session.tablet.tablet;
        let numbers = store.read(|records| records.numbers_for(listening, now))?;
        drop(room);
        // From now on she hears of that team's work.
        service.listeners.update(listening, numbers);
        // Who was let in to whom is in the database, and told to the team lead.
        tracing::warn!(%grant, "let in by break-glass");
        Ok(response)
    })
    .await?;
    Ok(let_in.1)
}

fn let_in(
    records: &Records<'_>,
    session: &SessionRow,
    request: &BreakGlassRequest,
    (grant, row): (GrantId, AccessId),
    now: Timestamp,
) -> Result<BreakGlassResponse, Fault> {
    let (worker, day) = (session.tablet.worker, oslo::day(now));
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
    for guesses in Guesses::of_clients(worker, session.device.device) {
        guesses.may_try(records, now)?;
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
    access::note_break_glass(records, session.tablet, row, (Some(client), reason), now)?;
    Ok(BreakGlassResponse { client, until })
}

/// Writes a refusal down, and counts a client who was named wrong. What was typed as a number is in
/// no log: it may be anybody's.
fn refuse(
    records: &Records<'_>,
    session: &SessionRow,
    (request, fault): (&BreakGlassRequest, &Fault),
    row: AccessId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let TabletRow { tablet, worker } = session.tablet;
    let row = match fault {
        Fault::ClientUnknown => {
            for guesses in Guesses::of_clients(worker, session.device.device) {
                guesses.count(records, now)?;
            }
            row
        }
        // Nobody was looked for: however often, that is one row a day.
        Fault::NotForYourRole | Fault::TooManyTries { .. } => {
            id_of_refused(tablet, b"break-glass", oslo::day(now).num_days_from_ce())
        }
        _ => return Ok(()),
    };
    access::note_break_glass(records, session.tablet, row, (None, request.reason.trim()), now)
}

/// The client who is named exactly: by national number or by id.
fn named(records: &Records<'_>, text: &str) -> Result<Option<ClientId>, StoreError> {
    if let Ok(id) = text.parse::<ClientId>() {
        return Ok(records.client(id)?.map(|_| id));
    }
    match NationalNumber::typed(text) {
        Ok(number) => records.client_by_number(&String::from(number)),
        Err(_) => Ok(None),
    }
}
