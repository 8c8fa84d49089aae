//! `POST /v1/enrol`.

use anyhow::Result;
use kjent_core::protocol::{EnrolRequest, EnrolResponse, PROTOCOL, body};
use kjent_server::enrolment::GOOD_FOR_MINUTES;

use crate::world::{Answer, HELPER, ROVER, World, ours, team, worker};

async fn enrol(world: &World, protocol: u16, code: &str) -> Result<Answer> {
    let request = EnrolRequest { protocol, code: code.into() };
    world.post("/v1/enrol", None, body::pack(&request)?).await
}

#[tokio::test]
async fn a_code_makes_a_tablet_of_its_workers() -> Result<()> {
    let world = World::new().await?;
    let typed = world.code(HELPER)?.to_lowercase().replace('-', " ");
    let answer: EnrolResponse = enrol(&world, PROTOCOL, &typed).await?.message()?;
    assert_eq!(answer.worker, worker(HELPER));
    assert_eq!(answer.teams, [ours()?.team]);
    assert_eq!(answer.now.millis(), crate::world::MORNING);

    let other: EnrolResponse = enrol(&world, PROTOCOL, &world.code(HELPER)?).await?.message()?;
    assert_ne!(answer.tablet, other.tablet);
    assert_ne!(answer.token, other.token);

    // Neither codes nor tokens can be read from a copy of the database.
    let file = std::fs::read(world.database())?;
    let wal = std::fs::read(world.database().with_extension("db-wal"))?;
    let holds = |text: &str| {
        [&file, &wal].iter().any(|bytes| bytes.windows(text.len()).any(|w| w == text.as_bytes()))
    };
    assert!(holds("Arbeidslag Torshov"));
    assert!(!holds(&answer.token));
    assert!(!holds(&typed.to_uppercase().replace(' ', "")));
    Ok(())
}

#[tokio::test]
async fn a_worker_of_two_teams_gets_both() -> Result<()> {
    let world = World::new().await?;
    let answer: EnrolResponse = enrol(&world, PROTOCOL, &world.code(ROVER)?).await?.message()?;
    let teams: Vec<_> = answer.teams.iter().map(|team| team.id).collect();
    assert_eq!(teams, [team(1), team(2)]);
    Ok(())
}

#[tokio::test]
async fn a_code_is_good_once_and_for_a_quarter_of_an_hour() -> Result<()> {
    let world = World::new().await?;
    let code = world.code(HELPER)?;
    world.clock.forward(GOOD_FOR_MINUTES - 1);
    enrol(&world, PROTOCOL, &code).await?.message::<EnrolResponse>()?;
    let late = world.code(HELPER)?;
    world.clock.forward(GOOD_FOR_MINUTES);
    let before = world.dump()?;
    assert_eq!(enrol(&world, PROTOCOL, &code).await?.problem()?, (409, "code_used".into()));
    assert_eq!(enrol(&world, PROTOCOL, &late).await?.problem()?, (410, "code_expired".into()));
    let wrong = enrol(&world, PROTOCOL, "0000-0000-0000").await?;
    assert_eq!(wrong.problem()?, (403, "code_unknown".into()));
    assert_eq!(world.dump()?, before);
    Ok(())
}

#[tokio::test]
async fn guessing_is_slowed_and_the_right_code_waits_too() -> Result<()> {
    let world = World::new().await?;
    for guess in 0..10 {
        let answer = enrol(&world, PROTOCOL, &format!("GUESS-{guess}")).await?;
        assert_eq!(answer.problem()?, (403, "code_unknown".into()));
    }
    let right = world.code(HELPER)?;
    let answer = enrol(&world, PROTOCOL, &right).await?;
    assert_eq!(answer.problem()?, (429, "too_many_tries".into()));
    assert_eq!(
        String::from_utf8(answer.body)?,
        r#"{"code":"too_many_tries","args":{"minutes":"15"}}"#
    );
    world.clock.forward(15);
    enrol(&world, PROTOCOL, &world.code(HELPER)?).await?.message::<EnrolResponse>()?;
    Ok(())
}

#[tokio::test]
async fn another_protocol_is_told_which_side_is_older() -> Result<()> {
    let world = World::new().await?;
    let code = world.code(HELPER)?;
    for protocol in [0, 1] {
        let older = enrol(&world, protocol, &code).await?;
        assert_eq!(older.problem()?, (426, "server_speaks_newer".into()));
    }
    let newer = enrol(&world, PROTOCOL + 1, &code).await?;
    assert_eq!(newer.problem()?, (400, "server_speaks_older".into()));
    // Neither has cost the code.
    enrol(&world, PROTOCOL, &code).await?.message::<EnrolResponse>()?;
    Ok(())
}

#[tokio::test]
async fn what_is_no_enrolment_is_refused() -> Result<()> {
    let world = World::new().await?;
    let answer = world.post("/v1/enrol", None, b"hello".to_vec()).await?;
    assert_eq!(answer.problem()?, (400, "body_not_zstd".into()));
    let answer = world.post("/v1/enrol", None, body::pack(&vec![1, 2, 3])?).await?;
    assert_eq!(answer.problem()?, (400, "body_not_cbor".into()));
    Ok(())
}
