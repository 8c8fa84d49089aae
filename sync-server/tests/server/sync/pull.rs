//! What a tablet is told, and what never.

use std::collections::BTreeSet;
use std::convert::Infallible;

use anyhow::{Context, Result};
use kjent_core::document::{Document, DocumentRef, packed};
use kjent_core::protocol::{Changes, Cursor, SyncResponse};

use crate::tablet::{Tablet, journal};
use crate::world::{HELPER, NURSE, ROVER, STRANGER, World, client, ours, team};

#[tokio::test]
async fn nothing_of_another_team_is_told_whatever_the_cursors_name() -> Result<()> {
    let world = World::new().await?;
    let mut stranger = world.enrol(STRANGER).await?;
    stranger.note(client(9), "Hemmelig.")?;
    stranger.sync().await?;
    let helper = world.enrol(HELPER).await?;
    let mut request = helper.request(vec![]);
    let cursor = Cursor { team: team(2), through: 0, receipts: 0, filled: false, roster: 0 };
    request.cursors = vec![cursor, Cursor { team: team(3), through: 9, ..cursor }];
    let answer: SyncResponse = helper.send(&request).await?.message()?;
    assert_eq!(answer.teams.len(), 1);
    assert_eq!((answer.teams[0].team, &answer.teams[0].roster), (team(1), &Some(ours()?.team)));
    assert!(answer.teams[0].changes.is_empty());
    let list = answer.teams[0].list.as_ref().context("no list")?;
    let listed: BTreeSet<_> = list.iter().map(|one| one.document).collect();
    assert_eq!(listed, [1, 2].map(|number| DocumentRef::care(client(number))).into());
    Ok(())
}

#[tokio::test]
async fn a_worker_of_two_teams_reads_both_each_by_its_own_cursor() -> Result<()> {
    let world = World::new().await?;
    let (mut rover, mut stranger) = (world.enrol(ROVER).await?, world.enrol(STRANGER).await?);
    rover.sync().await?;
    stranger.note(client(9), "Sov godt.")?;
    stranger.sync().await?;
    let answer = rover.sync().await?;
    let counts: Vec<_> =
        answer.teams.iter().map(|news| (news.team, news.changes.len(), news.through)).collect();
    assert_eq!(counts, [(team(1), 0, 2), (team(2), 1, 2)]);
    assert_eq!(*answer.teams[1].digest, rover.digest(&[client(9)]));
    assert_eq!(*answer.teams[0].digest, rover.digest(&[client(1), client(2)]));
    Ok(())
}

/// How many bytes each change of a document has that the tablet has taken in by now.
fn sizes(tablet: &Tablet, entry: &Changes) -> Vec<usize> {
    let document = &tablet.documents[&entry.document.id()];
    packed::unpack(&entry.changes, |prefix| Ok::<_, Infallible>(document.find(prefix)))
        .filter_map(|change| change.ok()?.ok().map(|raw| raw.bytes.len()))
        .collect()
}

#[tokio::test]
async fn a_long_log_comes_in_pages_that_no_change_is_missing_from() -> Result<()> {
    let world = World::with_page(1500).await?;
    let (mut nurse, mut rover) = (world.enrol(NURSE).await?, world.enrol(ROVER).await?);
    let mut tablet = world.enrol(ROVER).await?;
    tablet.sync().await?;
    for number in 0..12 {
        nurse.note(client(1), &format!("{number}: {}", "lang tekst ".repeat(20)))?;
        rover.note(client(2), &format!("{number}"))?;
        nurse.sync().await?;
        rover.sync().await?;
    }
    // Larger than a page on its own.
    nurse.note(client(1), &"svært lang tekst ".repeat(200))?;
    nurse.sync().await?;

    let mut pages = 0;
    loop {
        let answer = tablet.sync().await?;
        pages += 1;
        let changes: Vec<usize> = answer
            .teams
            .iter()
            .flat_map(|news| &news.changes)
            .flat_map(|entry| sizes(&tablet, entry))
            .collect();
        assert!(changes.iter().sum::<usize>() <= 1500 || changes.len() == 1, "{changes:?}");
        if answer.teams.iter().all(|news| !news.more) {
            assert_eq!(*answer.teams[0].digest, tablet.digest(&[client(1), client(2)]));
            assert_eq!(*answer.teams[1].digest, tablet.digest(&[client(9)]));
            assert_eq!(answer.teams[0].through, 2 + 12 + 12 + 1);
            break;
        }
        assert!(!changes.is_empty(), "page {pages} brought nothing");
    }
    assert!(pages > 4, "{pages}");
    assert_eq!(tablet.document(journal(client(1))).facts().len(), 13);
    assert_eq!(tablet.document(journal(client(2))).facts().len(), 12);
    Ok(())
}

#[tokio::test]
async fn a_tablet_that_has_read_further_than_the_log_goes_is_told_all_that_there_is() -> Result<()>
{
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    for cursor in tablet.cursors.values_mut() {
        (cursor.through, cursor.filled) = (999, true);
    }
    let answer = tablet.sync().await?;
    assert_eq!(answer.teams[0].list.as_ref().map(Vec::len), Some(2));
    assert_eq!((answer.teams[0].changes.len(), answer.teams[0].through), (0, 2));
    assert_eq!(*answer.teams[0].digest, tablet.digest(&[client(1), client(2)]));
    Ok(())
}

#[tokio::test]
async fn a_document_that_nothing_was_accepted_in_is_in_no_digest() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let before = *tablet.sync().await?.teams[0].digest;
    tablet.push(journal(client(1)), b"no change").await?;
    assert_eq!(*tablet.sync().await?.teams[0].digest, before);
    tablet.documents.insert(journal(client(1)).id(), Document::new(journal(client(1))));
    assert_ne!(tablet.digest(&[client(1), client(2)]), before);
    Ok(())
}
