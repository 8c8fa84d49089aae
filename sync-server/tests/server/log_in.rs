//! `POST /v1/log-in`.

use anyhow::{Context, Result};
use kjent_core::problem::Problem;
use kjent_core::protocol::{LogInResponse, SyncResponse};

use crate::tablet::Tablet;
use crate::world::{Answer, HELPER, NURSE, PASSWORD, ROVER, World, ours, team, worker};

fn wrong() -> (u16, String) {
    (403, "wrong_log_in".into())
}

/// How many minutes a log-in is told to wait.
fn wait(answer: &Answer) -> Result<i64> {
    let problem: Problem = serde_json::from_slice(&answer.body)?;
    anyhow::ensure!(problem.code == "too_many_tries", "{problem}");
    Ok(problem.args.get("minutes").context("no minutes")?.parse()?)
}

#[tokio::test]
async fn an_account_makes_a_profile_of_its_workers() -> Result<()> {
    let world = World::new().await?;
    world.account(HELPER)?;
    world.account(ROVER)?;
    let device = world.device().await?;
    let answer: LogInResponse = device.log_in(" 103 ", PASSWORD, None).await?.message()?;
    assert_eq!(answer.worker, worker(HELPER));
    assert_eq!(answer.teams, [ours()?.team]);
    // A second profile on the same device, of a worker of two teams.
    let other: LogInResponse = device.log_in("104", PASSWORD, None).await?.message()?;
    let teams: Vec<_> = other.teams.iter().map(|team| team.id).collect();
    assert_eq!(teams, [team(1), team(2)]);
    assert_ne!(answer.tablet, other.tablet);
    for (answer, number) in [(&answer, HELPER), (&other, ROVER)] {
        let tablet = Tablet::new(device.clone(), answer.clone());
        tablet.send(&tablet.request(vec![])).await?.message::<SyncResponse>()?;
        assert_eq!(tablet.actor.worker, worker(number));
    }
    // Neither tokens nor passwords can be read from a copy of the database.
    let file = std::fs::read(world.database())?;
    let wal = std::fs::read(world.database().with_extension("db-wal"))?;
    for secret in [&answer.token, PASSWORD] {
        let holds = |bytes: &Vec<u8>| bytes.windows(secret.len()).any(|w| w == secret.as_bytes());
        assert!(!holds(&file) && !holds(&wal), "{secret}");
    }
    Ok(())
}

#[tokio::test]
async fn a_profile_gets_a_fresh_token_from_its_own_worker_on_its_own_device() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let nurse = world.enrol(NURSE).await?;
    let (profile, device) = (Some(tablet.actor.tablet), tablet.device.clone());
    let refused = (403, "profile_not_yours".to_owned());
    assert_eq!(device.log_in("102", PASSWORD, profile).await?.problem()?, refused);
    assert_eq!(nurse.device.log_in("103", PASSWORD, profile).await?.problem()?, refused);

    let answer: LogInResponse = device.log_in("103", PASSWORD, profile).await?.message()?;
    assert_eq!((Some(answer.tablet), answer.worker), (profile, worker(HELPER)));
    let old = tablet.send(&tablet.request(vec![])).await?;
    assert_eq!(old.problem()?, (401, "not_authenticated".into()));
    tablet.token = answer.token;
    tablet.sync().await?;

    let at = answer.now;
    world.store()?.write(|records| records.revoke_tablet(answer.tablet, at))?;
    let revoked = device.log_in("103", PASSWORD, profile).await?;
    assert_eq!(revoked.problem()?, (403, "tablet_revoked".into()));
    Ok(())
}

#[tokio::test]
async fn a_wrong_number_is_answered_as_a_wrong_password_is() -> Result<()> {
    let world = World::new().await?;
    world.account(HELPER)?;
    let device = world.device().await?;
    // A worker without an account, a number of nobody, and nothing at all.
    for (number, password) in
        [("103", "gris og gås"), ("102", PASSWORD), ("999", PASSWORD), ("", "")]
    {
        assert_eq!(device.log_in(number, password, None).await?.problem()?, wrong(), "{number}");
    }
    // Who isn't on an enrolled device doesn't get to try.
    let stranger = world.new_device()?;
    let refused = stranger.log_in("103", PASSWORD, None).await?;
    assert_eq!(refused.problem()?, (401, "not_authenticated".into()));
    device.log_in("103", PASSWORD, None).await?.message::<LogInResponse>()?;
    Ok(())
}

#[tokio::test]
async fn guessing_costs_growing_time_that_a_restart_does_not_shorten() -> Result<()> {
    let mut world = World::new().await?;
    world.account(HELPER)?;
    world.account(NURSE)?;
    let mut device = world.device().await?;
    for number in ["103", "999"] {
        for _ in 0..5 {
            assert_eq!(device.log_in(number, "gjettet feil", None).await?.problem()?, wrong());
        }
        assert_eq!(wait(&device.log_in(number, PASSWORD, None).await?)?, 1, "{number}");
        // This address has tried as often as it may.
        world.clock.forward(15);
    }
    // Guesses at others are no hindrance.
    device.log_in("102", PASSWORD, None).await?.message::<LogInResponse>()?;

    assert_eq!(device.log_in("103", "gjettet feil", None).await?.problem()?, wrong());
    world = world.restart().await?;
    device.server = world.url("");
    assert_eq!(wait(&device.log_in("103", PASSWORD, None).await?)?, 5);
    world.clock.forward(5);
    assert_eq!(device.log_in("103", "gjettet feil", None).await?.problem()?, wrong());
    assert_eq!(wait(&device.log_in("103", PASSWORD, None).await?)?, 15);
    world.clock.forward(15);
    device.log_in("103", PASSWORD, None).await?.message::<LogInResponse>()?;
    // It is over with that.
    assert_eq!(device.log_in("103", "gjettet feil", None).await?.problem()?, wrong());
    device.log_in("103", PASSWORD, None).await?.message::<LogInResponse>()?;
    Ok(())
}

#[tokio::test]
async fn an_address_that_tries_everybody_waits() -> Result<()> {
    let world = World::new().await?;
    world.account(HELPER)?;
    let device = world.device().await?;
    for number in 0..10 {
        let answer = device.log_in(&format!("5{number}"), PASSWORD, None).await?;
        assert_eq!(answer.problem()?, wrong());
    }
    assert_eq!(wait(&device.log_in("103", PASSWORD, None).await?)?, 15);
    world.clock.forward(15);
    device.log_in("103", PASSWORD, None).await?.message::<LogInResponse>()?;
    Ok(())
}
