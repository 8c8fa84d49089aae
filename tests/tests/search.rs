//! Search on a tablet: words in their forms, names, what is typed badly; and that what is gone from
//! the tablet is gone from the index.

use anyhow::{Context, ensure};
use kjent_core::command::VisitDraft;
use kjent_core::fact::FactKind;
use kjent_core::fact::{InterventionOutcome, Note};
use kjent_core::ids::ClientId;
use kjent_core::view::{HitKind, HitView, SnippetPart, VisitState};
use kjent_tests::day::{ANNE, Day, SARA};
use kjent_tests::plan::edit_goal;
use kjent_tests::tablet::{HeadlessTablet, database_key};

/// Words that no demo data has.
const NOTE: &str = "Gråsprengt zwårhæl. Kjøpte blåbær på Øståsjordet.";

/// Documents the worker's next visit with a note, and says to whom.
fn write(tablet: &HeadlessTablet, words: &str) -> anyhow::Result<ClientId> {
    let today = tablet.open().read_today()?;
    let card = today.visits.iter().find(|card| card.mine && card.state == VisitState::Planned);
    let card = card.context("no visit is left")?;
    tablet.open().start_visit(card.visit)?;
    let view = tablet.open().read_visit(card.visit)?;
    let outcome = |intervention| InterventionOutcome { intervention, not_done: None };
    let draft = VisitDraft {
        outcomes: view.interventions.iter().map(|one| outcome(one.intervention)).collect(),
        note: Note { observation: words.into(), ..Note::default() },
        ..view.draft
    };
    tablet.open().finish_visit(card.visit, &draft)?;
    Ok(card.client)
}

fn find(tablet: &HeadlessTablet, query: &str) -> anyhow::Result<Vec<HitView>> {
    Ok(tablet.open().search(query, 50)?.hits)
}

fn marked(hit: &HitView) -> Vec<&str> {
    let words = hit.snippet.iter().filter_map(|part| match part {
        SnippetPart::Match(word) => Some(word.as_str()),
        SnippetPart::Plain(_) => None,
    });
    words.collect()
}

/// The tablet's database, opened beside it.
fn database(tablet: &HeadlessTablet) -> anyhow::Result<rusqlite::Connection> {
    let key = database_key(tablet.folder())?;
    let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let connection = rusqlite::Connection::open(tablet.folder().join("kjent.db"))?;
    connection.pragma_update(None, "key", format!("x'{key}'"))?;
    Ok(connection)
}

/// Whether a text is in any page of the database.
fn pages_hold(tablet: &HeadlessTablet, text: &str) -> anyhow::Result<bool> {
    let mut database = database(tablet)?;
    let pages = database.serialize("main")?;
    ensure!(pages.starts_with(b"SQLite format 3"), "the pages are not in the clear");
    Ok(pages.windows(text.len()).any(|part| part == text.as_bytes()))
}

/// Asks the index whether it has the words of the texts beside it, and no others.
fn check_index(tablet: &HeadlessTablet) -> anyhow::Result<()> {
    database(tablet)?
        .execute("INSERT INTO search_word (search_word, rank) VALUES ('integrity-check', 1)", [])
        .context("the index and the texts differ")?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_found_in_their_forms() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    let client = write(&anne, NOTE)?;
    anne.sync().await?;
    sara.sync().await?;
    let name = anne.open().read_client(client)?.name;
    let first = name.split_whitespace().next().context("no name")?;

    // At once on the tablet that wrote it, and by sync on the other.
    for tablet in [&anne, &sara] {
        let cases = [
            ("zwårhæl", true),
            ("ZWÅRHÆL", true),
            ("zwår", true),
            ("zwårhælene", true),
            ("gråsprengte zwårhæler", true),
            ("blåbærene øståsjordet", true),
            ("zwarhel", false),
            ("zwårhel", false),
            ("ostasjordet", false),
            ("zwårhæl finnesikke", false),
        ];
        for (query, is_found) in cases {
            assert_eq!(!find(tablet, query)?.is_empty(), is_found, "{query}");
        }
        // With the client's name it is still one hit, and it says why it is one.
        let hits = find(tablet, &format!("{first} zwårhælen"))?;
        let [hit] = hits.as_slice() else { anyhow::bail!("{hits:?}") };
        assert_eq!((hit.client, hit.kind.clone()), (client, HitKind::Fact(FactKind::VisitReport)));
        assert_eq!(hit.client_name, name);
        assert_eq!(hit.author.as_deref(), Some("Anne Nordli"));
        assert!(hit.when.is_some() && hit.fact.is_some());
        assert_eq!(marked(hit), ["zwårhæl"]);
        check_index(tablet)?;
    }
    // Another client's name does not find it.
    assert!(find(&anne, "zwårhæl finnesikke")?.is_empty());
    let other = anne.open().read_today()?.visits.into_iter().find(|it| it.client != client);
    let other = other.context("one client only")?.name;
    assert!(find(&anne, &format!("zwårhæl {other}"))?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn people_come_first_then_the_plan_then_the_newest() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let today = anne.open().read_today()?;
    let line = today.visits.iter().find(|card| card.name == "Line Danser").context("no Line")?;
    for query in ["l", "line", "Danser", "line dans"] {
        let hits = find(&anne, query)?;
        let person =
            hits.iter().find(|hit| hit.client == line.client && hit.kind == HitKind::Client);
        assert!(person.is_some(), "{query}: {hits:?}");
        let place = |hit: &HitView| match hit.kind {
            HitKind::Client => 0,
            HitKind::Contact => 1,
            HitKind::Goal | HitKind::Intervention | HitKind::Decision | HitKind::Critical => 2,
            _ => 3,
        };
        assert!(hits.is_sorted_by_key(place), "{query}");
        assert!(hits.iter().rev().filter(|it| place(it) == 3).is_sorted_by_key(|it| it.when));
    }
    let first = find(&anne, "line")?.into_iter().next().context("nothing")?;
    assert_eq!((first.client, first.kind), (line.client, HitKind::Client));

    // A goal is found by its words as they are now, and not as they were.
    let view = anne.open().read_client(line.client)?;
    let goal = view.goals.first().context("no goal")?.goal;
    for (title, was) in [("Zwanse på fjellet", None), ("Qvile ved sjøen", Some("zwanse"))] {
        edit_goal(&mut anne.open(), line.client, goal, "title", title)?;
        let word = title.split_whitespace().next().context("no word")?;
        let kinds: Vec<_> = find(&anne, word)?.iter().map(|hit| hit.kind.clone()).collect();
        assert_eq!(kinds, [HitKind::Goal], "{word}");
        assert_eq!(was.map_or(Ok(Vec::new()), |was| find(&anne, was))?, []);
    }
    let most = anne.open().search("line", 3)?;
    assert_eq!(most.hits.len(), 3);
    check_index(&anne)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_typed_is_looked_for_as_words() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    write(&anne, NOTE)?;
    let long = "å".repeat(10_000);
    let many = "zwårhæl ".repeat(1_250);
    for empty in ["", "   ", "\0", "\"", "''", "* ^ ( ) : -", "\u{301}"] {
        assert_eq!(find(&anne, empty)?, [], "{empty:?}");
    }
    for none in [
        "zwårhæl AND finnesikke",
        "zwårhæl OR finnesikke",
        "zwårhæl NOT",
        "NEAR(zwårhæl qq)",
        &long,
    ] {
        assert_eq!(find(&anne, none)?, [], "{none:?}");
    }
    let found = [
        "\"zwårhæl",
        "zwårhæl\"",
        "zwårhæl*",
        "^zwårhæl",
        "zwårhæl)",
        "(zwårhæl",
        "zwår\u{ad}hæl",
        "zwårhæl\0gråsprengt",
        "-zwårhæl",
        "zwårhæl'; --",
        "{zwårhæl} : \"gråsprengt\"",
        &many,
    ];
    for query in found {
        let hits = find(&anne, query);
        let count = hits.map(|hits| hits.len());
        if query.contains('\u{ad}') {
            assert!(count.is_ok(), "{query:?}");
        } else {
            assert_eq!(count.ok(), Some(1), "{query:?}");
        }
    }
    // Scripts whose letters and marks are counted in more than one way.
    for query in ["मराठी", "العَرَبِيَّة", "日本語", "ไทยที่", "Ⓐⓑ", "x²", "٣", "a\u{308}"]
    {
        assert!(find(&anne, query).is_ok(), "{query:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_the_tablet_leaves_the_index() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let client = write(&anne, NOTE)?;
    anne.sync().await?;
    assert_eq!(find(&anne, "zwårhæl")?.len(), 1);
    ensure!(pages_hold(&anne, "wårhæl")?, "the test looks in the wrong place");

    let office = rusqlite::Connection::open(day.server.database())?;
    assert_eq!(office.execute("DELETE FROM client WHERE id = ?1", [client.bytes()])?, 1);
    anne.sync().await?;
    anne.sync().await?;
    assert_eq!(find(&anne, "zwårhæl")?, []);
    assert!(find(&anne, "sår")?.iter().all(|hit| hit.client != client));
    check_index(&anne)?;
    // What the index keeps of a word leaves out how the word before it begins.
    for word in ["wårhæl", "råsprengt", "ståsjordet"] {
        assert!(!pages_hold(&anne, word)?, "{word} is still in the file");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_is_indexed_when_it_is_opened() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    write(&anne, NOTE)?;
    let projection = anne.open().dump_projection()?;
    let hits = find(&anne, "zwårhæl")?;
    assert_eq!(hits.len(), 1);

    let older = database(&anne)?;
    older.execute_batch(
        "DROP VIEW expected_visit; DROP VIEW goer; DROP VIEW takeover; DROP VIEW standing_fact;
         DROP TABLE search_word; DROP TABLE search_entry; DROP TABLE thread_link;
         DROP INDEX erased_of_visit; ALTER TABLE erased_fact DROP COLUMN visit;
         DROP TABLE access_row; DROP TABLE break_glass; DROP TABLE restricted_entry;
         DROP VIEW fresh_fact; DROP TABLE goal_mark; DROP INDEX fact_in_journal;
         DROP INDEX fact_by_writing; DROP INDEX fact_of_restriction; DROP INDEX fact_of_wrong_person;
         DROP INDEX fact_measured; ALTER TABLE fact DROP COLUMN is_measured;
         DROP INDEX arrival_of_client; ALTER TABLE arrival DROP COLUMN client",
    )?;
    // The last one without the index of words.
    older.pragma_update(None, "user_version", 5)?;
    drop(older);

    anne.restart()?;
    assert_eq!(find(&anne, "zwårhæl")?, hits);
    assert_eq!(anne.open().dump_projection()?, projection);
    check_index(&anne)?;
    anne.open().rebuild_projection()?;
    assert_eq!(anne.open().dump_projection()?, projection);
    check_index(&anne)?;
    // It is done once.
    let asked: i64 = database(&anne)?.query_row(
        "SELECT COUNT(*) FROM setting WHERE key = 'rebuild'",
        [],
        |row| row.get(0),
    )?;
    assert_eq!(asked, 0);
    Ok(())
}
