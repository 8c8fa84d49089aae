//! Every address, for somebody whose membership has ended or not begun. The list is the router's
//! own: an address that is new fails here until it has its row.

use anyhow::{Context, Result, bail};
use kjent_core::protocol::SyncResponse;

use super::people::{ENDED, MEMBERS, NOT_BEGUN, OWN, from, world};
use crate::world::{World, client};

/// The addresses in the router's source, in its order.
fn routed() -> Vec<&'static str> {
    let source = include_str!("../../../src/http.rs");
    source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What somebody outside the team gets of an address, as a sentence that is compared.
async fn given(world: &World, address: &str, number: u128) -> Result<String> {
    match address {
        // Whoever is in no team today lets herself in to nobody.
        "/v1/break-glass" => {
            let tablet = world.enrol(number).await?;
            let answer = tablet.break_glass(&client(9).to_string(), "Falt på trappa.").await?;
            if answer.status == 200 { Ok("let in".into()) } else { Ok(answer.problem()?.1) }
        }
        // Whoever has a code enrols; of teams that she isn't in today she is told nothing.
        "/v1/enrol" => {
            let tablet = world.enrol(number).await?;
            Ok(format!("{} teams", tablet.cursors.len()))
        }
        "/v1/live" => {
            let tablet = world.enrol(number).await?;
            let mut answer = world
                .http
                .get(world.url(address))
                .header("authorization", format!("Bearer {}", tablet.token))
                .send()
                .await?;
            // Nobody else writes here: what is said is said at once or not at all.
            let id = crate::world::team(3).to_string();
            let status = answer.status();
            if number < ENDED {
                let said = answer.chunk().await?.context("a stream that ends")?;
                let tells = String::from_utf8_lossy(&said).contains(&id);
                return Ok(format!("{status}, news of the team: {tells}"));
            }
            let numbers = world.store()?.read(|records| {
                let day = kjent_core::oslo::day(kjent_core::time::Timestamp::from_millis(
                    crate::world::MORNING,
                ));
                records.numbers_for(tablet.actor.tablet, day)
            })?;
            Ok(format!("{status}, news of the team: {}", !numbers.unwrap_or_default().is_empty()))
        }
        "/v1/sync" => {
            let tablet = world.enrol(number).await?;
            let mut request = tablet.request(Vec::new());
            request.want = vec![kjent_core::document::DocumentRef::care(client(OWN))];
            let answer: SyncResponse = tablet.send(&request).await?.message()?;
            Ok(format!("{} teams, {} documents", answer.teams.len(), answer.documents.len()))
        }
        "/healthz" => {
            let answer = world.http.get(world.url(address)).send().await?;
            Ok(answer.text().await?)
        }
        other => bail!("{other} is new: say here what somebody outside the team gets of it"),
    }
}

#[tokio::test]
async fn every_address_gives_a_member_something_and_nobody_before_or_after() -> Result<()> {
    let expected = [
        ("/v1/break-glass", "let in", "not_for_your_role"),
        ("/v1/enrol", "1 teams", "0 teams"),
        ("/v1/live", "200 OK, news of the team: true", "200 OK, news of the team: false"),
        ("/v1/sync", "1 teams, 1 documents", "0 teams, 0 documents"),
        ("/healthz", r#"{"status":"ok"}"#, r#"{"status":"ok"}"#),
    ];
    assert_eq!(routed(), expected.map(|(address, ..)| address));
    for (address, inside, outside) in expected {
        let world = world().await?;
        for number in from(MEMBERS) {
            // A planner reads no record, and lets herself in to none.
            let is_planner = number == MEMBERS + 3 && address == "/v1/break-glass";
            let expected = if is_planner { outside } else { inside };
            assert_eq!(given(&world, address, number).await?, expected, "{address} {number}");
        }
        for number in from(ENDED).into_iter().chain(from(NOT_BEGUN)) {
            assert_eq!(given(&world, address, number).await?, outside, "{address} {number}");
        }
    }
    Ok(())
}
