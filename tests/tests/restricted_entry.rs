//! A single entry that the client restricts, on real tablets with a real server: at the bedside and
//! without network, until no byte of it is on a tablet of whoever doesn't read it.

use anyhow::{Context, ensure};
use kjent_core::command::{NoteDraft, NoteTask};
use kjent_core::fact::Note;
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::view::{EntryBody, EntryState, EntryView, SyncState};
use kjent_demo::names;
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, FATIMA, INGVILD, SARA};
use kjent_tests::tablet::HeadlessTablet;

/// Words that nothing holds by chance.
const SECRET: &str = "Broren hadde slått henne, og det skulle ingen på laget vite om";

fn line() -> ClientId {
    names::client("line-danser")
}

fn note(words: &str) -> NoteDraft {
    let note = Note { observation: words.into(), ..Note::default() };
    NoteDraft { note, ..NoteDraft::default() }
}

async fn tablet(day: &Day, employee: &str, seed: u64) -> anyhow::Result<HeadlessTablet> {
    let tablet = HeadlessTablet::enrol(&day.server, employee, &day.clock, seed).await?;
    tablet.sync().await?;
    Ok(tablet)
}

fn write(tablet: &HeadlessTablet, task: NoteTask, words: &str) -> anyhow::Result<()> {
    tablet.open().finish_note(line(), task, &note(words))?;
    Ok(())
}

fn restrict(tablet: &HeadlessTablet, entry: FactId, readers: &[&str]) -> anyhow::Result<()> {
    let readers: Vec<WorkerId> = readers.iter().map(|number| names::worker(number)).collect();
    tablet.open().restrict_entry(line(), entry, &readers, "Bare de to skal vite det.")?;
    Ok(())
}

fn journal(tablet: &HeadlessTablet) -> anyhow::Result<Vec<EntryView>> {
    Ok(tablet.open().read_journal(line(), 60)?.entries)
}

/// The entry with the secret, as it stands in the tablet's journal.
fn secret(tablet: &HeadlessTablet) -> anyhow::Result<Option<EntryView>> {
    let says = |entry: &EntryView| match &entry.body {
        EntryBody::Note { note } => note.observation.contains(SECRET),
        _ => false,
    };
    Ok(journal(tablet)?.into_iter().find(says))
}

/// Whom the calm line says to ask.
fn asks(tablet: &HeadlessTablet) -> anyhow::Result<Option<(FactId, String)>> {
    Ok(journal(tablet)?.into_iter().find_map(|entry| match entry.body {
        EntryBody::Restricted { entry, ask } => Some((entry, ask)),
        _ => None,
    }))
}

/// That tablet and server have the same, nothing is refused, and the screens read what the changes say.
fn check(tablet: &HeadlessTablet) -> anyhow::Result<()> {
    let sync = tablet.open().read_sync()?;
    ensure!(matches!(sync.state, SyncState::UpToDate { .. }), "{:?}", sync.state);
    ensure!(sync.refused.is_empty(), "{:?}", sync.refused);
    let projected = tablet.open().dump_projection()?;
    tablet.open().rebuild_projection()?;
    let anew = tablet.open().dump_projection()?;
    ensure!(projected == anew, "{:?}", differs(&projected, &anew));
    Ok(())
}

fn differs(one: &[String], other: &[String]) -> Vec<String> {
    let not_in = |line: &&String, all: &[String]| !all.contains(line);
    let lost = one.iter().filter(|line| not_in(line, other)).map(|line| format!("- {line}"));
    let new = other.iter().filter(|line| not_in(line, one)).map(|line| format!("+ {line}"));
    lost.chain(new).map(|line| line.chars().take(200).collect()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_restricted_offline_is_on_its_readers_tablets_and_on_no_other() -> anyhow::Result<()>
{
    let day = Day::start()?;
    let (fatima, anne) = (tablet(&day, FATIMA, 1).await?, tablet(&day, ANNE, 2).await?);
    let sara = tablet(&day, SARA, 3).await?;
    write(&fatima, NoteTask::Tell, SECRET)?;
    fatima.sync().await?;
    let entry = secret(&fatima)?.context("no note")?.fact;
    day.clock.pass_minutes(1);
    write(&fatima, NoteTask::Correct(entry), &format!("{SECRET}, sa hun."))?;
    for tablet in [&fatima, &anne, &sara] {
        tablet.sync().await?;
        ensure!(secret(tablet)?.is_some() && tablet.pages_hold(SECRET)?, "in the wrong place");
    }
    ensure!(!sara.open().search("slått henne", 10)?.hits.is_empty(), "not found");

    // Line asks Fatima to keep it between her and Anne. There is no network in the bedroom.
    fatima.network.cut();
    day.clock.pass_minutes(5);
    restrict(&fatima, entry, &[ANNE])?;
    let hers = secret(&fatima)?.context("lost to its author")?;
    let names = hers.restricted.context("no sign")?.names;
    ensure!(names.len() == 2 && asks(&fatima)?.is_none(), "{names:?}");
    fatima.network.restore();
    fatima.sync().await?;
    fatima.sync().await?;

    for tablet in [&anne, &sara] {
        tablet.sync().await?;
    }
    for reader in [&fatima, &anne] {
        let entry = secret(reader)?.context("lost to a reader")?;
        ensure!(entry.restricted.is_some_and(|it| !it.is_ended && it.names == names), "no sign");
        ensure!(asks(reader)?.is_none(), "a reader is told to ask");
        ensure!(!reader.open().search("slått henne", 10)?.hits.is_empty(), "not found");
        check(reader)?;
    }
    // Sara sees that there is a note, and whom to ask. Nothing of it is on her tablet, nor ever was on
    // one that comes later, or on the lead's.
    let later = tablet(&day, SARA, 4).await?;
    let lead = tablet(&day, INGVILD, 5).await?;
    for other in [&sara, &later, &lead] {
        let (about, ask) = asks(other)?.context("no line")?;
        ensure!(about == entry && names.first() == Some(&ask), "{ask}");
        ensure!(secret(other)?.is_none() && !other.pages_hold(SECRET)?, "a byte of it is here");
        ensure!(other.open().search("slått henne", 10)?.hits.is_empty(), "found");
        ensure!(other.open().read_journal(line(), 60)?.erased.is_empty(), "shown as erased");
        check(other)?;
    }

    // What its author adds stands where the entry stands.
    day.clock.pass_minutes(5);
    write(&fatima, NoteTask::Correct(entry), &format!("{SECRET}, og det er lenge siden."))?;
    for tablet in [&fatima, &anne, &sara] {
        tablet.sync().await?;
    }
    let corrections = |it: &EntryView| it.amends == Some(entry);
    ensure!(journal(&anne)?.iter().filter(|it| corrections(it)).count() == 2, "not both");
    ensure!(!sara.pages_hold(SECRET)?, "the correction is here");

    // She lets Anne read it no more: it leaves the tablet.
    day.clock.pass_minutes(5);
    restrict(&fatima, entry, &[])?;
    fatima.sync().await?;
    anne.sync().await?;
    ensure!(secret(&anne)?.is_none() && asks(&anne)?.is_some(), "still here");
    ensure!(!anne.pages_hold(SECRET)?, "a byte of it is here");
    check(&anne)?;

    // And in the end everyone may.
    day.clock.pass_minutes(5);
    fatima.open().end_entry_restriction(line(), entry, "Alle kan vite det.")?;
    fatima.sync().await?;
    for tablet in [&anne, &sara, &fatima] {
        tablet.sync().await?;
        let shown = secret(tablet)?.context("not here")?;
        ensure!(shown.restricted.is_some_and(|it| it.is_ended) && asks(tablet)?.is_none(), "no");
        check(tablet)?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_writes_down_the_wish_loses_the_note_unless_she_is_named() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (fatima, anne) = (tablet(&day, FATIMA, 1).await?, tablet(&day, ANNE, 2).await?);
    // Written and restricted before it was ever sent: nobody else has ever seen it.
    let sara = tablet(&day, SARA, 3).await?;
    write(&fatima, NoteTask::Tell, SECRET)?;
    fatima.sync().await?;
    anne.sync().await?;
    let entry = secret(&anne)?.context("no note")?;
    ensure!(entry.may_restrict, "a nurse writes down the client's wish");
    anne.network.cut();
    restrict(&anne, entry.fact, &[])?;
    // From now on her own tablet shows no more than anybody's.
    ensure!(secret(&anne)?.is_none() && asks(&anne)?.is_some(), "still shown");
    anne.network.restore();
    anne.sync().await?;
    anne.sync().await?;
    ensure!(!anne.pages_hold(SECRET)?, "a byte of it is here");
    check(&anne)?;
    sara.sync().await?;
    ensure!(!sara.pages_hold(SECRET)? && asks(&sara)?.is_some(), "sent to others");
    fatima.sync().await?;
    ensure!(secret(&fatima)?.is_some(), "lost to its author");
    check(&fatima)?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_own_note_is_restricted_before_it_is_sent_and_what_stays_common_is_refused()
-> anyhow::Result<()> {
    let day = Day::start()?;
    let (fatima, sara) = (tablet(&day, FATIMA, 1).await?, tablet(&day, SARA, 2).await?);
    fatima.network.cut();
    write(&fatima, NoteTask::Tell, SECRET)?;
    let entry = secret(&fatima)?.context("no note")?.fact;
    // Nothing without the client's words, and no visit.
    let empty = fatima.open().restrict_entry(line(), entry, &[], "  ");
    ensure!(matches!(empty, Err(TabletError::Field(_))), "{empty:?}");
    let visit = journal(&fatima)?.into_iter().find(|it| matches!(it.body, EntryBody::Visit { .. }));
    let visit = visit.context("no visit")?;
    ensure!(!visit.may_restrict, "a visit is what everyone has to know");
    let refused = fatima.open().restrict_entry(line(), visit.fact, &[], "Nei.");
    ensure!(matches!(refused, Err(TabletError::NotRestrictable)), "{refused:?}");
    restrict(&fatima, entry, &[])?;
    fatima.network.restore();
    fatima.sync().await?;
    fatima.sync().await?;
    sara.sync().await?;
    ensure!(!sara.pages_hold(SECRET)? && asks(&sara)?.is_some(), "sent to others");
    let hers = secret(&fatima)?.context("lost to its author")?;
    ensure!(hers.state == EntryState::Sent && hers.restricted.is_some(), "{:?}", hers.state);
    check(&fatima)?;
    // A helper restricts no colleague's note.
    write(&sara, NoteTask::Tell, "Saras eget.")?;
    sara.sync().await?;
    fatima.sync().await?;
    let saras = journal(&fatima)?.into_iter().find(|it| it.first_words == "Saras eget.");
    let saras = saras.context("no note")?;
    ensure!(!saras.may_restrict, "offered");
    let refused = fatima.open().restrict_entry(line(), saras.fact, &[], "Nei.");
    ensure!(matches!(refused, Err(TabletError::Refused(_))), "{refused:?}");
    Ok(())
}
