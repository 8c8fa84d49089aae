//! `GET /healthz`, and what the server says where it has nothing.

use anyhow::Result;

use crate::world::{Answer, World};

#[tokio::test]
async fn a_healthy_server_says_so() -> Result<()> {
    let world = World::new().await?;
    let answer = Answer::of(world.http.get(world.url("/healthz")).send().await?).await?;
    assert_eq!((answer.status, answer.body.as_slice()), (200, br#"{"status":"ok"}"#.as_slice()));
    Ok(())
}

#[tokio::test]
async fn a_server_whose_database_is_gone_bad_is_not_healthy_and_does_not_say_why() -> Result<()> {
    let world = World::new().await?;
    rusqlite::Connection::open(world.database())?.execute_batch("DROP TABLE team")?;
    let answer = Answer::of(world.http.get(world.url("/healthz")).send().await?).await?;
    assert_eq!(answer.status, 500);
    assert_eq!(answer.body, br#"{"code":"server_error"}"#);
    Ok(())
}

#[tokio::test]
async fn wrong_addresses_and_methods_are_problems_too() -> Result<()> {
    let world = World::new().await?;
    let nowhere = Answer::of(world.http.get(world.url("/v1/nothing")).send().await?).await?;
    assert_eq!(nowhere.problem()?, (404, "not_found".into()));
    let wrong = Answer::of(world.http.get(world.url("/v1/sync")).send().await?).await?;
    assert_eq!(wrong.problem()?, (405, "method_not_allowed".into()));
    Ok(())
}
