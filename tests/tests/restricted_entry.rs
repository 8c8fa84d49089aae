//! A single entry that the client restricts, on real tablets with a real server: at the bedside and
//! without network, until no byte of it is on a tablet of whoever doesn't read it.

use anyhow::{Context, ensure};
use kjent_core::command::{NoteDraft, NoteTask, Older};
use kjent_core::fact::{EntryReaders, FactKind, Note, Restriction};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::view::{EntryBody, EntryState, EntryView, ReceiptStep, SyncState};
use kjent_demo::names;
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, FATIMA, INGVILD, SARA};
use kjent_tests::server::office_command;
use kjent_tests::tablet::HeadlessTablet;

/// The planner.
const PETTER: &str = "1011";

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

/// Writes the note so that it never lies in the common journal.
fn write_apart(tablet: &HeadlessTablet, words: &str, readers: &[&str]) -> anyhow::Result<()> {
    let readers = readers.iter().map(|number| names::worker(number)).collect();
    let readers = EntryReaders { readers, words: "Bare de to skal vite det.".into() };
    let draft = NoteDraft { readers: Some(readers), ..note(words) };
    tablet.open().save_note_draft(line(), NoteTask::Tell, &draft)?;
    let kept = tablet.open().read_note(line(), NoteTask::Tell)?;
    ensure!(kept.draft == draft && kept.restricts.is_some(), "the draft is restricted as well");
    tablet.open().finish_note(line(), NoteTask::Tell, &draft)?;
    Ok(())
}

fn restrict(tablet: &HeadlessTablet, entry: FactId, readers: &[&str]) -> anyhow::Result<()> {
    let readers: Vec<WorkerId> = readers.iter().map(|number| names::worker(number)).collect();
    tablet.open().restrict_entry(line(), entry, &readers, "Bare de to skal vite det.")?;
    Ok(())
}

fn journal(tablet: &HeadlessTablet) -> anyhow::Result<Vec<EntryView>> {
    Ok(tablet.open().read_journal(line(), 1000)?.entries)
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

/// The kinds of the server's documents that have the words, and how many documents have ever been
/// made anew because something was erased.
fn on_server(day: &Day) -> anyhow::Result<(Vec<String>, u32)> {
    let database = rusqlite::Connection::open(day.server.database())?;
    let mut query = database.prepare(
        "SELECT DISTINCT document.kind FROM document
         JOIN (SELECT document, bytes FROM change UNION ALL SELECT document, bytes FROM snapshot) AS it
             ON it.document = document.id
         WHERE instr(it.bytes, CAST(?1 AS BLOB)) > 0",
    )?;
    let kinds = query.query_map([SECRET], |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?;
    let renewed = database.query_row("SELECT count(*) FROM erasure", [], |row| row.get(0))?;
    Ok((kinds, renewed))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_restricted_as_it_is_written_never_lies_in_the_common_journal() -> anyhow::Result<()>
{
    let day = Day::start()?;
    let [fatima, anne, sara, lead] = day.tablets([FATIMA, ANNE, SARA, INGVILD]).await?;
    fatima.network.cut();
    let without_words = NoteDraft { readers: Some(EntryReaders::default()), ..note(SECRET) };
    let empty = fatima.open().finish_note(line(), NoteTask::Tell, &without_words);
    ensure!(matches!(empty, Err(TabletError::Field(_))), "{empty:?}");
    ensure!(journal(&fatima)?.iter().all(|it| it.state != EntryState::Waiting), "half of it");
    write_apart(&fatima, SECRET, &[ANNE])?;
    let hers = secret(&fatima)?.context("lost to its author")?;
    ensure!(hers.state == EntryState::Waiting && asks(&fatima)?.is_none(), "{:?}", hers.state);
    let left = fatima.open().read_note(line(), NoteTask::Tell)?.draft;
    ensure!(left == NoteDraft::default(), "the draft is still there");

    // Whatever is cut off on the way, and whoever syncs in between, nobody else has it.
    fatima.network.restore();
    let lost = fatima.sync_and_lose_network_after(0).await;
    sara.sync().await?;
    ensure!(!sara.pages_hold(SECRET)?, "on its way: {lost:?}");
    fatima.network.restore();
    fatima.sync().await?;
    fatima.sync().await?;
    let (kinds, renewed) = on_server(&day)?;
    ensure!(kinds == ["restricted"] && renewed == 0, "{kinds:?}, {renewed} made anew");
    let later = tablet(&day, SARA, 9).await?;
    for other in [&sara, &later, &lead] {
        other.sync().await?;
        ensure!(!other.pages_hold(SECRET)?, "a byte of it is here");
        let (about, ask) = asks(other)?.context("no line")?;
        ensure!(about == hers.fact && ask == hers.author, "{ask}");
        check(other)?;
    }
    anne.sync().await?;
    for reader in [&fatima, &anne] {
        let it = secret(reader)?.context("lost to a reader")?;
        ensure!(it.state == EntryState::Sent && asks(reader)?.is_none(), "{:?}", it.state);
        let names = it.restricted.context("no sign")?.names;
        ensure!(names.len() == 2 && names.first() == Some(&hers.author), "{names:?}");
        check(reader)?;
    }

    // It is corrected, opened and restricted as any other.
    day.clock.pass_minutes(5);
    write(&fatima, NoteTask::Correct(hers.fact), &format!("{SECRET}, sa hun."))?;
    let answered = NoteDraft { readers: Some(EntryReaders::default()), ..note(SECRET) };
    let refused = fatima.open().finish_note(line(), NoteTask::Correct(hers.fact), &answered);
    ensure!(matches!(refused, Err(TabletError::NotRestrictable)), "{refused:?}");
    fatima.open().end_entry_restriction(line(), hers.fact, "Alle kan vite det.")?;
    fatima.sync().await?;
    for tablet in [&anne, &sara, &later, &fatima] {
        tablet.sync().await?;
        ensure!(secret(tablet)?.is_some() && asks(tablet)?.is_none(), "not opened");
        check(tablet)?;
    }
    ensure!(on_server(&day)? == (vec!["restricted".to_owned()], 0), "never anywhere else");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wrote_for_few_hears_of_nobody_else_who_has_it() -> anyhow::Result<()> {
    let day = Day::start()?;
    let [fatima, anne, sara] = day.tablets([FATIMA, ANNE, SARA]).await?;
    write_apart(&fatima, SECRET, &[ANNE])?;
    fatima.sync().await?;
    for tablet in [&sara, &anne] {
        tablet.sync().await?;
        // That all is there is told with the request after the one that fetched it.
        tablet.open().mark_read(line())?;
        tablet.sync().await?;
    }
    fatima.sync().await?;
    let receipt = secret(&fatima)?.and_then(|it| it.receipt).context("no receipt")?;
    let named = match &receipt.step {
        ReceiptStep::OnTablet { name } | ReceiptStep::Read { name, .. } => name.as_str(),
        ReceiptStep::Here | ReceiptStep::OnServer => "",
    };
    let read = usize::from(!named.is_empty()) + receipt.others as usize;
    ensure!(!named.contains("Sara") && read == 1, "{receipt:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_reads_such_entries_and_is_let_in_can_be_chosen() -> anyhow::Result<()> {
    let day = Day::start()?;
    let [anne, lead] = day.tablets([ANNE, INGVILD]).await?;
    let offered = |tablet: &HeadlessTablet, kind| -> anyhow::Result<Vec<WorkerId>> {
        let all = tablet.open().read_entry_readers(line(), &kind)?;
        Ok(all.into_iter().map(|it| it.worker).collect())
    };
    let team = lead.open().read_client(line())?.people.appointable;
    ensure!(team.iter().any(|it| it.worker == names::worker(PETTER)), "the planner is in the team");
    for kind in [FactKind::Note, FactKind::ContactLogged] {
        let all = offered(&anne, kind)?;
        ensure!(!all.contains(&names::worker(PETTER)), "a planner reads no entries");
        ensure!([ANNE, SARA, FATIMA].iter().all(|it| all.contains(&names::worker(it))), "{all:?}");
    }
    let bar = Restriction {
        worker: Some(names::worker(SARA)),
        role: None,
        words: "Hun er naboen min.".into(),
    };
    lead.open().restrict(line(), &bar)?;
    let all = offered(&lead, FactKind::Note)?;
    ensure!(!all.contains(&names::worker(SARA)) && all.contains(&names::worker(ANNE)), "{all:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_restricts_and_who_ends_it_is_in_the_clients_own_extract() -> anyhow::Result<()> {
    let day = Day::start()?;
    let [fatima, sara] = day.tablets([FATIMA, SARA]).await?;
    write_apart(&fatima, SECRET, &[ANNE])?;
    let entry = secret(&fatima)?.context("no note")?.fact;
    fatima.sync().await?;
    day.clock.pass_minutes(5);
    restrict(&fatima, entry, &[])?;
    fatima.sync().await?;
    day.clock.pass_minutes(5);
    fatima.open().end_entry_restriction(line(), entry, "Alle kan vite det.")?;
    fatima.sync().await?;
    sara.sync().await?;
    let client = line().to_string();
    let did = |language: &str, texts: [&str; 4]| -> anyhow::Result<()> {
        let mut command = office_command()?;
        command.args(["access-log", "extract", "--client", &client, "--language", language]);
        let output = command.arg("--database").arg(day.server.database()).output()?;
        ensure!(output.status.success(), "{output:?}");
        let told = String::from_utf8(output.stdout)?;
        for text in texts {
            ensure!(told.matches(text).count() >= 1, "{text} is not in {told}");
        }
        // Others than its readers read the log: the client's own words are not in it.
        ensure!(!told.contains("Bare de to") && !told.contains("Alle kan vite"), "{told}");
        Ok(())
    };
    did(
        "nb",
        [
            "Skjermet noe i journalen din, så bare noen få kan lese det",
            "Endret hvem som kan lese noe skjermet i journalen din",
            "Opphevet en skjerming i journalen din",
            "Du ønsket det slik",
        ],
    )?;
    did(
        "nn",
        [
            "Skjerma noko i journalen din, så berre nokre få kan lese det",
            "Endra kven som kan lese noko skjerma i journalen din",
            "Oppheva ei skjerming i journalen din",
            "Du ønskte det slik",
        ],
    )?;
    did(
        "en",
        [
            "Restricted something in your record",
            "Changed who can read something restricted in your record",
            "Ended a restriction in your record",
            "You wished it so",
        ],
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_that_was_written_for_few_and_refused_is_still_its_authors() -> anyhow::Result<()> {
    let day = Day::start()?;
    let [fatima, sara] = day.tablets([FATIMA, SARA]).await?;
    fatima.network.cut();
    write_apart(&fatima, SECRET, &[ANNE])?;
    // What she was is not what she is, and there is nothing that she might have written it as.
    let office = rusqlite::Connection::open(day.server.database())?;
    office.busy_timeout(std::time::Duration::from_secs(5))?;
    let name = secret(&fatima)?.context("no note")?.author;
    office.execute("UPDATE member SET role = 'break_glass' WHERE name = ?1", [name])?;
    fatima.network.restore();
    fatima.sync().await?;
    fatima.sync().await?;
    let hers = secret(&fatima)?.context("lost to its author")?;
    ensure!(matches!(hers.state, EntryState::Refused { .. }), "{:?}", hers.state);
    ensure!(!hers.may_restrict && asks(&fatima)?.is_none(), "there is nobody to ask");
    ensure!(!fatima.open().read_sync()?.refused.is_empty(), "in silence");
    let projected = fatima.open().dump_projection()?;
    fatima.open().rebuild_projection()?;
    let anew = fatima.open().dump_projection()?;
    ensure!(projected == anew, "{:?}", differs(&projected, &anew));
    sara.sync().await?;
    ensure!(asks(&sara)?.is_none() && !sara.pages_hold(SECRET)?, "a line about nothing");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_month_comes_with_its_restricted_entries_to_their_readers() -> anyhow::Result<()> {
    const LONG_AGO: i64 = 120 * 24 * 60;
    let day = Day::start()?;
    let fatima = tablet(&day, FATIMA, 1).await?;
    day.clock.pass_minutes(-LONG_AGO);
    let month = oslo::month(fatima.now());
    write_apart(&fatima, SECRET, &[ANNE])?;
    fatima.sync().await?;
    day.clock.pass_minutes(LONG_AGO);
    let (anne, sara) = (tablet(&day, ANNE, 2).await?, tablet(&day, SARA, 3).await?);
    for tablet in [&anne, &sara] {
        ensure!(secret(tablet)?.is_none() && !tablet.pages_hold(SECRET)?, "old as it is");
        tablet.open().ask_for_older(line(), month)?;
        tablet.sync().await?;
        tablet.sync().await?;
        ensure!(tablet.open().older_came(line(), month)? == Older::Here, "it did not come");
    }
    let it = secret(&anne)?.context("the month came without its entry")?;
    ensure!(it.restricted.is_some() && asks(&anne)?.is_none(), "no sign");
    ensure!(asks(&sara)?.is_some() && !sara.pages_hold(SECRET)?, "it came to another");
    for tablet in [&anne, &sara] {
        check(tablet)?;
    }
    // Both leave together.
    day.clock.pass_minutes(25 * 60);
    anne.sync().await?;
    ensure!(secret(&anne)?.is_none() && asks(&anne)?.is_none(), "still here");
    check(&anne)
}
