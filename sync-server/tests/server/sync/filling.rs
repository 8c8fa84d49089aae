//! Filling a tablet: the list, documents whole, and a server that was restored from a backup.

use anyhow::{Context, Result};
use kjent_core::document::{Document, DocumentRef};
use kjent_core::protocol::{Outcome, SyncResponse};
use sha2::{Digest, Sha256};

use crate::tablet::{Tablet, journal};
use crate::world::{HELPER, NURSE, STRANGER, World, client};

const OURS: [u128; 2] = [1, 2];

async fn want(tablet: &Tablet, want: &[DocumentRef]) -> Result<SyncResponse> {
    let mut request = tablet.request(vec![]);
    request.want = want.to_vec();
    tablet.send(&request).await?.message()
}

#[tokio::test]
async fn a_documents_snapshot_is_kept_and_made_anew_once_the_document_has_changed() -> Result<()> {
    let world = World::new().await?;
    let care = DocumentRef::care(client(1));
    let mut nurse = world.enrol(NURSE).await?;
    assert!(world.rows("SELECT * FROM snapshot")?.is_empty());
    nurse.sync().await?;
    assert_eq!(world.rows("SELECT * FROM snapshot")?.len(), 2);

    // What is kept is what is given.
    let connection = rusqlite::Connection::open(world.database())?;
    let mark = |bytes: &[u8]| {
        connection.execute(
            "UPDATE snapshot SET bytes = ?1 WHERE document = ?2",
            (bytes, care.id().bytes()),
        )
    };
    mark(&with_sum(b"kept"))?;
    let kept = want(&nurse, &[care]).await?;
    assert_eq!(kept.documents[0].bytes.as_slice(), with_sum(b"kept"));
    // Unless it is damaged.
    mark(b"damaged")?;
    let anew = want(&nurse, &[care]).await?;
    assert!(Document::from_snapshot(care, &anew.documents[0].bytes).is_ok());

    nurse.goal(client(1), "Gå til postkassen selv")?;
    nurse.sync().await?;
    let answer = want(&nurse, &[care]).await?;
    let whole = Document::from_snapshot(care, &answer.documents[0].bytes)?;
    assert_eq!(whole.heads(), nurse.document(care).heads());
    mark(&with_sum(b"kept again"))?;
    let kept = want(&nurse, &[care]).await?;
    assert_eq!(kept.documents[0].bytes.as_slice(), with_sum(b"kept again"));
    Ok(())
}

/// Bytes with a saved document's head, in which their sum stands.
fn with_sum(rest: &[u8]) -> Vec<u8> {
    [&[0; 4], &Sha256::digest(rest)[..4], rest].concat()
}

#[tokio::test]
async fn documents_that_are_not_the_workers_or_not_there_are_absent_and_nothing_else_is_told()
-> Result<()> {
    let world = World::new().await?;
    let mut stranger = world.enrol(STRANGER).await?;
    stranger.note(client(9), "Hemmelig.")?;
    stranger.sync().await?;
    let helper = world.enrol(HELPER).await?;
    let care = DocumentRef::care(client(1));
    let theirs = [DocumentRef::care(client(9)), journal(client(9))];
    let nobodys = [DocumentRef::care(client(1234)), journal(client(1))];
    let all = [theirs[0], care, theirs[1], nobodys[0], nobodys[1]];
    let before = world.rows("SELECT document FROM snapshot")?;
    let answer = want(&helper, &all).await?;
    assert_eq!(answer.absent, [theirs[0], theirs[1], nobodys[0], nobodys[1]]);
    assert_eq!(answer.documents.iter().map(|one| one.document).collect::<Vec<_>>(), [care]);
    assert_eq!(world.rows("SELECT document FROM snapshot")?.len(), before.len() + 1);
    Ok(())
}

#[tokio::test]
async fn what_is_wanted_comes_in_the_order_asked_for_in_as_many_answers_as_it_takes() -> Result<()>
{
    let page = 2000;
    let world = World::with_page(page).await?;
    let mut nurse = world.enrol(NURSE).await?;
    nurse.note(client(1), &"svært lang tekst ".repeat(200))?;
    for text in ["en", "to", "tre"] {
        nurse.note(client(2), text)?;
        nurse.sync().await?;
    }
    let tablet = world.enrol(HELPER).await?;
    // The first alone is larger than a page.
    let mut left = vec![
        journal(client(1)),
        DocumentRef::care(client(2)),
        journal(client(2)),
        DocumentRef::care(client(1)),
    ];
    let mut answers = 0;
    while !left.is_empty() {
        let answer = want(&tablet, &left).await?;
        answers += 1;
        let came: Vec<_> = answer.documents.iter().map(|one| one.document).collect();
        assert!(!came.is_empty() && left.starts_with(&came), "{came:?}");
        let sizes: Vec<usize> = answer.documents.iter().map(|one| one.bytes.len()).collect();
        let but_the_last: usize = sizes.iter().rev().skip(1).sum();
        assert!(but_the_last < page, "{sizes:?}");
        left.drain(..came.len());
    }
    assert!((2..4).contains(&answers), "{answers}");
    Ok(())
}

#[tokio::test]
async fn a_list_says_what_a_tablet_has_and_about_how_much_the_rest_is() -> Result<()> {
    let world = World::new().await?;
    let mut nurse = world.enrol(NURSE).await?;
    nurse.sync().await?;
    let short = "Sov godt.";
    nurse.note(client(1), short)?;
    nurse.note(client(2), &short.repeat(500))?;
    nurse.sync().await?;
    let fresh: SyncResponse = {
        let tablet = world.enrol(HELPER).await?;
        tablet.send(&tablet.request(vec![])).await?.message()?
    };
    let list = fresh.teams[0].list.as_ref().context("no list")?;
    assert_eq!(list.len(), 4);
    for listed in list {
        let here = nurse.document(listed.document);
        let heads = here.heads().to_bytes();
        let digest = kjent_core::document::short_digest(listed.document.id(), &heads);
        let size: usize = here.changes().iter().map(|raw| raw.bytes.len()).sum();
        assert_eq!((listed.heads, listed.bytes, listed.generation), (digest, size as u64, 0));
    }
    Ok(())
}

#[tokio::test]
async fn after_a_backup_is_restored_tablets_are_given_the_list_and_send_what_was_lost() -> Result<()>
{
    let world = World::new().await?;
    let (mut nurse, mut helper) = (world.enrol(NURSE).await?, world.enrol(HELPER).await?);
    nurse.sync().await?;
    helper.sync().await?;
    let backup = world.back_up()?;
    let lost = nurse.note(client(1), "Etter sikkerhetskopien.")?;
    nurse.sync().await?;
    helper.sync().await?;
    let world = world.restore(&backup).await?;
    for tablet in [&mut nurse, &mut helper] {
        tablet.device.server = world.url("");
    }

    // The log is shorter than the tablet has read.
    let answer = nurse.sync().await?;
    let ours = OURS.map(client);
    assert_eq!(answer.teams[0].list.as_ref().map(Vec::len), Some(2));
    assert_eq!(answer.teams[0].through, 2);
    assert_ne!(*answer.teams[0].digest, nurse.digest(&ours));
    // Sent again, it stands under a number of the new log.
    assert_eq!(nurse.push(journal(client(1)), &lost.bytes).await?, Outcome::Accepted(3));
    let healed = helper.sync().await?;
    assert_eq!(*healed.teams[0].digest, helper.digest(&ours));

    // The log has grown past the cursor in the meantime: only the digest tells that it is another.
    let world = world.restore(&backup).await?;
    for tablet in [&mut nurse, &mut helper] {
        tablet.device.server = world.url("");
    }
    nurse.cursors.clear();
    nurse.note(client(2), "en")?;
    nurse.note(client(2), "to")?;
    nurse.sync().await?;
    let answer = helper.sync().await?;
    assert!(answer.teams[0].list.is_none());
    assert_ne!(*answer.teams[0].digest, helper.digest(&ours));
    for cursor in helper.cursors.values_mut() {
        cursor.through = 0;
    }
    let answer = helper.sync().await?;
    assert_eq!(answer.teams[0].list.as_ref().map(Vec::len), Some(3));
    assert_eq!(helper.document(journal(client(2))).facts().len(), 2);
    Ok(())
}
