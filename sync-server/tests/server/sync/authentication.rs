//! Who may sync at all.

use anyhow::Result;
use kjent_core::protocol::SyncResponse;

use crate::tablet::journal;
use crate::world::{HELPER, MORNING, NURSE, World, client};

#[tokio::test]
async fn without_a_good_token_nothing_is_done() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    tablet.note(client(1), "Sov godt.")?;
    let before = world.dump()?;
    let refused = (401, "not_authenticated".to_owned());
    let push = vec![(journal(client(1)), tablet.outbox[0].1.bytes.clone())];
    let request = kjent_core::protocol::body::pack(&tablet.request(push))?;
    for token in [None, Some(""), Some("wrong"), Some(&tablet.token[1..])] {
        let answer = world.post("/v1/sync", token, request.clone()).await?;
        assert_eq!(answer.problem()?, refused, "{token:?}");
    }
    let other_scheme = world
        .http
        .post(world.url("/v1/sync"))
        .header("authorization", format!("Basic {}", tablet.token))
        .body(request);
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
    let at = kjent_core::time::Timestamp::from_millis(MORNING);
    let tablet = lost.actor.tablet;
    let revoked = world.store()?.write(|records| records.revoke_tablet(tablet, at));
    assert!(revoked?);
    let answer = lost.send(&lost.request(vec![])).await?;
    assert_eq!(answer.problem()?, (401, "not_authenticated".into()));
    kept.note(client(1), "Spiste frokost.")?;
    let answer: SyncResponse = kept.sync().await?;
    assert_eq!(answer.outcomes.len(), 1);
    Ok(())
}
