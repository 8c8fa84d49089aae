//! Single entries that a client restricts: nothing of one leaves the server for whoever doesn't read
//! it, by any way; it is out of its journal at once, also over a kill; and readers come and go.

use anyhow::{Context, Result};
use kjent_core::document::{DocumentRef, Edit, Fact};
use kjent_core::fact::{
    EntryReaders, EntryRestricted, EntryRestrictionEnded, FactBody, FactKind, Note,
};
use kjent_core::ids::{FactId, WorkerId};
use kjent_core::policy::Refusal;
use kjent_core::protocol::{Outcome, SyncResponse};
use kjent_server::erase::{Decision, Target, erase};

use super::people::{BARRED, MEMBERS, OTHER_LEAD, OWN, world};
use super::push;
use crate::cli::{run, stdout, text};
use crate::tablet::{Tablet, journal};
use crate::world::{STRANGER, World, client, worker};

const HELPER: u128 = MEMBERS;
const NURSE: u128 = MEMBERS + 1;
const THERAPIST: u128 = MEMBERS + 2;
const WORDS: &str = "Hun fortalte om broren, og ba meg si det til ingen.";

/// A fact of the tablet's worker about the client.
fn fact(
    tablet: &Tablet,
    number: u8,
    amends: Option<FactId>,
    body: impl Into<FactBody>,
) -> Result<Edit> {
    let at = tablet.now;
    let fact = Fact::new(client(OWN), tablet.actor.worker, at, at, &body.into())?;
    let mut random = [number; 10];
    random[..8].copy_from_slice(&tablet.actor.tablet.bytes()[8..]);
    Ok(Edit::AddFact { id: FactId::mint(at, random), bytes: Fact { amends, ..fact }.seal()? })
}

fn readers(tablet: &Tablet, number: u8, readers: &[u128]) -> Result<Edit> {
    let readers = readers.iter().map(|it| worker(*it)).collect();
    fact(tablet, number, None, EntryReaders { readers, words: "Bare oss.".into() })
}

fn restricted(tablet: &Tablet, entry: FactId, ask: WorkerId) -> Result<Edit> {
    fact(tablet, 99, Some(entry), EntryRestricted { ask })
}

fn own(entry: FactId) -> DocumentRef {
    DocumentRef::restricted(client(OWN), entry)
}

/// A helper's note, on the server; with her tablet.
async fn note(world: &World) -> Result<(Tablet, FactId, Vec<u8>)> {
    let mut helper = world.enrol(HELPER).await?;
    helper.sync().await?;
    helper.note(client(OWN), WORDS)?;
    assert!(helper.sync().await?.outcomes.iter().all(Outcome::is_accepted));
    let journal = helper.document(journal(client(OWN)));
    let entry = *journal.facts().first().context("no note")?;
    let bytes = journal.fact(entry).context("no note")?;
    Ok((helper, entry, bytes))
}

/// The nurse restricts the note to these.
async fn restrict(world: &World, entry: FactId, bytes: &[u8], to: &[u128]) -> Result<Tablet> {
    let mut nurse = world.enrol(NURSE).await?;
    nurse.sync().await?;
    let moved = Edit::AddFact { id: entry, bytes: bytes.to_vec() };
    let edits = [readers(&nurse, 1, to)?, moved];
    nurse.write(own(entry), &edits)?;
    let said = restricted(&nurse, entry, worker(HELPER))?;
    nurse.write(journal(client(OWN)), &[said])?;
    let outcomes = nurse.sync().await?.outcomes;
    assert!(outcomes.iter().all(Outcome::is_accepted), "{outcomes:?}");
    Ok(nurse)
}

/// How many stored changes and snapshots of a kind of document hold the words.
fn stored(world: &World, kind: &str) -> Result<usize> {
    let mut found = 0;
    for table in ["change", "snapshot"] {
        let query = format!(
            "SELECT 1 FROM {table} JOIN document ON document.id = {table}.document
             WHERE kind = '{kind}' AND instr(bytes, CAST('{WORDS}' AS BLOB)) > 0"
        );
        found += world.rows(&query)?.len();
    }
    Ok(found)
}

/// Everything in an answer that is of a document or holds the words.
fn traces(answer: &SyncResponse, document: DocumentRef) -> Result<usize> {
    let whole = answer.documents.iter();
    let mut found = whole.filter(|it| it.document == document || holds(&it.bytes)).count();
    for news in &answer.teams {
        found += news.changes.iter().filter(|it| it.document == document).count();
        found += news.list.iter().flatten().filter(|it| it.document == document).count();
        found += news.renewed.iter().filter(|(it, _)| *it == document).count();
        found += news.late.iter().filter(|it| it.document == document).count();
    }
    let told = kjent_core::cbor::write(answer).map_err(|_| anyhow::anyhow!("no answer"))?;
    Ok(found + usize::from(holds(&told)))
}

fn holds(bytes: &[u8]) -> bool {
    bytes.windows(WORDS.len()).any(|part| part == WORDS.as_bytes())
}

#[tokio::test]
async fn nothing_of_a_restricted_entry_leaves_the_server_for_whoever_does_not_read_it() -> Result<()>
{
    let world = world().await?;
    let (_, entry, bytes) = note(&world).await?;
    let mut therapist = world.enrol(THERAPIST).await?;
    therapist.sync().await?;
    assert_eq!((stored(&world, "journal")?, stored(&world, "restricted")?), (2, 0));
    restrict(&world, entry, &bytes, &[NURSE]).await?;
    // It is out of the journal, whoever asks for what.
    assert_eq!((stored(&world, "journal")?, stored(&world, "restricted")?), (0, 1));
    assert_eq!(world.rows("SELECT 1 FROM moving_entry")?, [""; 0]);
    assert_eq!(world.rows("SELECT 1 FROM erasure WHERE swept IS NULL")?, [""; 0]);

    let answer: SyncResponse = therapist.send(&therapist.request(Vec::new())).await?.message()?;
    assert_eq!(traces(&answer, own(entry))?, 0);
    let renewed = answer.teams.iter().flat_map(|news| &news.renewed);
    assert_eq!(renewed.map(|it| it.0).collect::<Vec<_>>(), [journal(client(OWN))]);
    let mut asking = therapist.request(Vec::new());
    asking.want = vec![own(entry)];
    asking.cursors.clear();
    let answer: SyncResponse = therapist.send(&asking).await?.message()?;
    assert_eq!((traces(&answer, own(entry))?, answer.absent), (0, vec![own(entry)]));

    // A new tablet of hers, and a stranger who lets herself in, have all else and are up to date.
    let mut anew = world.enrol(THERAPIST).await?;
    let mut stranger = world.enrol(STRANGER).await?;
    stranger.break_glass(&client(OWN).to_string(), "Falt, naboen ringte.").await?;
    let mut lead = world.enrol(OTHER_LEAD).await?;
    for (tablet, clients) in [
        (&mut anew, vec![client(OWN), client(BARRED)]),
        (&mut stranger, vec![client(OWN)]),
        (&mut lead, vec![client(OWN), client(BARRED)]),
    ] {
        assert_eq!(traces(&tablet.sync().await?, own(entry))?, 0);
        assert!(!tablet.documents.contains_key(&own(entry).id()));
        let common = tablet.document(journal(client(OWN)));
        assert!(common.tombstone(entry).is_some_and(|it| it.is_moved));
        assert_eq!(common.restricted().len(), 1);
        let is_theirs = |it: &&kjent_core::protocol::TeamNews| it.team == crate::world::team(3);
        let answer = tablet.sync().await?;
        let news = answer.teams.iter().find(is_theirs).context("no team")?;
        assert_eq!(*news.digest, tablet.digest(&clients));
    }
    // Its readers have it.
    for number in [HELPER, NURSE] {
        let mut reader = world.enrol(number).await?;
        let answer = reader.sync().await?;
        assert_eq!(reader.document(own(entry)).fact(entry), Some(bytes.clone()));
        let again = reader.sync().await?;
        let news = again.teams.first().or(answer.teams.first()).context("no team")?;
        assert_eq!(*news.digest, reader.digest(&[client(OWN), client(BARRED)]));
    }
    Ok(())
}

#[tokio::test]
async fn who_does_not_read_an_entry_writes_nothing_in_its_document() -> Result<()> {
    let world = world().await?;
    let (mut helper, entry, bytes) = note(&world).await?;
    let before =
        fact(&helper, 2, Some(entry), Note { observation: "Rettet.".into(), ..Note::default() })?;
    let nurse = restrict(&world, entry, &bytes, &[THERAPIST]).await?;
    let (mut outsider, mut stranger) = (nurse.clone(), world.enrol(STRANGER).await?);
    for (tablet, expected) in
        [(&mut outsider, Refusal::NotAReader), (&mut stranger, Refusal::NotYourTeam)]
    {
        let adds = readers(tablet, 3, &[NURSE])?;
        let outcome = push(tablet, own(entry), &[adds]).await?;
        assert_eq!(outcome, Outcome::Refused(expected));
    }
    assert_eq!(world.quarantine()?.len(), 2);
    // She who wrote it down was none of them: it leaves her tablet.
    let mut nurse = nurse;
    let told = nurse.sync().await?;
    let closed: Vec<_> = told.teams.iter().flat_map(|news| news.closed.clone()).collect();
    assert_eq!(closed, [own(entry)]);
    // The author corrects it where it stands.
    let mut author = world.enrol(HELPER).await?;
    author.sync().await?;
    let Edit::AddFact { id, bytes } = before else { anyhow::bail!("no fact") };
    assert!(push(&mut author, own(entry), &[Edit::AddFact { id, bytes }]).await?.is_accepted());
    helper.sync().await?;
    Ok(())
}

#[tokio::test]
async fn words_are_moved_and_not_made_up() -> Result<()> {
    let world = world().await?;
    let (mut helper, entry, bytes) = note(&world).await?;
    let mut nurse = world.enrol(NURSE).await?;
    nurse.sync().await?;
    let names = readers(&nurse, 1, &[NURSE])?;
    let forged = Fact { written: nurse.now, ..Fact::open(&bytes)? };
    let forged = FactBody::from(Note { observation: "Hun slo meg.".into(), ..Note::default() })
        .to_bytes()
        .map(|body| Fact { body, ..forged })?
        .seal()?;
    let edits = [names.clone(), Edit::AddFact { id: entry, bytes: forged }];
    let outcome = push(&mut nurse, own(entry), &edits).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::WrongAuthor));
    // Without the entry in its own document it would be in none.
    let said = restricted(&nurse, entry, worker(HELPER))?;
    let outcome = push(&mut nurse, journal(client(OWN)), &[said]).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::EntryNotMoved));
    // A helper restricts what she wrote, and not what a colleague did.
    let mut lead = world.enrol(OTHER_LEAD).await?;
    lead.sync().await?;
    lead.note(client(OWN), "Skrevet av lederen.")?;
    lead.sync().await?;
    helper.sync().await?;
    let common = helper.document(journal(client(OWN)));
    let theirs = common.facts().into_iter().find(|it| *it != entry).context("no note")?;
    let theirs = (theirs, common.fact(theirs).context("no note")?);
    for ((id, bytes), number, expected) in [((entry, bytes), 11, None), (theirs, 12, Some(()))] {
        let edits = [readers(&helper, number, &[])?, Edit::AddFact { id, bytes }];
        let kind = FactKind::EntryRestricted;
        let expected = expected.map(|()| Outcome::Refused(Refusal::RoleMayNotWrite { kind }));
        let outcome = push(&mut helper, own(id), &edits).await?;
        assert!(expected.is_none_or(|it| it == outcome) && (number == 12 || outcome.is_accepted()));
    }
    Ok(())
}

#[tokio::test]
async fn what_a_kill_leaves_in_the_journal_is_erased_before_anybody_is_served() -> Result<()> {
    let world = world().await?;
    let (_, entry, bytes) = note(&world).await?;
    let mut nurse = world.enrol(NURSE).await?;
    nurse.sync().await?;
    let edits = [readers(&nurse, 1, &[NURSE])?, Edit::AddFact { id: entry, bytes }];
    assert!(push(&mut nurse, own(entry), &edits).await?.is_accepted());
    assert!(stored(&world, "journal")? > 0);
    // As the exchange leaves it that takes what the journal says, killed right after.
    let by = worker(NURSE);
    world.store()?.write(|records| records.erase_moved(&journal(client(OWN)), entry, by))?;
    assert!(stored(&world, "journal")? > 0);
    let world = world.restart().await?;
    assert_eq!((stored(&world, "journal")?, stored(&world, "restricted")?), (0, 1));
    assert_eq!(world.rows("SELECT 1 FROM moving_entry")?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_restricted_entry_is_erased_by_decision_where_it_stands() -> Result<()> {
    let world = world().await?;
    let (_, entry, bytes) = note(&world).await?;
    restrict(&world, entry, &bytes, &[NURSE]).await?;
    let decision = Decision {
        target: Target::Fact(entry),
        ground: "hpl. § 43".parse()?,
        decided_by: OTHER_LEAD.to_string(),
    };
    let erasure = erase(&mut world.store()?, &decision, world.clock_now())?;
    assert_eq!(erasure.document, own(entry).id());
    assert_eq!((stored(&world, "journal")?, stored(&world, "restricted")?), (0, 0));
    Ok(())
}

#[tokio::test]
async fn readers_come_and_go_and_in_the_end_everyone_reads_it() -> Result<()> {
    let world = world().await?;
    let (_, entry, bytes) = note(&world).await?;
    let mut therapist = world.enrol(THERAPIST).await?;
    therapist.sync().await?;
    let mut nurse = restrict(&world, entry, &bytes, &[NURSE]).await?;
    let later = |tablet: &mut Tablet| {
        world.clock.forward(10);
        tablet.now = world.clock_now();
    };
    later(&mut nurse);
    let both = readers(&nurse, 2, &[NURSE, THERAPIST])?;
    assert!(push(&mut nurse, own(entry), &[both]).await?.is_accepted());
    later(&mut therapist);
    therapist.sync().await?;
    assert_eq!(therapist.document(own(entry)).fact(entry), Some(bytes.clone()));
    // What she wrote before she was taken off is late, and not lost.
    let mut aside = therapist.clone();
    later(&mut nurse);
    let one = readers(&nurse, 3, &[NURSE])?;
    assert!(push(&mut nurse, own(entry), &[one]).await?.is_accepted());
    later(&mut aside);
    let answer: SyncResponse = aside.send(&aside.request(Vec::new())).await?.message()?;
    assert_eq!(traces(&answer, own(entry))?, 0);
    let closed: Vec<_> = answer.teams.iter().flat_map(|news| news.closed.clone()).collect();
    assert_eq!(closed, [own(entry)]);
    let mut words = therapist.clone();
    let said = readers(&words, 4, &[THERAPIST])?;
    let change = words.write(own(entry), &[said])?;
    words.outbox.clear();
    words.now = aside.now;
    assert!(words.push(own(entry), &change.bytes).await?.is_accepted());
    let late = world.rows("SELECT reason FROM late_work")?;
    assert_eq!(late, ["Text(\"restricted\")"]);
    // Ended: whoever the client lets in has it, a new tablet too.
    later(&mut nurse);
    nurse.sync().await?;
    let ended = EntryRestrictionEnded { words: "Alle kan vite det.".into() };
    let ended = fact(&nurse, 5, None, ended)?;
    assert!(push(&mut nurse, own(entry), &[ended]).await?.is_accepted());
    let mut lead = world.enrol(OTHER_LEAD).await?;
    lead.sync().await?;
    for tablet in [&mut lead, &mut therapist] {
        tablet.sync().await?;
        assert_eq!(tablet.document(own(entry)).fact(entry), Some(bytes.clone()));
    }
    Ok(())
}

#[tokio::test]
async fn a_client_moves_with_unread_entries_only_when_that_is_said() -> Result<()> {
    let world = world().await?;
    let (_, entry, bytes) = note(&world).await?;
    restrict(&world, entry, &bytes, &[NURSE]).await?;
    let (database, who) = (text(&world.database())?, client(OWN).to_string());
    let to = ["--to", "Arbeidslag Sagene"];
    let command = [&["move-client", "--database", &database, "--client", &who][..], &to].concat();
    let refused = run(&command)?;
    let said = String::from_utf8(refused.stderr)?;
    assert!(!refused.status.success() && said.contains("reads 1 of the entries"), "{said}");
    // It was not moved, or this would complain.
    let moved = stdout(&[&command[..], &["--leave-unread"]].concat())?;
    assert_eq!(moved, format!("Arbeidslag Sagene serves client {who} from now on\n"));
    Ok(())
}

#[tokio::test]
async fn what_an_author_added_before_the_entry_came_is_taken_also_when_she_has_left() -> Result<()>
{
    let world = world().await?;
    let mut helper = world.enrol(HELPER).await?;
    helper.sync().await?;
    // Written two days ago, without network, in a document of its own; and added to.
    helper.now = helper.now.plus_minutes(-2 * 24 * 60);
    let note = |words: &str| Note { observation: words.into(), ..Note::default() };
    let written = fact(&helper, 1, None, note(WORDS))?;
    let Edit::AddFact { id: entry, .. } = written else { anyhow::bail!("no fact") };
    let edits = [written, readers(&helper, 2, &[NURSE])?];
    helper.write(own(entry), &edits)?;
    let more = fact(&helper, 3, Some(entry), note("Og naboen."))?;
    helper.write(own(entry), &[more])?;
    helper.now = world.clock_now();
    let (team, last) = (crate::world::team(3), crate::world::day("2026-11-20")?);
    world.store()?.write(|records| records.end_membership(team, worker(HELPER), last))?;
    let outcomes = helper.sync().await?.outcomes;
    assert!(outcomes.len() == 2 && outcomes.iter().all(Outcome::is_accepted), "{outcomes:?}");
    assert_eq!((stored(&world, "journal")?, stored(&world, "restricted")?), (0, 1));
    Ok(())
}
