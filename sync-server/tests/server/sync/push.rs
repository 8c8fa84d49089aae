//! What is accepted, and how it is stored.

use std::collections::BTreeSet;

use anyhow::Result;
use kjent_core::document::DocumentRef;
use kjent_core::policy::Refusal;
use kjent_core::protocol::{Outcome, SyncResponse};
use tokio::task::JoinSet;

use crate::tablet::journal;
use crate::world::{FORMER, HELPER, LEAD, NURSE, World, client, team};

#[tokio::test]
async fn what_one_tablet_writes_the_other_reads_and_both_are_up_to_date() -> Result<()> {
    let world = World::new().await?;
    let (mut nurse, mut helper) = (world.enrol(NURSE).await?, world.enrol(HELPER).await?);
    nurse.sync().await?;
    nurse.note(client(1), "Sov godt.")?;
    nurse.goal(client(1), "Gå til postkassen selv")?;
    helper.note(client(1), "Spiste frokost.")?;
    helper.note(client(2), "Ville ikke dusje.")?;
    let ours = [client(1), client(2)];

    let first = nurse.sync().await?;
    assert!(first.outcomes.iter().all(Outcome::is_accepted));
    assert_eq!(*first.teams[0].digest, nurse.digest(&ours));
    let second = helper.sync().await?;
    assert!(second.outcomes.iter().all(Outcome::is_accepted));
    assert_eq!(second.outcomes.len(), 2);
    assert_eq!(*second.teams[0].digest, helper.digest(&ours));
    assert_ne!(first.teams[0].digest, second.teams[0].digest);

    let third = nurse.sync().await?;
    assert_eq!(*third.teams[0].digest, nurse.digest(&ours));
    for (id, document) in &helper.documents {
        assert_eq!(document.heads(), nurse.documents[id].heads());
        assert_eq!(document.facts(), nurse.documents[id].facts());
    }
    assert_eq!(helper.document(journal(client(1))).facts().len(), 2);

    // A tablet doesn't get back what it sent just now, and nothing twice.
    let quiet = nurse.sync().await?;
    assert!(quiet.teams[0].changes.is_empty() && !quiet.teams[0].more);
    assert_eq!(quiet.teams[0].through, third.teams[0].through);
    Ok(())
}

#[tokio::test]
async fn outcomes_come_in_the_order_of_the_request_with_the_numbers_of_the_changes() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let mut stored = Vec::new();
    for (number, subject, text) in [(3, 2, "en"), (4, 1, "to"), (5, 2, "tre")] {
        let hash = tablet.note(client(subject), text)?.hash.0;
        stored.push(format!("Integer({number})|Blob({:?})", hash.to_vec()));
    }
    let elsewhere = tablet.note(client(9), "Ikke min.")?;
    let last = tablet.outbox.len() - 1;
    assert_eq!(tablet.outbox[last].1, elsewhere);
    tablet.outbox.swap(1, last);
    tablet.outbox.swap(2, last);
    let answer = tablet.sync().await?;
    let refused = Outcome::Refused(Refusal::NotYourTeam);
    let accepted = Outcome::Accepted;
    assert_eq!(answer.outcomes, [accepted(3), refused, accepted(4), accepted(5)]);
    let query = "SELECT number, hash FROM change WHERE tablet IS NOT NULL ORDER BY number";
    assert_eq!(world.rows(query)?, stored);
    Ok(())
}

#[tokio::test]
async fn a_tablet_that_did_not_hear_the_answer_is_told_of_its_own_changes_too() -> Result<()> {
    let world = World::new().await?;
    let (mut tablet, mut other) = (world.enrol(NURSE).await?, world.enrol(NURSE).await?);
    for each in [&mut tablet, &mut other] {
        each.sync().await?;
    }
    let change = tablet.note(client(1), "Sov godt.")?;
    let push = vec![(journal(client(1)), change.bytes)];
    // Sent, and the answer lost on the way.
    assert_eq!(tablet.send(&tablet.request(push)).await?.status, 200);
    tablet.outbox.clear();
    let told = tablet.sync().await?;
    assert_eq!(told.teams[0].changes.len(), 1);
    assert_eq!(*told.teams[0].digest, tablet.digest(&[client(1), client(2)]));
    // So is the worker's other tablet.
    assert_eq!(other.sync().await?.teams[0].changes.len(), 1);
    assert_eq!(other.document(journal(client(1))).facts().len(), 1);
    Ok(())
}

#[tokio::test]
async fn sending_again_is_accepted_again_and_stores_nothing() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let change = tablet.note(client(1), "Sov godt.")?;
    let twice = vec![(journal(client(1)), change.bytes.clone()); 2];
    let answer: SyncResponse = tablet.send(&tablet.request(twice)).await?.message()?;
    assert_eq!(answer.outcomes, [Outcome::Accepted(3), Outcome::Accepted(3)]);
    let stored = world.dump()?;
    let again = tablet.push(journal(client(1)), &change.bytes).await?;
    assert_eq!(again, Outcome::Accepted(3));
    assert_eq!(world.dump()?, stored);
    assert_eq!(world.quarantine()?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn one_who_left_sees_no_team_but_hears_that_what_was_accepted_is_there() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let change = tablet.note(client(1), "Sov godt.")?;
    tablet.sync().await?;
    rusqlite::Connection::open(world.database())?
        .execute("UPDATE member SET to_day = '2026-11-20' WHERE role = 'helper'", [])?;
    assert!(tablet.push(journal(client(1)), &change.bytes).await?.is_accepted());
    assert!(tablet.sync().await?.teams.is_empty());
    assert!(world.enrol(FORMER).await?.sync().await?.teams.is_empty());
    Ok(())
}

#[tokio::test]
async fn numbers_of_a_team_have_no_gap_when_many_tablets_push_at_once() -> Result<()> {
    let world = World::new().await?;
    let mut running = JoinSet::new();
    for worker in [LEAD, NURSE, HELPER, LEAD, NURSE, HELPER] {
        let mut tablet = world.enrol(worker).await?;
        tablet.sync().await?;
        running.spawn(async move {
            let mut through = Vec::new();
            for round in 0..5 {
                tablet.note(client(1), &format!("runde {round}"))?;
                tablet.note(client(2), &format!("runde {round}"))?;
                let answer = tablet.sync().await?;
                assert!(answer.outcomes.iter().all(Outcome::is_accepted));
                assert_eq!(*answer.teams[0].digest, tablet.digest(&[client(1), client(2)]));
                through.push(answer.teams[0].through);
            }
            anyhow::Ok((tablet, through))
        });
    }
    let mut tablets = Vec::new();
    while let Some(done) = running.join_next().await {
        let (tablet, through) = done??;
        assert!(through.is_sorted_by(|one, next| one < next), "{through:?}");
        tablets.push(tablet);
    }
    // Two care documents were imported before.
    let expected: Vec<String> = (1..=62).map(|number| format!("Integer({number})")).collect();
    let id = format!("x'{}'", team(1).0.simple());
    let query = format!("SELECT number FROM change WHERE team = {id} ORDER BY number");
    assert_eq!(world.rows(&query)?, expected);

    let mut digests = BTreeSet::new();
    for tablet in &mut tablets {
        let answer = tablet.sync().await?;
        assert_eq!(*answer.teams[0].digest, tablet.digest(&[client(1), client(2)]));
        assert_eq!(tablet.document(journal(client(1))).facts().len(), 30);
        digests.insert(*answer.teams[0].digest);
    }
    assert_eq!(digests.len(), 1);
    Ok(())
}

#[tokio::test]
async fn another_server_on_the_same_database_goes_on_where_the_first_ended() -> Result<()> {
    let world = World::new().await?;
    let mut nurse = world.enrol(NURSE).await?;
    nurse.sync().await?;
    nurse.goal(client(1), "Gå til postkassen selv")?;
    nurse.sync().await?;
    let stored = world.dump()?;
    let world = world.restart().await?;
    assert_eq!(world.dump()?, stored);

    nurse.device.server = world.url("");
    nurse.goal(client(1), "Gå til butikken selv")?;
    assert!(nurse.sync().await?.outcomes[0].is_accepted());
    let mut helper = world.enrol(HELPER).await?;
    helper.sync().await?;
    let care = DocumentRef::care(client(1));
    assert_eq!(helper.document(care).heads(), nurse.document(care).heads());
    Ok(())
}
