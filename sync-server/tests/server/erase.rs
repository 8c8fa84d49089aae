//! `kjent-server erase` beside a server that goes on serving: the words are in no table and in no
//! file, and everything else stands.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use kjent_core::document::{DocumentRef, Edit, Fact};
use kjent_core::fact::{FactBody, Note};
use kjent_core::ids::FactId;
use kjent_core::plan::Part;
use kjent_core::protocol::{Outcome, SyncResponse};
use kjent_core::time::Timestamp;
use kjent_server::erase::{Decision, Target};
use kjent_server::store::Swept;
use serde_json::json;
use uuid::Uuid;

use crate::cli::{run, stdout, text};
use crate::tablet::{Tablet, journal};
use crate::world::{HELPER, LEAD, MORNING, NURSE, STRANGER, World, client};

/// Words that nothing holds by chance, more than fit on a page of the database.
fn secret() -> String {
    SENTENCE.repeat(200)
}
const SENTENCE: &str = "Datteren fortalte om diagnosen som ingen på laget skulle vite om. ";

/// Whether the words are in any of the database's files, and in which.
fn files_with(database: &Path, words: &str) -> Result<Vec<&'static str>> {
    let mut found = Vec::new();
    for ending in ["", "-wal", "-shm"] {
        let mut file = database.as_os_str().to_owned();
        file.push(ending);
        // Read by another process: closing a file here would take the locks off it that the server
        // in this process holds.
        let bytes = Command::new("cat").arg(&file).output()?.stdout;
        if bytes.windows(words.len()).any(|part| part == words.as_bytes()) {
            found.push(ending);
        }
    }
    Ok(found)
}

/// Writes a note and tells its id.
fn note(tablet: &mut Tablet, words: &str) -> Result<FactId> {
    let edit = tablet.note_by(tablet.actor, client(1), words)?;
    let Edit::AddFact { id, .. } = &edit else { anyhow::bail!("not a fact") };
    let id = *id;
    tablet.write(journal(client(1)), &[edit])?;
    Ok(id)
}

fn erase(world: &World, what: &[&str]) -> Result<Output> {
    let (database, lead) = (text(&world.database())?, LEAD.to_string());
    let mut arguments = vec!["erase", "--database", &database, "--decided-by", &lead];
    arguments.extend(["--ground", "hpl. § 43"]);
    arguments.extend(what);
    run(&arguments)
}

fn said(output: &Output) -> String {
    let all = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&all).into_owned()
}

#[tokio::test]
async fn an_erased_fact_is_in_no_file_and_the_work_goes_on() -> Result<()> {
    let world = World::new().await?;
    let mut nurse = world.enrol(NURSE).await?;
    let mut stranger = world.enrol(STRANGER).await?;
    let mut erased = FactId(Uuid::nil());
    for number in 0..30 {
        // The one to erase lies among others, some of which move from page to page as they come.
        if number == 12 {
            erased = note(&mut nurse, &secret())?;
        }
        note(&mut nurse, &format!("notat {number} ").repeat(40))?;
        nurse.sync().await?;
    }
    let at = Timestamp::from_millis(MORNING);
    let correction = FactBody::Note(Note { done: "Feil person".into(), ..Note::default() });
    let mut correction = Fact::new(client(1), nurse.actor.worker, at, at, &correction)?;
    correction.amends = Some(erased);
    let correcting = FactId(Uuid::from_u128(6));
    let edit = Edit::AddFact { id: correcting, bytes: correction.seal()? };
    nurse.write(journal(client(1)), &[edit])?;
    nurse.sync().await?;
    // Refused with the same words in it, and kept.
    let words = nurse.document(journal(client(1))).fact(erased).context("no fact")?;
    let copy = Edit::AddFact { id: FactId(Uuid::from_u128(5)), bytes: words };
    let copy = stranger.write(journal(client(1)), &[copy])?;
    let refused = stranger.push(journal(client(1)), &copy.bytes).await?;
    ensure!(matches!(refused, Outcome::Refused(_)), "{refused:?}");
    ensure!(!files_with(&world.database(), SENTENCE)?.is_empty(), "looked in the wrong place");
    let before = world.rows("SELECT number, tablet, received FROM change ORDER BY number")?;

    let output = erase(&world, &["--fact", &erased.to_string()])?;
    ensure!(output.status.success(), "{}", said(&output));
    let id = journal(client(1)).id();
    assert_eq!(
        said(&output),
        format!(
            "erased: document {id} is in generation 1; 20 changes were written anew, 1 refused ones \
             wiped\nfact {correcting} corrects what was erased; it stands, and may quote it\n\
             the database's file was written anew, and holds nothing of it\n"
        )
    );
    assert_eq!(files_with(&world.database(), SENTENCE)?, Vec::<&str>::new());
    assert_eq!(files_with(&world.database(), "notat 29")?.first(), Some(&""));
    assert_eq!(world.rows("SELECT number, tablet, received FROM change ORDER BY number")?, before);
    assert_eq!(world.quarantine()?.len(), 1);
    let row = world.rows("SELECT generation, ground, swept IS NULL FROM erasure")?;
    assert_eq!(row, ["Integer(1)|Text(\"hpl. § 43\")|Integer(0)"]);

    // The server had the document open. It goes on with the new one.
    let mut helper = world.enrol(HELPER).await?;
    helper.sync().await?;
    let document = helper.document(journal(client(1)));
    assert_eq!(document.facts().len(), 32);
    let tombstone = document.tombstone(erased).context("no tombstone")?;
    assert_eq!(tombstone.ground.as_str(), "hpl. § 43");
    note(&mut helper, "etter slettingen")?;
    let waiting: Vec<_> =
        helper.outbox.drain(..).map(|(document, raw)| (document, raw.bytes)).collect();
    let mut request = helper.request(waiting);
    assert_eq!(request.push[0].generation, 0);
    let answer: SyncResponse = helper.send(&request).await?.message()?;
    assert_eq!(answer.outcomes, [Outcome::Outdated]);
    request.push[0].generation = 1;
    let answer: SyncResponse = helper.send(&request).await?.message()?;
    assert!(answer.outcomes[0].is_accepted());
    assert_eq!(*answer.teams[0].digest, helper.digest(&[client(1), client(2)]));

    // A tablet that doesn't know of it yet is told so by its cursor, and what it sends again of what
    // was erased is not even kept as refused.
    assert_eq!(answer.teams[0].renewed, []);
    let secret = nurse.document(journal(client(1))).changes().into_iter();
    let secret: Vec<_> = secret
        .filter(|raw| raw.bytes.windows(9).any(|part| part == b"diagnosen"))
        .map(|raw| (journal(client(1)), raw.bytes))
        .collect();
    assert_eq!(secret.len(), 1);
    let answer: SyncResponse = nurse.send(&nurse.request(secret)).await?.message()?;
    assert_eq!(answer.outcomes, [Outcome::Outdated]);
    assert_eq!(answer.teams[0].renewed, [(journal(client(1)), 1)]);
    assert_eq!(world.quarantine()?.len(), 1);
    assert_eq!(files_with(&world.database(), SENTENCE)?, Vec::<&str>::new());
    Ok(())
}

#[tokio::test]
async fn a_past_value_of_a_field_is_erased() -> Result<()> {
    let world = World::new().await?;
    let mut nurse = world.enrol(NURSE).await?;
    nurse.goal(client(1), "Gå til postkassen")?;
    let title = |words: &str| Edit::SetField {
        part: Part::Goals,
        object: Uuid::from_u128(77),
        field: "title".into(),
        value: json!(words),
    };
    let care = DocumentRef::care(client(1));
    let written = nurse.write(care, &[title(SENTENCE)])?;
    nurse.sync().await?;
    let field = format!("goals/{}/title", Uuid::from_u128(77));
    let hash = written.hash.to_string();

    let stands = erase(&world, &["--field", &field, "--written-by", &hash])?;
    assert_eq!(stands.status.code(), Some(1));
    assert!(said(&stands).contains("the value still stands in the plan"), "{}", said(&stands));
    nurse.write(care, &[title("Gå til butikken")])?;
    nurse.sync().await?;

    // Two past values: it lists them, without what they were.
    let which = erase(&world, &["--field", &field])?;
    assert_eq!(which.status.code(), Some(1));
    let listed = said(&which);
    assert!(listed.contains(&format!("{hash}\t2026-11-21 08:00:00\t102\tpast\n")), "{listed}");
    assert_eq!(listed.matches("\tpast\n").count(), 2);
    assert!(listed.contains("\tstands\n") && !listed.contains("diagnosen"), "{listed}");

    ensure!(!files_with(&world.database(), SENTENCE)?.is_empty(), "looked in the wrong place");
    let output = erase(&world, &["--field", &field, "--written-by", &hash])?;
    ensure!(output.status.success(), "{}", said(&output));
    assert_eq!(files_with(&world.database(), SENTENCE)?, Vec::<&str>::new());
    let mut helper = world.enrol(HELPER).await?;
    helper.sync().await?;
    let fields = helper.document(care).fields(Part::Goals, Uuid::from_u128(77));
    let fields = fields.context("no goal")?;
    assert_eq!(fields.values.get("title"), Some(&json!("Gå til butikken")));
    assert!(fields.conflicts.is_empty());
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_erased_says_why_and_leaves_everything() -> Result<()> {
    let world = World::new().await?;
    let mut nurse = world.enrol(NURSE).await?;
    let fact = note(&mut nurse, SENTENCE)?.to_string();
    nurse.sync().await?;
    let before = world.dump()?;
    let database = text(&world.database())?;
    let by = |number: &str, ground: &str| {
        let given = ["erase", "--database", &database, "--fact", &fact];
        run(&[given.as_slice(), &["--decided-by", number, "--ground", ground]].concat())
    };
    let nothing = erase(&world, &["--fact", &Uuid::from_u128(99).to_string()])?;
    let no_field = erase(&world, &["--field", "goals/title"])?;
    let cases = [
        (by("999", "hpl. § 43")?, 1, "there is no worker with that employee number"),
        (by("101", " ")?, 2, "a ground is one short line"),
        (nothing, 1, "there is no such thing in the document"),
        (no_field, 2, "a field is named as goals/ID/title"),
        (erase(&world, &[])?, 2, "--fact"),
    ];
    for (output, code, sentence) in cases {
        assert_eq!(output.status.code(), Some(code), "{sentence}");
        assert!(said(&output).contains(sentence), "{}", said(&output));
    }
    assert_eq!(world.dump()?, before);
    assert_eq!(world.rows("SELECT * FROM erasure")?, Vec::<String>::new());

    ensure!(erase(&world, &["--fact", &fact])?.status.success());
    let again = erase(&world, &["--fact", &fact])?;
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("it has been erased before"), "{}", said(&again));
    Ok(())
}

#[tokio::test]
async fn a_reader_that_holds_on_is_waited_for_and_named() -> Result<()> {
    let world = World::new().await?;
    let mut nurse = world.enrol(NURSE).await?;
    let fact = note(&mut nurse, SENTENCE)?;
    nurse.sync().await?;
    let reader = rusqlite::Connection::open(world.database())?;
    reader.execute_batch("BEGIN")?;
    let _: i64 = reader.query_row("SELECT count(*) FROM change", [], |row| row.get(0))?;

    let mut store = world.store()?;
    let decision = Decision {
        target: Target::Fact(fact),
        ground: "hpl. § 43".parse()?,
        decided_by: LEAD.to_string(),
    };
    let now = Timestamp::from_millis(MORNING);
    kjent_server::erase::erase(&mut store, &decision, now)?;
    assert_eq!(store.sweep(now, Duration::from_millis(50))?, Swept::Busy);
    assert!(!files_with(&world.database(), SENTENCE)?.is_empty());
    assert_eq!(world.rows("SELECT swept IS NULL FROM erasure")?, ["Integer(1)"]);

    // The next start of the server ends what was cut short.
    reader.execute_batch("COMMIT")?;
    drop((reader, store));
    let world = world.restart().await?;
    assert_eq!(files_with(&world.database(), SENTENCE)?, Vec::<&str>::new());
    assert_eq!(world.rows("SELECT swept IS NULL FROM erasure")?, ["Integer(0)"]);
    let whole = stdout(&["sweep", "--database", &text(&world.database())?])?;
    assert_eq!(whole, "the database's file was written anew, and holds nothing of it\n");
    Ok(())
}
