//! Changes that no app of ours writes: made with Automerge itself, or damaged byte by byte.

use anyhow::{Context, Result};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ObjId, ROOT, ReadDoc, ScalarValue};
use kjent_core::document::{Document, DocumentRef, Edit};
use kjent_core::plan::Part;
use kjent_core::policy::Refusal;
use kjent_core::protocol::{Outcome, SyncResponse};
use kjent_core::time::{Month, Timestamp};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::tablet::{Tablet, journal};
use crate::world::{Answer, HELPER, LEAD, MORNING, NURSE, World, client, worker};

const GENESIS: &str = include_str!("../../../../core/src/document/genesis/journal.hex");

/// A tablet's journal as plain Automerge, ready for anything.
fn opened(tablet: &mut Tablet) -> Result<(Automerge, ObjId)> {
    let genesis = GENESIS.trim();
    let genesis: Vec<u8> = (0..genesis.len() / 2)
        .map(|at| u8::from_str_radix(&genesis[2 * at..2 * at + 2], 16))
        .collect::<Result<_, _>>()?;
    let mut changes = vec![Change::from_bytes(genesis)?];
    for raw in tablet.document(journal(client(1))).changes() {
        changes.push(Change::from_bytes(raw.bytes)?);
    }
    let actor = ActorId::from(tablet.actor.bytes());
    let mut document = Automerge::new().with_actor(actor);
    document.apply_changes(changes)?;
    let (_, facts) = document.get(ROOT, "facts")?.context("no facts")?;
    Ok((document, facts))
}

fn committed(
    mut document: Automerge,
    write: impl FnOnce(&mut automerge::transaction::Transaction<'_>) -> Result<()>,
) -> Result<Vec<u8>> {
    let mut writing = document.transaction();
    write(&mut writing)?;
    writing.commit_with(CommitOptions::default().with_time(0));
    Ok(document.get_last_local_change().context("no change")?.raw_bytes().to_vec())
}

#[tokio::test]
async fn a_colleagues_fact_can_be_neither_altered_nor_removed() -> Result<()> {
    let world = World::new().await?;
    let (mut nurse, mut patched) = (world.enrol(NURSE).await?, world.enrol(HELPER).await?);
    nurse.note(client(1), "Sov godt.")?;
    nurse.sync().await?;
    patched.sync().await?;
    let fact = patched.document(journal(client(1))).facts()[0];
    let key = fact.to_string();
    let sealed = patched.document(journal(client(1))).fact(fact).context("no fact")?;
    let before = world.dump()?;

    let (document, facts) = opened(&mut patched)?;
    let altered = committed(document.clone(), |writing| {
        Ok(writing.put(&facts, &key, ScalarValue::Bytes(b"Sov ikke.".to_vec()))?)
    })?;
    let removed = committed(document.clone(), |writing| Ok(writing.delete(&facts, &key)?))?;
    let stray = committed(document, |writing| Ok(writing.put(ROOT, "mine", "skjult")?))?;
    for (bytes, refusal) in [
        (&altered, Refusal::FactAltered),
        (&removed, Refusal::FactRemoved),
        (&stray, Refusal::UnknownObject),
    ] {
        let outcome = patched.push(journal(client(1)), bytes).await?;
        assert_eq!(outcome, Outcome::Refused(refusal));
    }
    assert_eq!(world.dump()?, before);
    assert_eq!(world.quarantine()?.len(), 3);
    let mut reader = world.enrol(NURSE).await?;
    reader.sync().await?;
    assert_eq!(reader.document(journal(client(1))).fact(fact), Some(sealed));
    Ok(())
}

#[tokio::test]
async fn compressed_changes_and_false_checksums_are_unreadable() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let raw = tablet.note(client(1), &"Sov godt. ".repeat(100))?;
    let compressed = Document::read_change(&raw.bytes)?.bytes().into_owned();
    assert_ne!(compressed, raw.bytes);
    let mut false_checksum = raw.bytes.clone();
    false_checksum[4] ^= 1;
    let mut kept = Vec::new();
    for bytes in [compressed, false_checksum, Vec::new(), b"no change".to_vec()] {
        let outcome = tablet.push(journal(client(1)), &bytes).await?;
        assert_eq!(outcome, Outcome::Refused(Refusal::ChangeUnreadable));
        // As they came, under the hash of what came.
        let hash = Sha256::digest(&bytes).to_vec();
        kept.push(format!("Blob({hash:?})|Blob({bytes:?})"));
        assert_eq!(world.rows("SELECT hash, bytes FROM quarantine ORDER BY rowid")?, kept);
    }
    assert!(tablet.push(journal(client(1)), &raw.bytes).await?.is_accepted());
    Ok(())
}

#[tokio::test]
async fn one_number_of_an_actors_changes_is_not_used_twice() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let edit = tablet.note_by(tablet.actor, client(1), "en annen")?;
    let at = kjent_core::time::Timestamp::from_millis(1);
    let mut twin = Document::new(journal(client(1)));
    let second = twin.write(tablet.actor, at, &[edit])?.context("no change")?;
    tablet.note(client(1), "en")?;
    tablet.sync().await?;
    let before = world.dump()?;
    let outcome = tablet.push(journal(client(1)), &second.bytes).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::ActorReused));
    assert_eq!(world.dump()?, before);
    tablet.note(client(1), "to")?;
    assert!(tablet.sync().await?.outcomes[0].is_accepted());
    Ok(())
}

/// Every byte of a change, turned over in turn, under a checksum that is right, each in a document
/// of its own: whatever Automerge makes of it, the server answers, keeps serving, and hands on
/// nothing that others can't read.
#[tokio::test]
async fn damaged_changes_never_end_the_server() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(LEAD).await?;
    let raw = planned_visit(&mut tablet)?;
    let mut documents = (2027..2227).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let mut push = Vec::new();
    for at in 9..raw.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut bytes = raw.clone();
            bytes[at] ^= flip;
            let checksum: [u8; 32] = Sha256::digest(&bytes[8..]).into();
            bytes[4..8].copy_from_slice(&checksum[..4]);
            let (year, month) = documents.next().context("too few months")?;
            let month: Month = format!("{year}-{month:02}").parse()?;
            push.push((DocumentRef::journal(client(1), month), bytes));
        }
    }
    let count = push.len();
    // What spoils its document costs more than what doesn't, and is taken a few at a time.
    let (mut accepted, mut requests) = (0, 0);
    while !push.is_empty() {
        let answer: SyncResponse = tablet.send(&tablet.request(push.clone())).await?.message()?;
        assert_eq!(answer.outcomes.len(), push.len());
        accepted += answer.outcomes.iter().filter(|one| one.is_accepted()).count();
        let mut outcomes = answer.outcomes.into_iter();
        push.retain(|_| outcomes.next() == Some(Outcome::Later));
        requests += 1;
        assert!(requests < count / 16, "{} left", push.len());
    }
    assert!(requests > 1 && accepted > 0 && accepted < count, "{accepted} of {count}");
    assert_eq!(world.quarantine()?.len(), count - accepted);

    let health = Answer::of(world.http.get(world.url("/healthz")).send().await?).await?;
    assert_eq!(health.status, 200);
    let mut reader = world.enrol(NURSE).await?;
    let answer = reader.sync().await?;
    let listed = answer.teams[0].list.as_ref().context("no list")?;
    assert_eq!(listed.len(), 2 + accepted);
    assert_eq!(*answer.teams[0].digest, reader.digest(&[client(1), client(2)]));
    let world = world.restart().await?;
    reader.device.server = world.url("");
    reader.note(client(1), "Alt virker.")?;
    assert!(reader.sync().await?.outcomes[0].is_accepted());
    Ok(())
}

/// Sixty bytes that say "ten thousand million operations".
#[tokio::test]
async fn a_change_that_would_unroll_without_end_costs_nothing() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let raw = tablet.note(client(1), "Sov godt.")?;
    let genesis = Document::read_change(&raw.bytes)?.deps()[0];

    let count = [0x80, 0xc8, 0xaf, 0xa0, 0x25];
    let columns: [(u8, &[u8]); 5] =
        [(0x15, b"\x01a"), (0x34, b""), (0x42, b"\x01"), (0x56, b"\x00"), (0x70, b"\x00")];
    let mut data = [&[1][..], &genesis.0, &[32], &tablet.actor.bytes()].concat();
    data.extend([1, 9, 0, 0, 0, columns.len() as u8]);
    for (kind, value) in columns {
        data.extend([kind, (count.len() + value.len()) as u8]);
    }
    for (_, value) in columns {
        data.extend([&count[..], value].concat());
    }
    let mut chunk = vec![1, data.len() as u8];
    chunk.extend(data);
    let checksum: [u8; 32] = Sha256::digest(&chunk).into();
    let bytes = [&raw.bytes[..4], &checksum[..4], &chunk].concat();

    let outcome = tablet.push(journal(client(1)), &bytes).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::ChangeUnreadable));
    assert!(tablet.push(journal(client(1)), &raw.bytes).await?.is_accepted());
    Ok(())
}

/// A change that makes a planned visit; it fits into every journal, for all begin the same.
fn planned_visit(tablet: &mut Tablet) -> Result<Vec<u8>> {
    let edits: Vec<Edit> = [
        ("kind", json!("planned")),
        ("starts", json!(MORNING)),
        ("minutes", json!(30)),
        ("worker", json!(worker(HELPER))),
        ("interventions", json!("")),
    ]
    .into_iter()
    .map(|(field, value)| Edit::SetField {
        part: Part::Visits,
        object: Uuid::from_u128(5),
        field: field.into(),
        value,
    })
    .collect();
    let at = Timestamp::from_millis(MORNING);
    let change = Document::new(journal(client(1))).write(tablet.actor, at, &edits)?;
    Ok(change.context("no change")?.bytes)
}
