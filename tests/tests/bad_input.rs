//! What a tablet does with bad input: each has its own error, and what was stored is as it was.

use std::future::IntoFuture;

use anyhow::{Context, bail};
use axum::Router;
use axum::http::StatusCode;
use kjent_core::command::{ConversationDraft, VisitDraft};
use kjent_core::fact::{Note, WhatMatters};
use kjent_core::plan::Part;
use kjent_core::problem::Problem;
use kjent_core::view::{ClientView, EntryState, SyncState, VisitState};
use kjent_tablet::{Joining, SyncClient, Tablet, TabletError};
use kjent_tests::access::{Access, enrol};
use kjent_tests::day::{ANNE, Day, FATIMA, SARA};
use kjent_tests::plan::edit_goal;
use kjent_tests::tablet::{HeadlessTablet, PIN};
use tokio::net::TcpListener;

/// The code of the sentence that the worker reads.
fn code<T>(outcome: Result<T, TabletError>) -> String {
    outcome.err().map(|error| Problem::from(&error).code).unwrap_or_else(|| "no error".to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn enrolment_says_what_is_wrong_and_leaves_nothing() -> anyhow::Result<()> {
    let day = Day::start()?;
    let folder = tempfile::tempdir()?;
    let client = SyncClient::new()?;
    let server = format!("http://{}", day.server.address);
    let good = day.server.code(ANNE)?;
    let attempt = async |server: &str, access: &Access, pin: &str| {
        let joining = Joining { pin: pin.into(), ..access.joining(server)? };
        let environment = day.clock.environment(1);
        kjent_tablet::enrol(folder.path(), &joining, &client, environment).await
    };
    let unknown = Access { code: "0000-0000-0000".into(), ..good.clone() };
    let cut_off = Access { code: "kjent:1;https://a".into(), ..good.clone() };
    let nobody = TcpListener::bind("127.0.0.1:0").await?;
    let gone = format!("http://{}", nobody.local_addr()?);
    drop(nobody);

    assert_eq!(code(attempt(&server, &unknown, PIN).await), "code_unknown");
    assert_eq!(code(attempt(&server, &cut_off, PIN).await), "invitation_unreadable");
    assert_eq!(code(attempt(&server, &good, "123").await), "pin_too_short");
    assert_eq!(code(attempt(&server, &good, "111111").await), "pin_trivial");
    assert_eq!(code(attempt(&gone, &good, PIN).await), "server_unreachable");
    assert_eq!(code(attempt("not an address", &good, PIN).await), "address_unreadable");
    assert_eq!(std::fs::read_dir(folder.path())?.count(), 0, "something was left behind");

    // None of that spent the code, nor does what a cut-off enrolment left stand in the way.
    for leftover in ["kjent.db", "kjent.db-wal", "kjent.db-shm"] {
        std::fs::write(folder.path().join(leftover), "left behind")?;
    }
    assert_eq!(code(attempt(&server, &good, PIN).await), "no error");
    assert_eq!(code(attempt(&server, &good, PIN).await), "already_enrolled");
    let other = tempfile::tempdir()?;
    let again = enrol(other.path(), &server, &good, &client, day.clock.environment(2)).await;
    assert_eq!(code(again), "code_used");

    let wrong = Tablet::open(folder.path(), "482916", day.clock.environment(3));
    assert_eq!(code(wrong), "wrong_pin");
    let right = Tablet::open(folder.path(), PIN, day.clock.environment(3))?;
    assert_eq!(right.worker().name, "Anne Nordli");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_is_encrypted_and_no_file_tells_a_name() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let mut files = 0;
    for file in kjent_tests::tablet::files(anne.folder())? {
        let bytes = std::fs::read(file)?;
        files += 1;
        for secret in ["Line", "Danser", "Anne", "SQLite format", PIN] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "«{secret}» can be read in a file");
        }
    }
    assert!(files >= 2, "only {files} files");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_answers_nonsense_changes_nothing() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let before = anne.open().dump_projection()?;
    let heads = anne.open().heads()?;
    let visit = anne.open().read_today()?.visits.first().context("no visits")?.visit;
    let draft = VisitDraft {
        note: Note { observation: "Skal frem".into(), ..Note::default() },
        ..VisitDraft::default()
    };

    let cases = [
        (StatusCode::OK, &b"plain text"[..], "answer_unreadable"),
        (StatusCode::OK, &[0x28, 0xb5, 0x2f, 0xfd, 0x04], "answer_unreadable"),
        (StatusCode::BAD_GATEWAY, b"<html>", "answer_unreadable"),
        (StatusCode::UNAUTHORIZED, b"{\"code\":\"not_authenticated\"}", "not_authenticated"),
    ];
    for (status, body, expected) in cases {
        let away = anne.sync_with(&liar(status, body).await?).await?;
        assert_eq!(away.err().map(|problem| problem.code).as_deref(), Some(expected), "{status}");
    }
    assert_eq!(anne.open().dump_projection()?, before);
    assert_eq!(anne.open().heads()?, heads);

    // And the work goes on.
    anne.open().finish_visit(visit, &draft)?;
    anne.sync().await?;
    assert!(matches!(anne.open().read_sync()?.state, SyncState::UpToDate { .. }));
    Ok(())
}

/// A server that gives every request the same answer.
async fn liar(status: StatusCode, body: &'static [u8]) -> anyhow::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    let answers = Router::new().fallback(move || async move { (status, body) });
    tokio::spawn(axum::serve(listener, answers).into_future());
    Ok(address)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tablet_asks_the_same_rules_as_the_server() -> anyhow::Result<()> {
    let day = Day::start()?;
    let fatima = HeadlessTablet::enrol(&day.server, FATIMA, &day.clock, 1).await?;
    fatima.sync().await?;
    let today = fatima.open().read_today()?;
    let mut others = None;
    for card in &today.visits {
        let view = fatima.open().read_client(card.client)?;
        if !view.may_edit(Part::Goals) && !view.goals.is_empty() {
            others = Some((card.client, view.goals[0].goal));
        }
    }
    let (client, goal) = others.context("a helper may edit every goal")?;
    let before = fatima.open().dump_projection()?;
    let edit = |words: &str| edit_goal(&mut fatima.open(), client, goal, "title", words);
    assert_eq!(code(edit("Noe annet")), "role_may_not");
    let empty = ConversationDraft::default();
    assert_eq!(code(fatima.open().finish_conversation(client, &empty)), "words_needed");
    assert_eq!(code(edit("  ")), "field_needed");
    let nothing = VisitDraft::default();
    let planned = today.visits.iter().find(|card| card.state == VisitState::Planned);
    let visit = planned.context("no visit")?.visit;
    assert_eq!(code(fatima.open().finish_visit(visit, &nothing)), "nothing_written");
    assert_eq!(fatima.open().dump_projection()?, before);
    assert_eq!(fatima.open().read_sync()?.waiting, []);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_refuses_is_kept_and_says_why() -> anyhow::Result<()> {
    let day = Day::start()?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 1).await?;
    sara.sync().await?;
    let today = sara.open().read_today()?;
    let mut goal = None;
    for card in &today.visits {
        let view = sara.open().read_client(card.client)?;
        let hers =
            view.primary_contact.value == "Sara Lien" || view.service_lead.value == "Sara Lien";
        if let (false, Some(first)) = (hers, view.goals.first()) {
            goal = Some((card.client, first.goal));
        }
    }
    let (client, goal) = goal.context("no goal to edit")?;

    let office = rusqlite::Connection::open(day.server.database())?;
    let make_sara =
        |role: &str| office.execute("UPDATE member SET role = ?1 WHERE name = 'Sara Lien'", [role]);
    let before = sara.open().read_client(client)?;
    let title = |view: &ClientView| view.goals.iter().find(|one| one.goal == goal).cloned();
    for (edited, asked) in [("Saras mål", "Å få sove"), ("Saras mål igjen", "Å slippe smerter")]
    {
        // While Sara is offline, the office makes her a helper.
        assert_eq!(make_sara("nurse")?, 1);
        sara.sync().await?;
        assert_eq!(make_sara("helper")?, 1);
        edit_goal(&mut sara.open(), client, goal, "title", edited)?;
        // What she writes on top of it is allowed, and must not be lost with it.
        let conversation = WhatMatters { words: asked.into(), ..WhatMatters::default() };
        let draft = ConversationDraft { conversation, ..ConversationDraft::default() };
        sara.open().finish_conversation(client, &draft)?;
        day.clock.pass_minutes(1);
        sara.sync().await?;
    }

    let sync = sara.open().read_sync()?;
    assert_eq!(sync.state, SyncState::Refused);
    assert_eq!(sync.waiting, []);
    assert_eq!(sync.refused.len(), 2, "{:?}", sync.refused);
    for (refused, wrote) in sync.refused.iter().zip(["Saras mål", "Saras mål igjen"]) {
        assert_eq!(refused.wrote, [wrote]);
        assert_eq!(refused.reason.code, "role_may_not");
        assert_eq!(refused.reason.args.get("part").map(String::as_str), Some("goals"));
    }
    let after = sara.open().read_client(client)?;
    assert_eq!(title(&after), title(&before));
    let projection = sara.open().dump_projection()?;
    sara.open().rebuild_projection()?;
    assert_eq!(sara.open().dump_projection()?, projection);

    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 2).await?;
    anne.sync().await?;
    let seen = anne.open().read_client(client)?;
    let words: Vec<&str> = seen.what_matters.iter().map(|one| one.words.as_str()).take(2).collect();
    assert_eq!(words, ["Å slippe smerter", "Å få sove"]);
    assert_eq!(anne.open().heads()?, sara.open().heads()?);
    let kept: i64 = office.query_row("SELECT COUNT(*) FROM quarantine", [], |row| row.get(0))?;
    assert_eq!(kept, 4, "two edits, and the conversations as they were first sent");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_about_a_client_who_was_moved_meanwhile_is_kept() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let today = anne.open().read_today()?;
    let mut planned = today.visits.iter().filter(|card| card.mine);
    let moved = planned.next().context("no visit")?;
    let stays = planned.find(|card| card.client != moved.client).context("only one client")?;
    let report = |words: &str| VisitDraft {
        note: Note { observation: words.into(), ..Note::default() },
        ..VisitDraft::default()
    };

    let office = rusqlite::Connection::open(day.server.database())?;
    let gone = office.execute("DELETE FROM client WHERE id = ?1", [moved.client.bytes()])?;
    assert_eq!(gone, 1);
    // The first sync refuses, the second comes when the tablet knows that the client is gone.
    anne.open().finish_visit(moved.visit, &report("Sov da jeg kom"))?;
    anne.sync().await?;
    anne.open().finish_visit(stays.visit, &report("Alt vel"))?;
    anne.sync().await?;

    let sync = anne.open().read_sync()?;
    assert_eq!(sync.state, SyncState::Refused);
    assert_eq!(sync.waiting, []);
    let codes: Vec<&str> = sync.refused.iter().map(|one| one.reason.code.as_str()).collect();
    assert_eq!(codes, ["not_your_team"]);
    let today = anne.open().read_today()?;
    assert!(today.visits.iter().all(|card| card.client != moved.client), "she is on the list");
    let visit = anne.open().read_visit(moved.visit)?;
    let VisitState::Finished { report, .. } = &visit.state else { bail!("{:?}", visit.state) };
    assert!(matches!(report, EntryState::Refused { .. }), "the visit says {report:?}");
    let view = anne.open().read_journal(moved.client, 60)?;
    let kept = view.entries.first().context("the report is gone")?;
    assert!(matches!(kept.state, EntryState::Refused { .. }), "{:?}", kept.state);
    let projection = anne.open().dump_projection()?;
    anne.open().rebuild_projection()?;
    assert_eq!(anne.open().dump_projection()?, projection);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_takes_later_only_waits_and_holds_nothing_up() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let today = anne.open().read_today()?;
    let mut planned = today.visits.iter().filter(|card| card.mine);
    let moved = planned.next().context("no visit")?;
    let stays = planned.find(|card| card.client != moved.client).context("only one client")?;
    let office = rusqlite::Connection::open(day.server.database())?;
    office.execute("DELETE FROM client WHERE id = ?1", [moved.client.bytes()])?;
    // The tablet has been refused as much as the server keeps of one in a day.
    office.execute(
        "INSERT INTO quarantine
         SELECT x'01', zeroblob(32), id, worker, zeroblob(16), 'care', NULL, '{}',
             zeroblob(17 << 20), (strftime('%s', 'now') + 86400) * 1000
         FROM tablet",
        [],
    )?;
    let report = |words: &str| VisitDraft {
        note: Note { observation: words.into(), ..Note::default() },
        ..VisitDraft::default()
    };
    anne.open().finish_visit(moved.visit, &report("Sov da jeg kom"))?;
    anne.open().finish_visit(stays.visit, &report("Alt vel"))?;
    let problem = anne.sync().await.err().context("all was taken")?;
    assert_eq!(problem, Problem::new("server_takes_no_more"));
    let sync = anne.open().read_sync()?;
    assert_eq!(sync.waiting.len(), 1);
    assert_eq!(sync.waiting[0].client_name, moved.name);
    assert_eq!(sync.refused, []);

    office.execute("DELETE FROM quarantine", [])?;
    anne.sync().await.map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
    let sync = anne.open().read_sync()?;
    assert_eq!(sync.waiting, []);
    let codes: Vec<&str> = sync.refused.iter().map(|one| one.reason.code.as_str()).collect();
    assert_eq!(codes, ["not_your_team"]);
    Ok(())
}
