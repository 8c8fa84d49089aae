//! Every address, for somebody whose membership has ended or not begun. The list is the router's
//! own: an address that is new fails here until it has its row.

use anyhow::{Context, Result, bail};
use kjent_core::protocol::{
    AccessLogRequest, BeginSignInRequest, FinishSignInRequest, HandInRequest, PROTOCOL,
    RecoverRequest, SyncResponse, WaysInRequest, body,
};
use kjent_core::team::Role;
use kjent_core::time::Timestamp;
use serde_bytes::ByteBuf;

use super::people::{ENDED, MEMBERS, NOT_BEGUN, OWN, ROLES, from, world};
use crate::world::{Answer, World, client};

/// The addresses in the router's source, in its order.
fn routed() -> Vec<&'static str> {
    let source = include_str!("../../../src/http.rs");
    source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What an answer says: that it is good, or the problem's code.
fn said(answer: &Answer, good: &str) -> Result<String> {
    if answer.status == 200 { Ok(good.to_owned()) } else { Ok(answer.problem()?.1) }
}

/// What a worker gets of an address, as a sentence that is compared.
async fn given(world: &World, address: &str, number: u128) -> Result<String> {
    if address == "/healthz" {
        let answer = world.http.get(world.url(address)).send().await?;
        return Ok(answer.text().await?);
    }
    let tablet = world.enrol(number).await?;
    let profile = tablet.actor.tablet;
    let post =
        async |token: Option<&str>, body: Vec<u8>| tablet.device.post(address, token, body).await;
    let token = Some(tablet.token.as_str());
    match address {
        "/v1/access-log" => {
            let request = AccessLogRequest { protocol: PROTOCOL, client: client(OWN) };
            said(&post(token, body::pack(&request)?).await?, "who has opened it")
        }
        // Whoever is in no team today lets herself in to nobody.
        "/v1/break-glass" => {
            let answer = tablet.break_glass(&client(9).to_string(), "Falt på trappa.").await?;
            said(&answer, "let in")
        }
        // A device is nobody's.
        "/v1/enrol" => {
            let device = world.device().await?;
            Ok(if device.id.is_some() { "a device".into() } else { "nothing".into() })
        }
        "/v1/hand-in" => {
            let request = HandInRequest { protocol: PROTOCOL };
            said(&post(token, body::pack(&request)?).await?, "the profile ends")
        }
        "/v1/live" => {
            let mut answer = tablet.device.live(token).await?;
            // Nobody else writes here: what is said is said at once or not at all.
            let id = crate::world::team(3).to_string();
            let status = answer.status();
            if number < ENDED {
                let said = answer.chunk().await?.context("a stream that ends")?;
                let tells = String::from_utf8_lossy(&said).contains(&id);
                return Ok(format!("{status}, news of the team: {tells}"));
            }
            let now = Timestamp::from_millis(crate::world::MORNING);
            let numbers = world.store()?.read(|records| records.numbers_for(profile, now))?;
            Ok(format!("{status}, news of the team: {}", !numbers.unwrap_or_default().is_empty()))
        }
        // Whoever has an account logs in; of teams that she isn't in today she is told nothing.
        "/v1/log-in" => Ok(format!("{} teams", tablet.cursors.len())),
        "/v1/oidc/begin" => {
            let request = BeginSignInRequest { protocol: PROTOCOL };
            said(&post(None, body::pack(&request)?).await?, "an address")
        }
        "/v1/oidc/finish" => {
            let (state, code) = ("a".repeat(43), "b".into());
            let request = FinishSignInRequest { protocol: PROTOCOL, state, code, profile: None };
            said(&post(None, body::pack(&request)?).await?, "let in")
        }
        "/v1/recover" => {
            let sealed = ByteBuf::from(vec![7; 80]);
            let request = RecoverRequest { protocol: PROTOCOL, profile, sealed };
            said(&post(token, body::pack(&request)?).await?, "a key")
        }
        "/v1/sync" => {
            let mut request = tablet.request(Vec::new());
            request.want = vec![kjent_core::document::DocumentRef::care(client(OWN))];
            let answer: SyncResponse = tablet.send(&request).await?.message()?;
            Ok(format!("{} teams, {} documents", answer.teams.len(), answer.documents.len()))
        }
        "/v1/ways-in" => {
            let request = WaysInRequest { protocol: PROTOCOL };
            said(&post(None, body::pack(&request)?).await?, "the ways in")
        }
        other => bail!("{other} is new: say here what somebody outside the team gets of it"),
    }
}

/// What a member gets, by address; the lead's and the nurses' is what the table of rights says.
fn inside(address: &str, number: u128, most: &'static str, outside: &'static str) -> &'static str {
    let role = ROLES.get(usize::try_from(number - MEMBERS).unwrap_or(usize::MAX));
    match (address, role) {
        ("/v1/access-log", Some(Role::Helper | Role::Therapist | Role::Planner))
        // A planner reads no record, and lets herself in to none.
        | ("/v1/break-glass", Some(Role::Planner)) => outside,
        _ => most,
    }
}

#[tokio::test]
async fn every_address_gives_a_member_something_and_nobody_before_or_after() -> Result<()> {
    let expected = [
        ("/v1/access-log", "who has opened it", "access_log_role"),
        ("/v1/break-glass", "let in", "not_for_your_role"),
        ("/v1/enrol", "a device", "a device"),
        ("/v1/hand-in", "the profile ends", "the profile ends"),
        ("/v1/live", "200 OK, news of the team: true", "200 OK, news of the team: false"),
        ("/v1/log-in", "1 teams", "0 teams"),
        ("/v1/oidc/begin", "way_in_closed", "way_in_closed"),
        ("/v1/oidc/finish", "way_in_closed", "way_in_closed"),
        ("/v1/recover", "not_recoverable", "not_recoverable"),
        ("/v1/sync", "1 teams, 1 documents", "0 teams, 0 documents"),
        ("/v1/ways-in", "the ways in", "the ways in"),
        ("/healthz", r#"{"status":"ok"}"#, r#"{"status":"ok"}"#),
    ];
    assert_eq!(routed(), expected.map(|(address, ..)| address));
    for (address, most, outside) in expected {
        let world = world().await?;
        for number in from(MEMBERS) {
            let expected = inside(address, number, most, outside);
            assert_eq!(given(&world, address, number).await?, expected, "{address} {number}");
        }
        for number in from(ENDED).into_iter().chain(from(NOT_BEGUN)) {
            assert_eq!(given(&world, address, number).await?, outside, "{address} {number}");
        }
    }
    Ok(())
}
