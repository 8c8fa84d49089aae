//! An erasure from the decision to the last file: a nurse wrote on the wrong person. What she wrote
//! is in no table and no file of the server's or of any tablet's, and nobody's work is lost.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use kjent_core::command::VisitDraft;
use kjent_core::fact::{InterventionOutcome, Note};
use kjent_core::ids::{ClientId, FactId, VisitId};
use kjent_core::view::{EntryBody, EntryState, SyncState, VisitState};
use kjent_tests::day::{ANNE, Day, FATIMA, SARA};
use kjent_tests::plan::edit_goal;
use kjent_tests::server::office_command;
use kjent_tests::tablet::{HeadlessTablet, database_key};

/// Words that nothing holds by chance.
const SENTENCE: &str = "Datteren fortalte om diagnosen som ingen på laget skulle vite om. ";

fn document(tablet: &HeadlessTablet, visit: VisitId, words: &str) -> anyhow::Result<()> {
    tablet.open().start_visit(visit)?;
    let view = tablet.open().read_visit(visit)?;
    let outcome = |intervention| InterventionOutcome { intervention, not_done: None };
    let draft = VisitDraft {
        outcomes: view.interventions.iter().map(|one| outcome(one.intervention)).collect(),
        note: Note { observation: words.into(), ..Note::default() },
        ..view.draft
    };
    tablet.open().finish_visit(visit, &draft)?;
    Ok(())
}

/// What stands in a client's journal of today, each with how far it came.
fn journal(
    tablet: &HeadlessTablet,
    client: ClientId,
) -> anyhow::Result<Vec<(FactId, String, EntryState)>> {
    let view = tablet.open().read_journal(client, 60)?;
    Ok(view
        .entries
        .into_iter()
        .filter_map(|entry| match entry.body {
            EntryBody::Visit { note, .. } | EntryBody::Note { note } => {
                Some((entry.fact, note.observation, entry.state))
            }
            _ => None,
        })
        .collect())
}

/// Whether a text is in any page of a tablet's database, free pages and gaps included, as SQLCipher
/// has it before it encrypts.
fn pages_hold(tablet: &HeadlessTablet, words: &str) -> anyhow::Result<bool> {
    let key = database_key(tablet.folder())?;
    let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut connection = rusqlite::Connection::open(tablet.folder().join("kjent.db"))?;
    connection.pragma_update(None, "key", format!("x'{key}'"))?;
    let pages = connection.serialize("main")?;
    ensure!(pages.starts_with(b"SQLite format 3"), "the pages are not in the clear");
    Ok(holds(&pages, words))
}

/// How many bytes a tablet's write-ahead log has.
fn log_length(tablet: &HeadlessTablet) -> anyhow::Result<u64> {
    Ok(std::fs::metadata(tablet.folder().join("kjent.db-wal"))?.len())
}

fn server_files_hold(database: &Path, words: &str) -> anyhow::Result<bool> {
    for ending in ["", "-wal", "-shm"] {
        let mut file = database.as_os_str().to_owned();
        file.push(ending);
        if holds(&std::fs::read(PathBuf::from(file))?, words) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|part| part == words.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_on_the_wrong_person_is_erased_everywhere() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    for tablet in [&anne, &sara] {
        tablet.sync().await?;
    }
    let today = anne.open().read_today()?;
    let card = today.visits.iter().find(|card| card.name == "Line Danser" && card.mine);
    let (client, wrong) = card.map(|card| (card.client, card.visit)).context("no visit")?;
    let another = |tablet: &HeadlessTablet| -> anyhow::Result<VisitId> {
        let today = tablet.open().read_today()?;
        let mut cards = today.visits.iter();
        let card = cards.find(|it| it.client != client && it.state == VisitState::Planned);
        Ok(card.context("no other visit")?.visit)
    };

    document(&anne, wrong, &SENTENCE.repeat(100))?;
    anne.sync().await?;
    sara.sync().await?;
    let entries = journal(&sara, client)?;
    let (fact, _, _) =
        entries.iter().find(|(_, words, _)| words.starts_with(SENTENCE)).context("not there")?;
    for tablet in [&anne, &sara] {
        ensure!(pages_hold(tablet, SENTENCE)?, "the test looks in the wrong place");
    }
    ensure!(server_files_hold(day.server.database(), SENTENCE)?, "in the wrong place");

    // Both work on without network: Anne elsewhere and on Line's goals, Sara on the same visit.
    for tablet in [&anne, &sara] {
        tablet.network.cut();
    }
    day.clock.pass_minutes(5);
    let goal = anne.open().read_client(client)?.goals.first().context("no goal")?.goal;
    edit_goal(&mut anne.open(), client, goal, "title", "Gå til butikken")?;
    document(&anne, another(&anne)?, "Anne hos en annen")?;
    document(&sara, wrong, "Sara skrev sitt uten nett")?;
    edit_goal(&mut sara.open(), client, goal, "title", "Gå til parken")?;
    let log_before = log_length(&sara)?;

    let database = day.server.database().to_str().context("no text")?.to_owned();
    let output = office_command()?
        .args(["erase", "--database", &database, "--fact", &fact.to_string()])
        .args(["--ground", "hpl. § 43", "--decided-by", ANNE])
        .output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!server_files_hold(day.server.database(), SENTENCE)?);

    for tablet in [&anne, &sara] {
        tablet.network.restore();
        tablet.sync().await?;
    }
    anne.sync().await?;
    // A tablet that comes later never had it.
    let fatima = HeadlessTablet::enrol(&day.server, FATIMA, &day.clock, 3).await?;
    fatima.sync().await?;
    let heads = anne.open().heads()?;
    let projection = anne.open().dump_projection()?;
    for tablet in [&anne, &sara, &fatima] {
        let sync = tablet.open().read_sync()?;
        assert!(matches!(sync.state, SyncState::UpToDate { .. }), "{:?}", sync.state);
        assert!(!pages_hold(tablet, SENTENCE)?);
        let read = tablet.open().read_journal(client, 60)?.erased;
        let erased: Vec<_> = read.iter().map(|one| (one.fact, one.ground.as_str())).collect();
        assert_eq!(erased, [(*fact, "hpl. § 43")]);
        let view = tablet.open().read_client(client)?;
        assert_eq!(view.unreadable, 0);
        let entries = journal(tablet, client)?;
        assert!(!entries.iter().any(|(id, ..)| id == fact));
        let saras = ("Sara skrev sitt uten nett", EntryState::Sent);
        assert!(
            entries.iter().any(|(_, words, state)| (words.as_str(), state.clone()) == saras),
            "{:?}",
            entries.iter().take(6).collect::<Vec<_>>()
        );
        let goal = view.goals.iter().find(|one| one.goal == goal).context("no goal")?;
        assert_eq!(goal.title.conflict.len(), 2);
        assert_eq!(tablet.open().heads()?, heads);
        assert_eq!(tablet.open().dump_projection()?, projection);
    }
    let log_after = log_length(&sara)?;
    assert!(log_after < log_before.min(256 * 1024), "{log_before} {log_after}");
    assert!(!server_files_hold(day.server.database(), SENTENCE)?);

    // What the screens read is a function of the changes, also of these.
    anne.open().rebuild_projection()?;
    assert_eq!(anne.open().dump_projection()?, projection);
    anne.restart()?;
    assert_eq!(anne.open().dump_projection()?, projection);
    // And the work goes on.
    document(&anne, another(&anne)?, "Etter slettingen")?;
    anne.sync().await?;
    sara.sync().await?;
    assert_eq!(anne.open().heads()?, sara.open().heads()?);
    Ok(())
}
