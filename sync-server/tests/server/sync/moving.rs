//! Clients who move between teams, and what each team's tablets are told.

use anyhow::Result;
use kjent_core::document::DocumentRef;
use kjent_core::protocol::{Outcome, SyncResponse};

use crate::tablet::journal;
use crate::world::{HELPER, STRANGER, World, client, team};

#[tokio::test]
async fn a_client_who_moves_there_and_back_takes_everything_along() -> Result<()> {
    let world = World::new().await?;
    let (mut helper, mut stranger) = (world.enrol(HELPER).await?, world.enrol(STRANGER).await?);
    helper.note(client(1), "Før.")?;
    helper.sync().await?;
    stranger.sync().await?;

    world.move_client(1, 2)?;
    let left = helper.sync().await?;
    assert_eq!(
        left.teams[0].roster.as_ref().map(|team| team.clients.clone()),
        Some(vec![client(2)])
    );
    assert_eq!(*left.teams[0].digest, helper.digest(&[client(2)]));
    // What has left can't be asked for any more.
    let mut request = helper.request(vec![]);
    request.want = vec![DocumentRef::care(client(1)), journal(client(1))];
    let answer: SyncResponse = helper.send(&request).await?.message()?;
    assert!(answer.documents.is_empty());
    assert_eq!(answer.absent, request.want);

    // The new team's tablet fetches what it lacks, and goes on in its own log.
    stranger.sync().await?;
    let both = [client(9), client(1)];
    assert_eq!(stranger.document(journal(client(1))).facts().len(), 1);
    stranger.note(client(1), "Hos oss.")?;
    let answer = stranger.sync().await?;
    assert_eq!(answer.outcomes, [Outcome::Accepted(2)]);
    assert_eq!(*answer.teams[0].digest, stranger.digest(&both));

    world.move_client(1, 1)?;
    assert!(stranger.push(journal(client(1)), b"no change").await.is_ok());
    let gone = stranger.sync().await?;
    assert_eq!(*gone.teams[0].digest, stranger.digest(&[client(9)]));
    let back = helper.sync().await?;
    // At the end of the list.
    let clients = back.teams[0].roster.as_ref().map(|team| team.clients.clone());
    assert_eq!(clients, Some(vec![client(2), client(1)]));
    assert_eq!(*back.teams[0].digest, helper.digest(&[client(1), client(2)]));
    assert_eq!(helper.document(journal(client(1))).facts().len(), 2);
    helper.note(client(1), "Hjemme igjen.")?;
    assert_eq!(helper.sync().await?.outcomes, [Outcome::Accepted(4)]);
    Ok(())
}

#[tokio::test]
async fn moving_nowhere_is_no_move() -> Result<()> {
    let world = World::new().await?;
    let now = kjent_core::time::Timestamp::from_millis(crate::world::MORNING);
    let before = world.dump()?;
    for (who, to) in [(client(1), team(1)), (client(1234), team(2))] {
        assert!(!world.store()?.write(|records| records.move_client(who, to, now))?);
    }
    assert_eq!(world.dump()?, before);
    Ok(())
}
