//! The access log, from a tablet without a network to the client's own extract: what was opened is
//! there once, with why and both clocks; what was searched for is nowhere; and whatever is done to
//! the log afterwards shows.

use std::path::Path;

use anyhow::{Context, ensure};
use kjent_core::access::chain::AccessEntry;
use kjent_core::access::{AccessAct, AccessOutcome, AccessReason};
use kjent_core::cbor;
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::view::SyncState;
use kjent_tests::day::{ANNE, Day, FATIMA, INGVILD, SARA};
use kjent_tests::server::OwnClockServer;
use kjent_tests::server::office_command;
use kjent_tests::tablet::{HeadlessTablet, database_key};

/// A word that nobody has written anywhere.
const WORD: &str = "zwiebelkroken";

fn line(tablet: &HeadlessTablet) -> anyhow::Result<(ClientId, VisitId)> {
    let today = tablet.open().read_today()?;
    let card = today.visits.iter().find(|card| card.name == "Line Danser" && card.mine);
    let card = card.context("Line is not on the list")?;
    Ok((card.client, card.visit))
}

/// A client whom the tablet's worker has nothing to do with today.
fn stranger(tablet: &HeadlessTablet) -> anyhow::Result<ClientId> {
    let cards = tablet.open().read_clients()?;
    for card in cards {
        tablet.open().read_client(card.client)?;
        if tablet.open().read_access_question(card.client) {
            return Ok(card.client);
        }
    }
    anyhow::bail!("everyone is hers")
}

/// The server's log, oldest first.
fn log(database: &rusqlite::Connection) -> anyhow::Result<Vec<AccessEntry>> {
    let mut query = database.prepare("SELECT body FROM access_log ORDER BY number")?;
    let bodies = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    bodies.map(|body| Ok(cbor::read(&body?)?)).collect()
}

/// Runs the office's command on a database: what it says, or what it complains of.
fn office(database: &Path, arguments: &[&str]) -> anyhow::Result<Result<String, String>> {
    let mut command = office_command()?;
    let output =
        command.arg("access-log").args(arguments).arg("--database").arg(database).output()?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes);
    Ok(match output.status.success() {
        true => Ok(text(output.stdout)?),
        false => Err(text(output.stderr)?),
    })
}

/// Whether a text is in any page of the tablet's database.
fn tablet_holds(tablet: &HeadlessTablet, text: &str) -> anyhow::Result<bool> {
    let key = database_key(tablet.folder())?;
    let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut database = rusqlite::Connection::open(tablet.folder().join("kjent.db"))?;
    database.pragma_update(None, "key", format!("x'{key}'"))?;
    let pages = database.serialize("main")?;
    ensure!(pages.starts_with(b"SQLite format 3"), "the pages are not in the clear");
    Ok(pages.windows(text.len()).any(|part| part == text.as_bytes()))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_opened_offline_comes_later_once_with_both_clocks() -> anyhow::Result<()> {
    let day = Day::start()?;
    let clock = day.clock.clone();
    let server = OwnClockServer::start(day.today, 30, clock.clone()).await?;
    let code = server.code(ANNE)?;
    let mut anne = HeadlessTablet::enrol_with(&server.address, &code, &clock, 1).await?;
    anne.sync().await.map_err(anyhow::Error::from)?;
    // The day's list is no opening.
    anne.open().read_today()?;
    anne.open().read_clients()?;
    anne.sync().await?;
    assert_eq!(log(&server.office()?)?, []);

    anne.network.cut();
    let (client, visit) = line(&anne)?;
    let opened = anne.now();
    anne.open().read_visit(visit)?;
    for _ in 0..3 {
        clock.pass_minutes(4);
        anne.open().read_client(client)?;
        anne.open().read_curves(client)?;
    }
    for letters in [3, 8, WORD.len()] {
        anne.open().search(&WORD[..letters], 20)?;
    }
    // The database is closed and opened again, and it is another opening.
    anne.restart()?;
    anne.open().read_client(client)?;
    anne.open().log_access(AccessAct::WrongPin, AccessOutcome::Refused, None, 3);
    // Rows of the log are no work that waits.
    assert_eq!(anne.open().read_sync()?.waiting, []);
    let failed = anne.sync().await.err().context("the network was cut")?;
    assert_eq!(failed.code, "server_unreachable");

    clock.pass_minutes(120);
    anne.network.restore();
    let before = anne.network.requests();
    anne.sync().await?;
    assert_eq!(anne.network.requests() - before, 1);
    assert!(matches!(anne.open().read_sync()?.state, SyncState::UpToDate { .. }));
    let entries = log(&server.office()?)?;
    let told: Vec<_> = entries
        .iter()
        .map(|entry| (entry.row.act.clone(), entry.row.client, entry.row.why.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (AccessAct::Opened, Some(client), Some(AccessReason::BeforeDoor)),
            (AccessAct::Searched, None, None),
            (AccessAct::Opened, Some(client), Some(AccessReason::VisitToday)),
            (AccessAct::WrongPin, None, None),
        ]
    );
    let first = entries.first().context("no row")?;
    assert_eq!((first.row.at, first.received), (opened, anne.now()));
    assert!(first.worker.is_some() && first.team.is_some() && first.tablet.is_some());
    assert_eq!(first.role.as_ref().map(|role| role.code()), Some("nurse"));
    assert_eq!(entries.last().map(|entry| entry.row.count), Some(3));

    // Handed in, they are not sent again, and what was searched for was never kept.
    anne.sync().await?;
    assert_eq!(log(&server.office()?)?.len(), 4);
    assert!(!tablet_holds(&anne, WORD)?);
    assert!(
        !server.office()?.serialize("main")?.windows(8).any(|part| part == &WORD.as_bytes()[..8])
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_makes_no_second_row() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let (client, _) = line(&anne)?;
    anne.open().read_client(client)?;
    // The server answers, and the tablet is killed before it has stored that.
    let prepared = anne.open().prepare_exchange()?;
    assert_eq!(prepared.request.access.len(), 1);
    anne.sync().await?;
    stranger(&anne)?;
    let again = anne.open().prepare_exchange()?;
    assert!(!again.request.access.contains(&prepared.request.access[0]));
    anne.sync().await?;
    let database = rusqlite::Connection::open(day.server.database())?;
    let entries = log(&database)?;
    let times = entries.iter().filter(|entry| entry.row == prepared.request.access[0]).count();
    assert_eq!(times, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_nothing_to_do_with_the_client_is_asked_why() -> anyhow::Result<()> {
    let day = Day::start()?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 1).await?;
    sara.sync().await?;
    let client = stranger(&sara)?;
    let unanswered = sara.open().prepare_exchange()?.request.access;
    let asked = unanswered.iter().find(|row| row.client == Some(client)).context("no row")?;
    assert_eq!(asked.why, None);

    let refused = sara.open().give_access_reason(client, &AccessReason::Other, "  ");
    assert!(matches!(refused, Err(kjent_tablet::TabletError::ReasonNeeded)));
    assert!(sara.open().read_access_question(client));
    sara.open().give_access_reason(client, &AccessReason::Other, "Naboen ringte")?;
    assert!(!sara.open().read_access_question(client));
    // The one row now says why, and when the record was opened, not when that was said.
    let rows = sara.open().prepare_exchange()?.request.access;
    let rows: Vec<_> = rows.iter().filter(|row| row.client == Some(client)).collect();
    let [row] = rows.as_slice() else { anyhow::bail!("{rows:?}") };
    assert_eq!((&row.why, row.words.as_str()), (&Some(AccessReason::Other), "Naboen ringte"));
    assert_eq!(row.at, asked.at);

    // Whom she visits, she isn't asked about.
    let today = sara.open().read_today()?;
    let mine = today.visits.iter().find(|card| card.mine).context("no visit")?.client;
    sara.open().read_client(mine)?;
    assert!(!sara.open().read_access_question(mine));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shift_report_is_a_row_for_each_client_in_it() -> anyhow::Result<()> {
    let day = Day::start()?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 1).await?;
    sara.sync().await?;
    let report = sara.open().read_handover()?;
    sara.open().read_handover()?;
    let mut told: Vec<_> = report.clients.iter().map(|one| one.client).collect();
    told.extend(report.items.iter().map(|item| item.client));
    told.sort_unstable();
    told.dedup();
    assert!(!told.is_empty());
    let rows = sara.open().prepare_exchange()?.request.access;
    assert!(
        rows.iter()
            .all(|row| row.act == AccessAct::ReadReport && row.why == Some(AccessReason::Handover))
    );
    let clients: Vec<_> = rows.iter().filter_map(|row| row.client).collect();
    assert_eq!(clients, told);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lead_asks_who_has_opened_it_and_a_helper_may_not() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let ingvild = HeadlessTablet::enrol(&day.server, INGVILD, &day.clock, 2).await?;
    let fatima = HeadlessTablet::enrol(&day.server, FATIMA, &day.clock, 3).await?;
    for tablet in [&anne, &ingvild, &fatima] {
        tablet.sync().await?;
    }
    let (client, visit) = line(&anne)?;
    anne.open().read_visit(visit)?;
    anne.sync().await?;
    assert!(ingvild.open().read_client(client)?.may_read_access_log);
    assert!(!fatima.open().read_client(client)?.may_read_access_log);

    let refused = fatima.access_log(client).await.err().context("a helper was told")?;
    assert_eq!(refused.code, "access_log_role");
    let told = ingvild.access_log(client).await?;
    // The newest first: her own question, and the helper's, which was refused.
    let newest: Vec<_> =
        told.lines.iter().map(|line| (line.act.clone(), line.outcome.clone())).take(2).collect();
    let asked = AccessAct::ReadAccessLog;
    let answers = [AccessOutcome::Given, AccessOutcome::Refused];
    assert_eq!(newest, answers.map(|outcome| (asked.clone(), outcome)));
    let anne_line = told.lines.iter().find(|line| line.name == "Anne Nordli");
    let anne_line = anne_line.context("Anne is not in it")?;
    assert_eq!(anne_line.why, Some(AccessReason::BeforeDoor));
    assert!(anne_line.profession.is_some() && !anne_line.unit.is_empty());
    assert!(!told.is_broken && !told.more);
    let head = office(day.server.database(), &["verify", "--head", &told.head])?;
    assert!(head.is_ok(), "{head:?}");

    ingvild.network.cut();
    let offline = ingvild.access_log(client).await.err().context("without a network")?;
    assert_eq!(offline.code, "server_unreachable");

    // What a tablet was told once, it can hold against the server.
    ingvild.network.restore();
    ingvild.sync().await?;
    let database = rusqlite::Connection::open(day.server.database())?;
    database.execute_batch(
        "DROP TRIGGER access_log_is_not_deleted;
         DELETE FROM access_log WHERE number > 1;",
    )?;
    assert!(ingvild.access_log(client).await?.is_broken);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_done_to_the_log_shows() -> anyhow::Result<()> {
    let mut day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let cards = anne.open().read_clients()?;
    for card in cards.into_iter().take(5) {
        anne.open().read_client(card.client)?;
    }
    anne.sync().await?;
    day.server.end()?;
    let database = day.server.database().to_owned();
    let whole = office(&database, &["verify"])?;
    let head = whole
        .as_ref()
        .ok()
        .and_then(|said| said.trim().strip_prefix("8 rows, all of them whole: "));
    let head = head.with_context(|| format!("{whole:?}"))?.to_owned();
    assert!(office(&database, &["verify", "--head", &head])?.is_ok());
    let list = office(&database, &["list", "--worker", ANNE])?.map_err(anyhow::Error::msg)?;
    assert_eq!(list.lines().count(), 5);
    assert!(list.lines().all(|line| line.split('\t').count() == 10), "{list}");
    let none = office(&database, &["list", "--worker", SARA])?.map_err(anyhow::Error::msg)?;
    assert_eq!(none, "");

    let source = rusqlite::Connection::open(&database)?;
    for statement in
        ["DELETE FROM access_log WHERE number = 8", "UPDATE access_log SET client = NULL"]
    {
        let refused = source.execute(statement, []).err().context("it was changed")?;
        assert!(refused.to_string().contains("only added to"), "{refused}");
    }
    // Before hers are the import, the account and the code.
    let cases = [
        (
            "UPDATE access_log SET body = CAST(substr(body, 1, 30) || x'00' || substr(body, 32) AS BLOB)
             WHERE number = 6",
            "row 6 was changed",
        ),
        ("UPDATE access_log SET client = NULL WHERE number = 5", "row 5 was changed"),
        ("UPDATE access_log SET hash = x'00' WHERE number = 7", "row 7 was changed"),
        ("DELETE FROM access_log WHERE number = 4", "row 4 is missing"),
        ("DELETE FROM access_log WHERE number = 7", "row 7 is missing"),
        (
            "DELETE FROM access_log WHERE number = 7; UPDATE access_log SET number = 7 WHERE number = 8",
            "row 7 was changed",
        ),
        (
            "UPDATE access_log SET number = 99 WHERE number = 5;
             UPDATE access_log SET number = 5 WHERE number = 6;
             UPDATE access_log SET number = 6 WHERE number = 99",
            "row 5 was changed",
        ),
        ("DELETE FROM access_log WHERE number > 6", "row 8 was here, and the log ends before it"),
        ("DELETE FROM access_log", "row 8 was here, and the log ends before it"),
    ];
    for (number, (meddling, complaint)) in cases.into_iter().enumerate() {
        let copy = day.folder().join(format!("copy-{number}.db"));
        let name = copy.to_str().context("a path that is no text")?;
        source.execute("VACUUM INTO ?1", [name])?;
        let meddled = rusqlite::Connection::open(&copy)?;
        meddled.execute_batch(
            "DROP TRIGGER access_log_is_not_changed; DROP TRIGGER access_log_is_not_deleted;",
        )?;
        meddled.execute_batch(meddling)?;
        drop(meddled);
        let bytes = std::fs::read(&copy)?;
        let said = office(&copy, &["verify", "--head", &head])?;
        let said = said.err().with_context(|| format!("{meddling} does not show"))?;
        assert!(said.contains(complaint), "{meddling}: {said}");
        assert_eq!(std::fs::read(&copy)?, bytes, "verifying wrote something");
        // Without a link that was given away, only the end can be cut off unseen.
        let cut_off = complaint.contains("ends before");
        assert_eq!(office(&copy, &["verify"])?.is_ok(), cut_off, "{meddling}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_client_is_told_in_plain_words() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    sara.sync().await?;
    let client = stranger(&sara)?;
    sara.open().give_access_reason(client, &AccessReason::Other, "Naboen ringte <i dag>")?;
    sara.sync().await?;
    anne.open().read_client(client)?;
    anne.sync().await?;
    let name = anne.open().read_client(client)?.name;

    let database = day.server.database();
    let id = client.to_string();
    let extract = |more: &[&str]| -> anyhow::Result<String> {
        let arguments = [&["extract", "--client", &id], more].concat();
        office(database, &arguments)?.map_err(anyhow::Error::msg)
    };
    let text = extract(&[])?;
    let day_in_words = day.today.format("%d.%m.%Y kl. 07.30").to_string();
    for words in [
        "Hvem har lest i journalen din",
        &name,
        "Sara ",
        "Anne Nordli, sykepleier, ",
        "Åpnet journalen din",
        "Hvorfor: «Naboen ringte <i dag>»",
        &day_in_words,
    ] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    assert!(!text.contains("Ingvild") && !text.contains(&id));
    // Making it stands in the next one.
    let nynorsk = extract(&["--language", "nn"])?;
    assert!(nynorsk.contains("Kven har lese i journalen din"));
    assert!(nynorsk.contains("Ingvild ") && nynorsk.contains("Såg kven som har lese"));
    assert!(extract(&["--language", "en"])?.contains("Who has read your record"));

    let file = day.folder().join("extract.html");
    let to = file.to_str().context("a path that is no text")?;
    extract(&["--as", "html", "--to", to])?;
    let page = std::fs::read_to_string(&file)?;
    assert!(page.contains("«Naboen ringte &lt;i dag&gt;»") && page.contains("<html lang=\"nb\">"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file)?.permissions().mode() & 0o777, 0o600);
    }
    // A file that is there is not written over.
    assert!(extract(&["--as", "html", "--to", to]).is_err());
    let nobody =
        office(database, &["extract", "--client", "0190aaaa-0000-7000-8000-000000000000"])?;
    assert!(nobody.is_err_and(|said| said.contains("there is no client")));
    Ok(())
}
