//! What sync lets the worker see: who has her notes and who has read them, what came late, whether
//! the day is ready, what was refused and settled, and what is older than the tablet keeps.

use anyhow::{Context, ensure};
use chrono::{Days, NaiveDateTime};
use kjent_core::clinical::{Measurement, MeasurementKind};
use kjent_core::command::{ConversationDraft, IncidentDraft, Older, VisitDraft};
use kjent_core::fact::{Home, Incident, IncidentKind, Note, Observations, WhatMatters};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::oslo;
use kjent_core::policy::LateReason;
use kjent_core::time::{Month, Timestamp};
use kjent_core::view::{
    EntryState, EntryView, LackView, ReceiptStep, SyncState, VisitCardView, VisitState, WorkView,
};
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, FATIMA, INGVILD, SARA};
use kjent_tests::tablet::HeadlessTablet;
use rusqlite::{Connection, params};

fn report(words: &str) -> VisitDraft {
    let note = Note { observation: words.into(), ..Note::default() };
    VisitDraft { note, ..VisitDraft::default() }
}

/// The newest entry of a client's journal by this worker herself.
fn own_entry(tablet: &HeadlessTablet, client: ClientId) -> anyhow::Result<EntryView> {
    let journal = tablet.open().read_journal(client, 60)?.entries;
    let mine = journal.into_iter().filter(|entry| entry.mine).max_by_key(|entry| entry.written);
    mine.context("nothing of hers is in the journal")
}

fn step(tablet: &HeadlessTablet, client: ClientId) -> anyhow::Result<(ReceiptStep, u32)> {
    let receipt = own_entry(tablet, client)?.receipt.context("no receipt")?;
    Ok((receipt.step, receipt.others))
}

fn check_up_to_date(tablet: &HeadlessTablet) -> anyhow::Result<()> {
    let state = tablet.open().read_sync()?.state;
    ensure!(matches!(state, SyncState::UpToDate { .. }), "the line says {state:?}");
    Ok(())
}

/// A client whom a colleague visits after all other visits of the day, and those other visits.
fn handed_on(anne: &HeadlessTablet) -> anyhow::Result<(VisitCardView, Vec<VisitCardView>)> {
    let mut cards = anne.open().read_today()?.visits;
    cards.sort_by_key(|card| std::cmp::Reverse(card.starts));
    for last in &cards {
        let earlier = cards.iter().filter(|card| card.client == last.client && card != &last);
        let earlier: Vec<_> = earlier.cloned().collect();
        let is_last = earlier.iter().all(|card| card.starts <= last.starts);
        if !last.mine && last.state == VisitState::Planned && is_last && !earlier.is_empty() {
            return Ok((last.clone(), earlier));
        }
    }
    anyhow::bail!("nobody comes after anybody today")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_followed_to_the_one_who_comes_next() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let (next, earlier) = handed_on(&anne)?;
    let client = next.client;
    let office = Connection::open(day.server.database())?;
    let employee: String = office.query_row(
        "SELECT employee_number FROM worker JOIN member ON member.worker = worker.id
         WHERE member.name = ?1",
        [&next.worker_name],
        |row| row.get(0),
    )?;
    let reader = [SARA, FATIMA].into_iter().find(|it| *it != employee).context("nobody else")?;
    let reader = HeadlessTablet::enrol(&day.server, reader, &day.clock, 2).await?;
    let comes_next = HeadlessTablet::enrol(&day.server, &employee, &day.clock, 3).await?;

    anne.network.cut();
    for card in &earlier {
        if card.state == VisitState::Planned {
            anne.open().finish_visit(card.visit, &report("Drakk et glass melk"))?;
        }
    }
    assert_eq!(step(&anne, client)?, (ReceiptStep::Here, 0));
    anne.network.restore();
    anne.sync().await?;
    assert_eq!(step(&anne, client)?, (ReceiptStep::OnServer, 0));

    // It is on the tablet when that tablet says so: with the request after the one that fetched it.
    comes_next.sync().await?;
    anne.sync().await?;
    assert_eq!(step(&anne, client)?, (ReceiptStep::OnServer, 0));
    comes_next.sync().await?;
    anne.sync().await?;
    let name = next.worker_name.clone();
    let on_tablet = ReceiptStep::OnTablet { name: name.clone() };
    assert_eq!(step(&anne, client)?, (on_tablet.clone(), 0));

    reader.sync().await?;
    reader.open().mark_read(client)?;
    reader.sync().await?;
    anne.sync().await?;
    assert_eq!(step(&anne, client)?, (on_tablet, 1), "somebody else has read it");

    day.clock.pass_minutes(12);
    let read_at = oslo::local(comes_next.now());
    comes_next.open().mark_read(client)?;
    comes_next.sync().await?;
    anne.sync().await?;
    let read = (ReceiptStep::Read { name, at: read_at }, 1);
    assert_eq!(step(&anne, client)?, read);

    // What she reads later doesn't move the time, nor does a restart lose it.
    day.clock.pass_minutes(5);
    let cards = reader.open().read_today()?.visits;
    let other = cards.iter().find(|it| it.client != client && it.state == VisitState::Planned);
    let other = other.context("only one client")?;
    reader.open().finish_visit(other.visit, &report("Sov"))?;
    reader.sync().await?;
    comes_next.sync().await?;
    comes_next.open().mark_read(client)?;
    comes_next.sync().await?;
    anne.sync().await?;
    anne.restart()?;
    assert_eq!(step(&anne, client)?, read);
    let journal = anne.open().read_journal(client, 60)?.entries;
    let colleagues = journal.iter().filter(|entry| !entry.mine);
    assert_eq!(colleagues.filter(|entry| entry.receipt.is_some()).count(), 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_is_ready_only_when_it_is_proven() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let today = anne.open().read_today()?;
    assert_eq!((today.readiness.as_of, today.readiness.ready), (None, 0));
    assert_eq!(today.filling.map(|filling| filling.percent), Some(0), "nothing has come yet");

    // Cut off after the list of documents: everything of the day is missing, nobody has a name.
    anne.sync_and_lose_network_after(1).await?;
    for _ in 0..2 {
        let today = anne.open().read_today()?;
        assert!(!today.readiness.missing.is_empty());
        let is_unnamed = |lack: &LackView| {
            matches!(lack, LackView::Plan { client_name: None })
                || matches!(lack, LackView::Journal { client_name: None })
        };
        assert!(today.readiness.missing.iter().all(is_unnamed), "{:?}", today.readiness);
        assert_eq!(today.readiness.as_of, None);
        assert_eq!(today.filling.map(|filling| filling.percent), Some(0));
        anne.restart()?;
    }
    anne.network.restore();
    anne.sync().await?;
    let whole = anne.open().read_today()?.readiness;
    ensure!(whole.due > 0, "Anne has no visits");
    assert_eq!((whole.ready, whole.missing.as_slice()), (whole.due, [].as_slice()));
    assert_eq!(whole.as_of, Some(oslo::local(anne.now())));
    assert_eq!(whole.holds_days, 14);
    assert_eq!(anne.open().read_today()?.filling, None);

    // It is known after a restart and without a network, and doesn't get younger.
    anne.restart()?;
    anne.network.cut();
    day.clock.pass_minutes(60);
    assert!(anne.sync().await.is_err());
    assert_eq!(anne.open().read_today()?.readiness, whole);
    anne.network.restore();

    // A journal that has to come anew is missing by name, until it is here and compared.
    let office = Connection::open(day.server.database())?;
    let line = kjent_demo::names::client("line-danser");
    let month = oslo::month(anne.now()).to_string();
    let renewed = office.execute(
        "UPDATE document SET generation = 1 WHERE client = ?1 AND month = ?2",
        params![line.bytes(), month],
    )?;
    assert_eq!(renewed, 1);
    office.execute("UPDATE team SET last_number = last_number - 1", [])?;
    anne.sync_and_lose_network_after(1).await?;
    let lacking = anne.open().read_today()?.readiness;
    let journal = LackView::Journal { client_name: Some("Line Danser".into()) };
    assert_eq!(lacking.missing, [journal]);
    assert_eq!((lacking.as_of, lacking.ready), (None, 0));
    anne.network.restore();
    anne.sync().await?;
    let again = anne.open().read_today()?.readiness;
    assert_eq!((again.ready, again.missing.len()), (whole.due, 0));
    assert_eq!(again.as_of, Some(oslo::local(anne.now())));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_late_is_marked_and_the_lead_has_a_list() -> anyhow::Result<()> {
    let day = Day::start()?;
    let back_then = |days, hour| -> anyhow::Result<NaiveDateTime> {
        let date = day.today.checked_sub_days(Days::new(days)).context("no such day")?;
        date.and_hms_opt(hour, 10, 0).context("no such time")
    };
    // Anne writes three days ago, the day before she leaves the team.
    let written = back_then(3, 14)?;
    day.clock.set(oslo::moment(written));
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let cards = anne.open().read_today()?.visits;
    let is_hers = |card: &&VisitCardView| matches!(&card.state, VisitState::Finished { by, .. } if by == "Anne Nordli");
    let card = cards.iter().find(|card| !is_hers(card)).context("no visit")?;
    anne.open().finish_visit(card.visit, &report("Skrevet i tide"))?;
    let office = Connection::open(day.server.database())?;
    let left = back_then(2, 0)?.date().to_string();
    let ended =
        office.execute("UPDATE member SET to_day = ?1 WHERE name = 'Anne Nordli'", [left])?;
    assert_eq!(ended, 1);
    // It comes today, from a tablet whose clock is ten minutes fast.
    let now = Timestamp::from(chrono::Utc::now());
    day.clock.set(now.plus_minutes(10));
    anne.sync().await?;
    assert_eq!(anne.open().read_sync()?.refused, []);

    day.clock.set(now);
    for (employee, leads, seed) in [(SARA, false, 2), (INGVILD, true, 3)] {
        let tablet = HeadlessTablet::enrol(&day.server, employee, &day.clock, seed).await?;
        tablet.sync().await?;
        let journal = tablet.open().read_journal(card.client, 60)?.entries;
        let entry =
            journal.iter().find(|entry| entry.author == "Anne Nordli" && entry.late.is_some());
        let entry = entry.context("the entry is not marked")?;
        let late = entry.late.clone().context("not late")?;
        assert_eq!(late.author, "Anne Nordli");
        assert_eq!(late.written.date(), written.date());
        assert_eq!(late.reason, LateReason::LeftTeam);
        let shown = late.tablet_clock.context("the clock's error is not told")?;
        let off = (shown - late.received).num_minutes();
        assert!((9..=10).contains(&off), "{off} minutes");

        let list = tablet.open().read_late_work()?;
        let facts: Vec<Option<FactId>> = list.iter().map(|it| it.fact).collect();
        assert_eq!(tablet.open().read_today()?.late_work, u32::from(leads));
        if leads {
            assert_eq!(facts, [Some(entry.fact)]);
            assert!(list.iter().all(|it| it.client_name == card.name && it.late == late));
            assert!(list.iter().all(|it| matches!(it.what, WorkView::Fact(_))));
        } else {
            assert_eq!(facts, [], "only the lead has a list");
        }
    }
    // Two weeks later it is off the list, and still marked.
    let ingvild = HeadlessTablet::enrol(&day.server, INGVILD, &day.clock, 4).await?;
    ingvild.sync().await?;
    day.clock.pass_minutes(15 * 24 * 60);
    assert_eq!(ingvild.open().read_late_work()?, []);
    assert_eq!(ingvild.open().read_today()?.late_work, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_work_is_settled_and_stays() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let today = anne.open().read_today()?;
    let card = today.visits.iter().find(|card| card.state == VisitState::Planned);
    let card = card.context("no visit")?.clone();
    let office = Connection::open(day.server.database())?;
    let client = card.client.bytes().to_vec();
    let moved = office.query_row(
        "DELETE FROM client WHERE id = ?1 RETURNING team, position",
        [&client],
        |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)),
    )?;
    anne.open().finish_visit(card.visit, &report("Sov da jeg kom"))?;
    let conversation = WhatMatters { words: "Å få sove".into(), ..WhatMatters::default() };
    let draft = ConversationDraft { conversation, ..ConversationDraft::default() };
    anne.open().finish_conversation(card.client, &draft)?;
    anne.sync().await?;

    let sync = anne.open().read_sync()?;
    assert_eq!(sync.state, SyncState::Refused);
    let left = sync.left.first().context("nobody has left")?;
    assert!(left.has_refused && left.client_name == card.name, "{left:?}");
    // Both can be read as they were written.
    assert_eq!(sync.refused.len(), 2);
    let texts = format!("{:?}", sync.refused);
    assert!(texts.contains("Sov da jeg kom") && texts.contains("Å få sove"), "{texts}");

    // The client comes back to the team, and with her everything that was not refused.
    let (team, position) = moved;
    office.execute(
        "INSERT INTO client (id, team, position) VALUES (?1, ?2, ?3)",
        params![client, team, position],
    )?;
    anne.sync().await?;
    let heads = anne.open().heads()?;
    for refused in &sync.refused {
        day.clock.pass_minutes(1);
        anne.open().settle_refused(refused.id)?;
        anne.open().settle_refused(refused.id)?;
    }
    assert!(matches!(anne.open().settle_refused(-1), Err(TabletError::NotFound)));
    for _ in 0..2 {
        let settled = anne.open().read_sync()?;
        assert_eq!((settled.refused.len(), settled.settled.len()), (0, 2));
        assert_ne!(settled.state, SyncState::Refused);
        assert_eq!(settled.left, []);
        // Newest first, and each as it was but for the time.
        for (was, is) in sync.refused.iter().rev().zip(&settled.settled) {
            assert_eq!((&was.work, &was.wrote, &was.entry), (&is.work, &is.wrote, &is.entry));
            assert!(is.settled.is_some());
        }
        anne.restart()?;
        anne.sync().await?;
    }
    check_up_to_date(&anne)?;
    assert_eq!(anne.open().heads()?, heads, "what was refused stays out of the document");
    let entry = own_entry(&anne, card.client)?;
    assert!(matches!(entry.state, EntryState::Refused { .. }), "{:?}", entry.state);
    assert_eq!(entry.receipt, None);
    let projection = anne.open().dump_projection()?;
    anne.open().rebuild_projection()?;
    assert_eq!(anne.open().dump_projection()?, projection);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_journal_comes_when_asked_for_and_leaves_by_itself() -> anyhow::Result<()> {
    let day = Day::with_history(40)?;
    let office = Connection::open(day.server.database())?;
    office.execute("UPDATE team SET retention_months = 0", [])?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let line = kjent_demo::names::client("line-danser");
    let this = oslo::month(anne.now());
    let before = this.previous();
    let view = |tablet: &HeadlessTablet| tablet.open().read_journal(line, 1000);
    let older = |tablet: &HeadlessTablet| -> anyhow::Result<usize> {
        let journal = view(tablet)?.entries;
        // Consents and changes of the plan stay, however old: they are in no month's journal.
        let of_a_month = journal.iter().filter(|entry| entry.kind.home() == Some(Home::Journal));
        Ok(of_a_month.filter(|entry| Month::of(entry.happened.date()) < this).count())
    };
    assert_eq!((view(&anne)?.older.from, older(&anne)?), (Some(this), 0));
    let ready = anne.open().read_today()?.readiness;
    let unread = |tablet: &HeadlessTablet| -> anyhow::Result<u32> {
        let visits = tablet.open().read_today()?.visits;
        Ok(visits.iter().filter(|it| it.client == line).map(|it| it.unread).sum())
    };
    let unread_before = unread(&anne)?;

    // Without a network it stays asked for, and takes nothing of the day's readiness away.
    anne.network.cut();
    anne.open().ask_for_older(line, before)?;
    assert!(anne.sync().await.is_err());
    assert_eq!(anne.open().older_came(line, before)?, Older::NoNetwork);
    assert_eq!(anne.open().read_today()?.readiness, ready);
    assert_eq!(anne.open().read_today()?.filling, None);
    anne.network.restore();
    anne.restart()?;

    for _ in 0..2 {
        anne.sync().await?;
        assert_eq!(anne.open().older_came(line, before)?, Older::Here);
        assert!(older(&anne)? > 0);
        assert_eq!(view(&anne)?.older.from, Some(before));
        // What is older than tablets keep is in no digest.
        check_up_to_date(&anne)?;
    }
    assert_eq!(unread(&anne)?, unread_before, "what is old is not new");

    let long_ago: Month = "2019-03".parse()?;
    anne.open().ask_for_older(line, long_ago)?;
    anne.sync().await?;
    assert_eq!(anne.open().older_came(line, long_ago)?, Older::Nothing);

    day.clock.pass_minutes(23 * 60);
    anne.sync().await?;
    assert!(older(&anne)? > 0);
    day.clock.pass_minutes(2 * 60);
    anne.sync().await?;
    assert_eq!((view(&anne)?.older.from, older(&anne)?), (Some(this), 0));
    check_up_to_date(&anne)?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_outlives_the_clients_leaving_and_can_be_signed() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let today = anne.open().read_today()?;
    let card = today.visits.iter().find(|card| card.mine && card.state == VisitState::Planned);
    let card = card.context("no visit")?.clone();
    anne.open().start_visit(card.visit)?;
    let draft = VisitDraft { started: Some(anne.now()), ..report("Midt i besøket") };
    anne.open().save_visit_draft(card.visit, &draft)?;
    let pulse = vec![Measurement::number(MeasurementKind::Pulse, 72)];
    let measured = Observations { measurements: pulse, ..Observations::default() };
    anne.open().save_observations_draft(card.client, &measured)?;
    let incident = Incident { what: "Døra sto åpen".into(), ..Incident::default() };
    let begun = IncidentDraft { kind: Some(IncidentKind::Other), incident, at: None };
    anne.open().save_incident_draft(card.client, &begun)?;
    day.clock.pass_minutes(30);

    let office = Connection::open(day.server.database())?;
    let other = [7_u8; 16];
    office.execute("INSERT INTO team (id, name) VALUES (?1, 'Et annet lag')", [other])?;
    office.execute(
        "INSERT INTO served (client, until_time, team) SELECT id, ?2, team FROM client WHERE id = ?1",
        params![card.client.bytes(), chrono::Utc::now().timestamp_millis()],
    )?;
    for table in ["client", "document"] {
        let key = if table == "client" { "id" } else { "client" };
        let moves = format!("UPDATE {table} SET team = ?2 WHERE {key} = ?1");
        office.execute(&moves, params![card.client.bytes(), other])?;
    }
    anne.sync().await?;

    // Her page opens, her visits are off the list, and the sync list says what is to be finished.
    let left = anne.open().read_today()?;
    assert!(left.visits.iter().all(|it| it.client != card.client));
    let view = anne.open().read_client(card.client)?;
    assert!(view.has_left && view.may_edit.is_empty());
    let older = anne.open().read_journal(card.client, 60)?.older;
    assert!(older.from.is_none());
    let sync = anne.open().read_sync()?;
    let waits = sync.left.first().context("nobody has left")?;
    assert_eq!((waits.visits.as_slice(), waits.has_waiting), ([card.visit].as_slice(), false));
    assert!(waits.has_observations && waits.has_incident);
    check_up_to_date(&anne)?;

    anne.open().finish_observations(card.client, &measured)?;
    anne.open().report_incident(card.client, &begun)?;
    let sync = anne.open().read_sync()?;
    let waits = sync.left.first().context("nobody has left")?;
    assert!(!waits.has_observations && !waits.has_incident);
    anne.open().finish_visit(card.visit, &draft)?;
    let sync = anne.open().read_sync()?;
    let waits = sync.left.first().context("nobody has left")?;
    assert_eq!((waits.visits.len(), waits.has_waiting), (0, true));
    anne.sync().await?;

    // It is about the time when the client was hers: the server takes it, as late.
    let sync = anne.open().read_sync()?;
    assert_eq!(sync.waiting, []);
    assert_eq!(sync.refused, []);
    assert!(matches!(anne.open().read_client(card.client), Err(TabletError::NotFound)));
    assert_eq!(anne.open().read_sync()?.left, []);
    check_up_to_date(&anne)?;
    let kept: i64 = office.query_row("SELECT COUNT(*) FROM late_work", [], |row| row.get(0))?;
    assert_eq!(kept, 3);
    Ok(())
}
