//! Receipts: what is on whose tablet, and read by whom.

use anyhow::Result;
use kjent_core::protocol::{ReadMark, Receipt, SyncResponse};
use kjent_core::time::Timestamp;

use crate::world::{HELPER, MORNING, NURSE, STRANGER, World, client, worker};

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_millis(MORNING).plus_minutes(minutes)
}

#[tokio::test]
async fn a_note_is_delivered_when_a_filled_tablet_has_it_and_read_when_its_worker_says_so()
-> Result<()> {
    let world = World::new().await?;
    let (mut nurse, mut helper) = (world.enrol(NURSE).await?, world.enrol(HELPER).await?);
    nurse.sync().await?;
    // A tablet that still fills has not got anything for certain.
    let listing: SyncResponse = helper.send(&helper.request(vec![])).await?.message()?;
    assert!(listing.teams[0].list.is_some());
    assert_eq!(nurse.sync().await?.teams[0].receipts, []);
    helper.sync().await?;
    nurse.note(client(1), "Sov godt.")?;
    nurse.sync().await?;
    helper.sync().await?;

    // By its next request the helper's tablet says that it has the note.
    world.clock.forward(10);
    helper.read.push(ReadMark { client: client(1), through: 3, at: at(7) });
    helper.sync().await?;
    let through = 3;
    let delivered = Receipt { worker: worker(HELPER), client: None, through, at: at(10) };
    let read = Receipt { client: Some(client(1)), at: at(7), ..delivered };
    let answer = nurse.sync().await?;
    assert_eq!(answer.teams[0].receipts, [delivered, read]);
    // Told once, and nobody is told their own.
    assert_eq!(nurse.sync().await?.teams[0].receipts, []);
    let own = helper.sync().await?;
    assert!(own.teams[0].receipts.iter().all(|receipt| receipt.worker == worker(NURSE)));
    Ok(())
}

#[tokio::test]
async fn nobody_has_read_further_than_the_log_goes_nor_elsewhere_nor_backwards() -> Result<()> {
    let world = World::new().await?;
    let (mut nurse, mut helper) = (world.enrol(NURSE).await?, world.enrol(HELPER).await?);
    let mut stranger = world.enrol(STRANGER).await?;
    for tablet in [&mut nurse, &mut helper, &mut stranger] {
        tablet.sync().await?;
    }
    let mark = |client, through| ReadMark { client, through, at: at(0) };
    helper.read =
        vec![mark(client(1), 999), mark(client(9), 1), mark(client(1234), 1), mark(client(2), 2)];
    helper.sync().await?;
    helper.read = vec![mark(client(2), 1)];
    helper.sync().await?;
    let told = nurse.sync().await?.teams[0].receipts.clone();
    let got: Vec<_> = told.iter().map(|one| (one.worker, one.client, one.through)).collect();
    let by = worker(HELPER);
    assert_eq!(got, [(by, None, 2), (by, Some(client(1)), 2), (by, Some(client(2)), 2)]);
    assert_eq!(stranger.sync().await?.teams[0].receipts, []);
    assert_eq!(world.rows("SELECT DISTINCT team FROM receipt")?.len(), 2);

    // A cursor beyond the log is of another log: no receipt of it, either.
    let mut request = helper.request(vec![]);
    for cursor in &mut request.cursors {
        cursor.through = 999;
    }
    helper.send(&request).await?;
    assert_eq!(nurse.sync().await?.teams[0].receipts, []);
    Ok(())
}
