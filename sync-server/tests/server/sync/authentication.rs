//! Who may sync at all.

use anyhow::{Context, Result};
use kjent_core::protocol::{SyncResponse, body, proof};
use kjent_core::time::Timestamp;
use kjent_server::clock::Clock;
use reqwest::Method;

use crate::tablet::journal;
use crate::world::{Answer, HELPER, MORNING, NURSE, World, client};

#[tokio::test]
async fn without_a_good_token_nothing_is_done() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    tablet.note(client(1), "Sov godt.")?;
    let before = world.dump()?;
    let refused = (401, "not_authenticated".to_owned());
    let push = vec![(journal(client(1)), tablet.outbox[0].1.bytes.clone())];
    let request = body::pack(&tablet.request(push))?;
    for token in [None, Some(""), Some("wrong"), Some(&tablet.token[1..])] {
        let answer = tablet.device.post("/v1/sync", token, request.clone()).await?;
        assert_eq!(answer.problem()?, refused, "{token:?}");
    }
    let other_scheme = tablet
        .device
        .request(Method::POST, "/v1/sync", None, request)?
        .header("authorization", format!("Basic {}", tablet.token));
    assert_eq!(other_scheme.send().await?.status().as_u16(), 401);
    assert_eq!(world.dump()?, before);
    tablet.sync().await?;
    Ok(())
}

#[tokio::test]
async fn a_revoked_token_is_good_for_nothing_and_the_workers_other_tablet_works_on() -> Result<()> {
    let world = World::new().await?;
    let mut lost = world.enrol(NURSE).await?;
    let mut kept = world.enrol(NURSE).await?;
    lost.sync().await?;
    let at = Timestamp::from_millis(MORNING);
    let tablet = lost.actor.tablet;
    let revoked = world.store()?.write(|records| records.revoke_tablet(tablet, at));
    assert!(revoked?);
    let answer = lost.send(&lost.request(vec![])).await?;
    assert_eq!(answer.problem()?, (403, "tablet_revoked".into()));
    kept.note(client(1), "Spiste frokost.")?;
    let answer: SyncResponse = kept.sync().await?;
    assert_eq!(answer.outcomes.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_stolen_token_is_worth_nothing_without_its_devices_key() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    tablet.note(client(1), "Sov godt.")?;
    let push = vec![(journal(client(1)), tablet.outbox[0].1.bytes.clone())];
    let request = body::pack(&tablet.request(push))?;
    let mut other = world.device().await?;
    let before = world.dump()?;
    let refused = (401, "not_authenticated".to_owned());

    // Without any proof; on another device that is enrolled; and in this device's name.
    let bare = world.http.post(world.url("/v1/sync")).bearer_auth(&tablet.token);
    let answer = Answer::of(bare.body(request.clone()).send().await?).await?;
    assert_eq!(answer.problem()?, refused);
    let answer = other.post("/v1/sync", Some(&tablet.token), request.clone()).await?;
    assert_eq!(answer.problem()?, refused);
    other.id = tablet.device.id;
    let answer = other.post("/v1/sync", Some(&tablet.token), request.clone()).await?;
    assert_eq!(answer.problem()?, refused);

    // A proof of another path, method or body.
    let now = world.clock.now();
    for (method_and_path, signed) in [
        (("POST", "/v1/hand-in"), request.clone()),
        (("GET", "/v1/sync"), request.clone()),
        (("POST", "/v1/sync"), body::pack(&tablet.request(vec![]))?),
    ] {
        let sent = world.http.post(world.url("/v1/sync")).bearer_auth(&tablet.token);
        let sent = sent.headers(tablet.device.proof(method_and_path, now, &signed)?);
        let answer = Answer::of(sent.body(request.clone()).send().await?).await?;
        assert_eq!(answer.problem()?, refused, "{method_and_path:?}");
    }
    assert_eq!(world.dump()?, before);
    tablet.sync().await?;
    Ok(())
}

#[tokio::test]
async fn a_request_is_answered_once_and_only_around_its_time() -> Result<()> {
    let world = World::new().await?;
    let tablet = world.enrol(HELPER).await?;
    let request = body::pack(&tablet.request(vec![]))?;
    let sent = tablet.device.request(Method::POST, "/v1/sync", Some(&tablet.token), request)?;
    let mut answers = Vec::new();
    for _ in 0..2 {
        let sent = sent.try_clone().context("a stream")?;
        answers.push(Answer::of(sent.send().await?).await?);
    }
    answers[0].message::<SyncResponse>()?;
    assert_eq!(answers[1].problem()?, (401, "proof_replayed".into()));

    let clock = &world.clock;
    // Before the server began.
    let early = Timestamp::from_millis(MORNING - 1);
    clock.forward(10);
    let minutes = |minutes| clock.now().plus_minutes(minutes);
    let cases = [
        (early, false),
        (minutes(-2), true),
        (Timestamp::from_millis(minutes(-2).millis() - 1), false),
        (minutes(2), true),
        (Timestamp::from_millis(minutes(2).millis() + 1), false),
        (Timestamp::from_millis(i64::MIN), false),
        (Timestamp::from_millis(i64::MAX), false),
    ];
    for (time, is_good) in cases {
        let request = body::pack(&tablet.request(vec![]))?;
        let proof = tablet.device.proof(("POST", "/v1/sync"), time, &request)?;
        let sent = world.http.post(world.url("/v1/sync")).bearer_auth(&tablet.token);
        let answer = Answer::of(sent.headers(proof).body(request).send().await?).await?;
        if is_good {
            answer.message::<SyncResponse>()?;
        } else {
            assert_eq!(answer.problem()?, (401, "proof_clock".into()));
            let said = String::from_utf8(answer.body)?;
            assert!(said.contains(&clock.now().millis().to_string()), "{said}");
        }
    }
    // What is no proof at all is no proof.
    for (header, wrong) in [
        (proof::DEVICE, "me"),
        (proof::TIME, "now"),
        (proof::NONCE, "00"),
        (proof::SIGNATURE, "00"),
    ] {
        let request = body::pack(&tablet.request(vec![]))?;
        let mut proof = tablet.device.proof(("POST", "/v1/sync"), clock.now(), &request)?;
        proof.insert(header, wrong.parse()?);
        let sent = world.http.post(world.url("/v1/sync")).bearer_auth(&tablet.token);
        let answer = Answer::of(sent.headers(proof).body(request).send().await?).await?;
        assert_eq!(answer.problem()?, (401, "not_authenticated".into()), "{header}");
    }
    Ok(())
}
