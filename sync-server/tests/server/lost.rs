//! Lost tablets and those that are handed in: what the server knows was on them, and who gets in no
//! more.

use anyhow::{Context, Result};
use kjent_core::protocol::{HandInRequest, HandInResponse, PROTOCOL, SyncResponse, body};
use kjent_server::store::FleetRow;

use crate::cli::{run, stdout, text};
use crate::tablet::Tablet;
use crate::world::{HELPER, MORNING, NURSE, PASSWORD, World, client};

/// A worker's only profile, as the office sees it.
fn row(world: &World, number: u128) -> Result<FleetRow> {
    let fleet = world.store()?.read(|records| records.fleet())?;
    let row = fleet.into_iter().find(|row| row.employee_number == number.to_string());
    row.context("no profile")
}

/// What is written down of a profile: the client's number here, and whether it was told to let go.
fn held(world: &World, tablet: &Tablet) -> Result<Vec<(u128, bool)>> {
    let held = world.store()?.read(|records| records.held(tablet.actor.tablet))?;
    Ok(held.iter().map(|row| (row.client.0.as_u128() - 1000, row.until.is_some())).collect())
}

#[tokio::test]
async fn what_was_given_is_written_down_once_and_what_left_too() -> Result<()> {
    let world = World::new().await?;
    let mut nurse = world.enrol(NURSE).await?;
    assert_eq!(held(&world, &nurse)?, []);
    nurse.sync().await?;
    assert_eq!(held(&world, &nurse)?, [(1, false), (2, false)]);
    world.clock.forward(60);
    let mut helper = world.enrol(HELPER).await?;
    helper.note(client(1), "Sov godt.")?;
    helper.sync().await?;
    nurse.sync().await?;
    let since = world.store()?.read(|records| records.held(nurse.actor.tablet))?;
    assert!(since.iter().all(|row| row.since.millis() == MORNING));

    world.move_client(2, 2)?;
    world.clock.forward(60);
    nurse.sync().await?;
    assert_eq!(held(&world, &nurse)?, [(1, false), (2, true)]);
    nurse.documents.retain(|_, document| document.reference().client != client(2));
    // She comes back, and what was before stays written down.
    world.move_client(2, 1)?;
    world.clock.forward(60);
    nurse.sync().await?;
    assert_eq!(held(&world, &nurse)?, [(1, false), (2, true), (2, false)]);
    let row = row(&world, NURSE)?;
    assert_eq!((row.clients, row.contact), (2, Some(nurse.now.plus_minutes(180))));
    Ok(())
}

#[tokio::test]
async fn a_profile_is_revoked_alone_and_let_in_again() -> Result<()> {
    let world = World::new().await?;
    let nurse = world.enrol(NURSE).await?;
    world.account(HELPER)?;
    let answer = nurse.device.log_in(&HELPER.to_string(), PASSWORD, None).await?.message()?;
    let helper = Tablet::new(nurse.device.clone(), answer);
    let database = text(&world.database())?;
    let revoke = |rest: &[&str]| stdout(&[&["revoke", "--database", &database], rest].concat());
    let is_in = async |tablet: &Tablet| {
        let answer = tablet.send(&tablet.request(vec![])).await?;
        match answer.status {
            200 => answer.message::<SyncResponse>().map(|_| true),
            _ => {
                assert_eq!(answer.problem()?, (403, "tablet_revoked".into()));
                Ok(false)
            }
        }
    };
    let profile = nurse.actor.tablet.to_string();
    assert_eq!(revoke(&["--tablet", &profile])?, "revoked: 1\n");
    assert!(!is_in(&nurse).await? && is_in(&helper).await?);
    assert_eq!(revoke(&["--tablet", &profile, "--undo"])?, "let in again: 1\n");
    assert!(is_in(&nurse).await?);
    assert_eq!(revoke(&["--worker", &HELPER.to_string()])?, "revoked: 1\n");
    assert!(is_in(&nurse).await? && !is_in(&helper).await?);
    let device = row(&world, NURSE)?.device.to_string();
    assert_eq!(revoke(&["--device", &device])?, "revoked: 1\n");
    assert!(!is_in(&nurse).await? && !is_in(&helper).await?);
    assert_eq!(revoke(&["--device", &device, "--undo"])?, "let in again: 1\n");
    // Who was revoked alone stays out.
    assert!(is_in(&nurse).await? && !is_in(&helper).await?);

    for (rest, said) in [
        (&["--worker", "999"][..], "there is no worker with that employee number"),
        (&["--worker", "103"], "there is nothing to revoke"),
        (&["--tablet", &profile, "--undo"], "there is nothing to let in again"),
    ] {
        let output = run(&[&["revoke", "--database", &database], rest].concat())?;
        assert_eq!(output.status.code(), Some(1), "{rest:?}");
        assert!(String::from_utf8(output.stderr)?.contains(said), "{rest:?}");
    }
    Ok(())
}

#[tokio::test]
async fn who_hands_in_is_out_and_the_device_is_out_with_the_last() -> Result<()> {
    let world = World::new().await?;
    let mut nurse = world.enrol(NURSE).await?;
    world.account(HELPER)?;
    let answer = nurse.device.log_in(&HELPER.to_string(), PASSWORD, None).await?.message()?;
    let helper = Tablet::new(nurse.device.clone(), answer);
    nurse.sync().await?;
    let hand_in = async |tablet: &Tablet| {
        let request = body::pack(&HandInRequest { protocol: PROTOCOL })?;
        tablet.device.post("/v1/hand-in", Some(&tablet.token), request).await
    };
    let answer: HandInResponse = hand_in(&nurse).await?.message()?;
    assert!(!answer.device_ended && answer.now.millis() == MORNING);
    assert_eq!(held(&world, &nurse)?, [(1, true), (2, true)]);
    assert!(row(&world, NURSE)?.handed_in.is_some());
    let revoked = (403, "tablet_revoked".to_owned());
    assert_eq!(hand_in(&nurse).await?.problem()?, revoked);
    assert_eq!(nurse.send(&nurse.request(vec![])).await?.problem()?, revoked);
    helper.send(&helper.request(vec![])).await?.message::<SyncResponse>()?;

    let answer: HandInResponse = hand_in(&helper).await?.message()?;
    assert!(answer.device_ended);
    let again = helper.device.log_in(&HELPER.to_string(), PASSWORD, None).await?;
    assert_eq!(again.problem()?, revoked);
    // What was handed in isn't let in again.
    let database = text(&world.database())?;
    let profile = nurse.actor.tablet.to_string();
    let output = run(&["revoke", "--database", &database, "--tablet", &profile, "--undo"])?;
    assert_eq!(output.status.code(), Some(1));
    Ok(())
}
