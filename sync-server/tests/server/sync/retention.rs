//! Old journals: not on tablets, and there when they are asked for.

use anyhow::{Context, Result};
use kjent_core::document::DocumentRef;
use kjent_core::oslo;
use kjent_core::protocol::{SyncResponse, TeamNews};
use kjent_core::time::Timestamp;

use crate::world::{HELPER, MORNING, NURSE, World, client, team};

const DAY: i64 = 24 * 60;

fn days_ago(days: i64) -> Timestamp {
    Timestamp::from_millis(MORNING).plus_minutes(-days * DAY)
}

fn listed(news: &TeamNews) -> Result<Vec<DocumentRef>> {
    Ok(news.list.as_ref().context("no list")?.iter().map(|one| one.document).collect())
}

#[tokio::test]
async fn journals_older_than_the_retention_are_in_no_list_no_news_and_no_digest() -> Result<()> {
    let world = World::new().await?;
    let retention = |months| -> Result<bool> {
        Ok(world.store()?.write(|records| records.set_retention(team(1), months))?)
    };
    assert!(retention(1)?);
    let (mut nurse, mut helper) = (world.enrol(NURSE).await?, world.enrol(HELPER).await?);
    helper.sync().await?;
    let kept = nurse.note_of(client(1), days_ago(30), "I forrige måned.")?;
    let old = nurse.note_of(client(1), days_ago(90), "For tre måneder siden.")?;
    nurse.sync().await?;

    let news = helper.sync().await?;
    let since = oslo::month(days_ago(30));
    assert_eq!((news.teams[0].since, news.teams[0].through), (since, 4));
    let documents: Vec<_> = news.teams[0].changes.iter().map(|entry| entry.document).collect();
    assert_eq!(documents, [kept]);
    assert_eq!(*news.teams[0].digest, helper.digest(&[client(1), client(2)]));
    // The writer's tablet has the old one too; it doesn't count there either.
    let again = nurse.sync().await?;
    assert_eq!(*again.teams[0].digest, nurse.digest(&[client(1), client(2)]));
    let fresh = world.enrol(HELPER).await?.sync().await?;
    let list = listed(&fresh.teams[0])?;
    assert!(list.contains(&kept) && !list.contains(&old));

    // Asked for, it comes.
    let mut request = helper.request(vec![]);
    request.want = vec![old];
    let answer: SyncResponse = helper.send(&request).await?.message()?;
    assert_eq!(answer.documents.iter().map(|one| one.document).collect::<Vec<_>>(), [old]);

    // Kept longer, it belongs to everybody's tablet again.
    assert!(retention(3)?);
    let mut other = world.enrol(HELPER).await?;
    let answer = other.sync().await?;
    assert_eq!(answer.teams[0].since, oslo::month(days_ago(90)));
    assert!(listed(&answer.teams[0])?.contains(&old));
    assert_eq!(*answer.teams[0].digest, other.digest(&[client(1), client(2)]));
    let behind = helper.sync().await?;
    assert_ne!(*behind.teams[0].digest, helper.digest(&[client(1), client(2)]));
    Ok(())
}

#[tokio::test]
async fn the_first_of_a_month_takes_the_oldest_journal_away() -> Result<()> {
    let world = World::new().await?;
    let mut helper = world.enrol(HELPER).await?;
    helper.note_of(client(1), days_ago(90), "I august.")?;
    assert_eq!(helper.sync().await?.teams[0].since.to_string(), "2026-08");
    // Eight in the morning of the first of December.
    world.clock.forward(10 * DAY);
    let answer = helper.sync().await?;
    assert_eq!(answer.teams[0].since.to_string(), "2026-09");
    assert_eq!(*answer.teams[0].digest, helper.digest(&[client(1), client(2)]));
    Ok(())
}
