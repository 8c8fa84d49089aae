//! What one hostile tablet can cost: requests that are cheap to make and dear to look at.

use std::io::Write;
use std::time::Instant;

use anyhow::{Context, Result};
use automerge::{Change, ExpandedChange};
use kjent_core::document::{Document, DocumentRef, Edit, Fact, PackedChange, packed};
use kjent_core::fact::{FactBody, Note};
use kjent_core::ids::FactId;
use kjent_core::policy::Refusal;
use kjent_core::protocol::{
    MAX_PARTS, MAX_UNPACKED, Outcome, PROTOCOL, Pushed, ReadMark, SyncResponse, body,
};
use kjent_core::time::Timestamp;
use serde::{Serialize, Serializer};
use serde_bytes::Bytes;

use crate::tablet::{Tablet, journal};
use crate::world::{HELPER, MORNING, World, client};

/// Sends changes of one document in one list, and tells what became of them and how long it took.
async fn push_all(
    tablet: &Tablet,
    document: DocumentRef,
    changes: Vec<PackedChange>,
) -> Result<Vec<Outcome>> {
    let (count, started) = (changes.len(), Instant::now());
    let mut request = tablet.request(Vec::new());
    request.cursors.clear();
    request.push = vec![Pushed { document, generation: 0, changes }];
    let answer: SyncResponse = tablet.send(&request).await?.message()?;
    // For whoever runs it alone; nothing is asserted of time.
    let _ = writeln!(std::io::stderr(), "{count} changes in {:?}", started.elapsed());
    Ok(answer.outcomes)
}

/// Changes made from one by writing over what it says of itself.
fn variants(
    raw: &[u8],
    count: i64,
    alter: impl Fn(&mut ExpandedChange, i64),
) -> Result<Vec<Vec<u8>>> {
    let expanded = Document::read_change(raw)?.decode();
    let variant = |number| {
        let mut one = expanded.clone();
        one.time += number;
        alter(&mut one, number);
        Change::from(one).raw_bytes().to_vec()
    };
    Ok((0..count).map(variant).collect())
}

fn pack(changes: &[Vec<u8>]) -> Vec<PackedChange> {
    packed::pack(changes.iter().map(Vec::as_slice))
}

#[tokio::test]
async fn a_change_that_is_sent_ten_thousand_times_is_stored_once() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let change = tablet.note(client(1), "Sov godt.")?;
    tablet.sync().await?;
    let before = world.dump()?;
    let list = pack(&vec![change.bytes; 10_000]);
    let outcomes = push_all(&tablet, journal(client(1)), list).await?;
    assert_eq!(outcomes, vec![Outcome::Accepted(3); 10_000]);
    assert_eq!(world.dump()?, before);
    assert_eq!(world.quarantine()?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn empty_changes_are_refused_one_by_one_and_take_no_number() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let note = tablet.note(client(1), "Sov godt.")?;
    let before = world.dump()?;
    let empty = variants(&note.bytes, 20_000, |change, _| change.operations.clear())?;
    let outcomes = push_all(&tablet, journal(client(1)), pack(&empty)).await?;
    assert_eq!(outcomes.len(), 20_000);
    assert!(outcomes.iter().all(|one| *one == Outcome::Refused(Refusal::ChangeEmpty)));
    assert_eq!(world.dump()?, before);
    assert_eq!(world.quarantine()?.len(), 20_000);

    // The quarantine takes a day's worth, counting what a row costs; the rest stays on the tablet.
    let mut kept = 20_000;
    for round in 1..=2 {
        let more = variants(&note.bytes, 20_000, |change, number| {
            change.operations.clear();
            change.time += 1_000_000 * round + number;
        })?;
        let outcomes = push_all(&tablet, journal(client(1)), pack(&more)).await?;
        let refused = outcomes.iter().filter(|one| matches!(one, Outcome::Refused(_))).count();
        assert!(outcomes[refused..].iter().all(|one| *one == Outcome::Later));
        kept += refused;
    }
    assert!(kept < 60_000 && kept * empty[0].len() < 16 << 20, "{kept}");
    assert_eq!(world.quarantine()?.len(), kept);
    assert_eq!(world.dump()?, before);

    assert_eq!(tablet.sync().await?.outcomes, [Outcome::Accepted(3)]);
    Ok(())
}

/// A request as large as a body may be, of nothing but the smallest changes.
#[derive(Serialize)]
struct Millions {
    protocol: u16,
    now: i64,
    push: [Many; 1],
    cursors: [(); 0],
    want: [(); 0],
    read: [(); 0],
}

#[derive(Serialize)]
struct Many {
    document: DocumentRef,
    generation: u32,
    #[serde(serialize_with = "smallest")]
    changes: usize,
}

fn smallest<S: Serializer>(count: &usize, serializer: S) -> Result<S::Ok, S::Error> {
    let nothing: [u32; 0] = [];
    serializer.collect_seq((0..*count).map(|_| (nothing, nothing, nothing, Bytes::new(&[]))))
}

#[tokio::test]
async fn more_changes_than_anybody_writes_are_refused_unread() -> Result<()> {
    let world = World::new().await?;
    let tablet = world.enrol(HELPER).await?;
    let before = world.dump()?;
    // As many as fit into a body, as many as its items may be, and one more than are looked at.
    let cases = [
        (MAX_UNPACKED / 5 - 100, "body_too_large"),
        (MAX_UNPACKED / 16 / 5, "body_too_large"),
        (MAX_UNPACKED / 16 / 5 - 100, "too_many_changes"),
        (MAX_PARTS - 7, "too_many_changes"),
    ];
    for (changes, code) in cases {
        let push = [Many { document: journal(client(1)), generation: 0, changes }];
        let (now, none) = (MORNING, []);
        let request =
            Millions { protocol: PROTOCOL, now, push, cursors: none, want: none, read: none };
        let (body, started) = (body::pack(&request)?, Instant::now());
        let size = body.len();
        let answer = tablet.post(body).await?;
        let took = started.elapsed();
        let _ = writeln!(std::io::stderr(), "{changes} changes in {size} bytes: {took:?}");
        assert_eq!(answer.problem()?, (413, code.into()), "{changes}");
    }
    let mut request = tablet.request(Vec::new());
    let mark = ReadMark { client: client(1), through: 1, at: Timestamp::from_millis(MORNING) };
    request.read = vec![mark; MAX_PARTS];
    let answer = tablet.send(&request).await?;
    assert_eq!(answer.problem()?, (413, "too_many_changes".into()));
    request.read.truncate(MAX_PARTS - request.cursors.len());
    tablet.send(&request).await?.message::<SyncResponse>()?;
    let receipts = |row: &String| row.contains("\"receipt\"") || row.contains("\"team\"");
    let but_receipts = |rows: Vec<String>| -> Vec<String> {
        rows.into_iter().filter(|row| !receipts(row)).collect()
    };
    assert_eq!(but_receipts(world.dump()?), but_receipts(before));
    assert_eq!(world.rows("SELECT * FROM receipt")?.len(), 1);
    assert_eq!(world.quarantine()?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_change_that_builds_on_nothing_or_on_what_nobody_knows_is_refused() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let note = tablet.note(client(1), "Sov godt.")?;
    let before = world.dump()?;
    let nothing = variants(&note.bytes, 1, |change, _| {
        change.deps.clear();
        change.start_op = std::num::NonZeroU64::MIN;
    })?;
    let unknown = variants(&note.bytes, 1, |change, _| {
        change.deps = vec![automerge::ChangeHash([7; 32])];
    })?;
    let twice = variants(&note.bytes, 1, |change, _| change.deps.push(change.deps[0]))?;
    let cases = [
        (nothing, Refusal::MissingDependency),
        (unknown, Refusal::MissingDependency),
        (twice, Refusal::ChangeUnreadable),
    ];
    let count = cases.len();
    for (changes, refusal) in cases {
        let outcomes = push_all(&tablet, journal(client(1)), pack(&changes)).await?;
        assert_eq!(outcomes, [Outcome::Refused(refusal)]);
    }
    // A chain of empty changes: the first is empty, and the others build on one that isn't there.
    let mut chain: Vec<Vec<u8>> = Vec::new();
    for number in 0..100 {
        let on = chain.last().map(|bytes| Document::read_change(bytes)).transpose()?;
        let next = variants(&note.bytes, 1, |change, _| {
            change.operations.clear();
            change.time += number;
            if let Some(before) = &on {
                change.deps = vec![before.hash()];
                change.seq = before.seq() + 1;
            }
        })?;
        chain.extend(next);
    }
    let outcomes = push_all(&tablet, journal(client(1)), pack(&chain)).await?;
    assert_eq!(outcomes[0], Outcome::Refused(Refusal::ChangeEmpty));
    let missing = Outcome::Refused(Refusal::MissingDependency);
    assert!(outcomes[1..].iter().all(|one| *one == missing), "{outcomes:?}");
    assert_eq!(world.dump()?, before);
    assert_eq!(world.quarantine()?.len(), count + 100);
    Ok(())
}

/// Places in an actor's count that nobody has come to, and moments that no clock shows.
#[tokio::test]
async fn numbers_out_of_this_world_are_refused_each_for_its_own_reason() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let note = tablet.note(client(1), "Sov godt.")?;
    let before = world.dump()?;
    let far = variants(&note.bytes, 1, |change, _| change.seq = u64::from(u32::MAX))?;
    let late = variants(&note.bytes, 1, |change, _| {
        change.start_op = std::num::NonZeroU64::MAX;
    })?;
    let signed = variants(&note.bytes, 1, |change, _| change.message = Some("hei".into()))?;
    for (changes, refusal) in [
        (far, Refusal::MissingDependency),
        (late, Refusal::ChangeUnreadable),
        (signed, Refusal::ChangeUnreadable),
    ] {
        let outcome = tablet.push(journal(client(1)), &changes[0]).await?;
        assert_eq!(outcome, Outcome::Refused(refusal));
    }
    for millis in [i64::MIN, i64::MAX, 8_210_266_876_799_999] {
        let at = Timestamp::from_millis(millis);
        let body = FactBody::Note(Note::default());
        let fact = Fact::new(client(1), tablet.actor.worker, at, at, &body)?;
        let edit = Edit::AddFact { id: FactId::mint(at, [3; 10]), bytes: fact.seal()? };
        let mut copy = Document::new(journal(client(1)));
        let change = copy.write(tablet.actor, at, &[edit])?.context("no change")?;
        let outcome = tablet.push(journal(client(1)), &change.bytes).await?;
        assert_eq!(outcome, Outcome::Refused(Refusal::FactInWrongDocument), "{millis}");
    }
    assert_eq!(world.dump()?, before);
    Ok(())
}
