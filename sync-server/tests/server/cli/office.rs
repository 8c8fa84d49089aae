//! The office's commands: moving a client, ending a membership, retention, late work, quarantine.

use anyhow::{Context, Result};
use kjent_core::access::AccessAct;
use kjent_core::document::DocumentRef;
use kjent_core::protocol::Outcome;
use kjent_core::team::Role;
use kjent_core::time::Timestamp;
use serde_json::{Value, json};

use super::{bundle_file, program, run, stderr, stdout, text};
use crate::tablet::journal;
use crate::world::{HELPER, LEAD, MORNING, NURSE, STRANGER, World, client, ours, team, worker};

const DAY: i64 = 24 * 60;

/// The name of a world's database.
fn database(world: &World) -> Result<String> {
    text(&world.database())
}

#[tokio::test]
async fn a_client_is_moved_by_the_teams_id_or_name() -> Result<()> {
    let world = World::new().await?;
    let database = database(&world)?;
    let who = client(1).to_string();
    let command = ["move-client", "--database", &database, "--client"];
    let said = |client: &str, to: &str| stdout(&[&command[..], &[client, "--to", to]].concat());
    let complained =
        |client: &str, to: &str| stderr(&[&command[..], &[client, "--to", to]].concat());
    let moved = said(&who, &team(2).to_string())?;
    assert_eq!(moved, format!("Arbeidslag Sagene serves client {who} from now on\n"));
    let again = complained(&who, "Arbeidslag Sagene")?;
    assert_eq!(again, format!("kjent-server: client {who} is in Arbeidslag Sagene already\n"));
    let nobody = client(1234).to_string();
    let unknown = complained(&nobody, "Arbeidslag Torshov")?;
    assert_eq!(unknown, format!("kjent-server: there is no client {nobody}\n"));
    let nowhere = complained(&who, "Arbeidslag Grorud")?;
    assert_eq!(nowhere, "kjent-server: there is no team Arbeidslag Grorud\n");
    rusqlite::Connection::open(world.database())?
        .execute("UPDATE team SET name = 'Arbeidslag Torshov'", [])?;
    let which = complained(&who, "Arbeidslag Torshov")?;
    let expected = "several teams are called Arbeidslag Torshov: say which by its id";
    assert_eq!(which, format!("kjent-server: {expected}\n"));

    let mut stranger = world.enrol(STRANGER).await?;
    stranger.sync().await?;
    assert!(stranger.documents.contains_key(&DocumentRef::care(client(1)).id()));
    let back = said(&who, &team(1).to_string())?;
    assert_eq!(back, format!("Arbeidslag Torshov serves client {who} from now on\n"));
    Ok(())
}

#[tokio::test]
async fn a_membership_ends_on_its_last_day_and_not_before() -> Result<()> {
    let world = World::new().await?;
    let database = database(&world)?;
    let mut helper = world.enrol(HELPER).await?;
    helper.sync().await?;
    let end = |number: &str, team: &str, day: &str| {
        let who = ["end-membership", "--database", &database, "--worker", number];
        run(&[&who[..], &["--team", team, "--last-day", day]].concat())
    };
    let number = HELPER.to_string();
    let ended = end(&number, "Arbeidslag Torshov", "2026-11-22")?;
    let said = String::from_utf8(ended.stdout)?;
    assert_eq!(said, "2026-11-22 is worker 103's last day in Arbeidslag Torshov\n");
    // One who is in another team only, one who is in none, and one who has left already.
    for (number, team, complaint) in [
        ("201", "Arbeidslag Torshov", "worker 201 is not in Arbeidslag Torshov after 2026-11-22"),
        ("103", "Arbeidslag Torshov", "worker 103 is not in Arbeidslag Torshov after 2026-11-22"),
        ("999", "Arbeidslag Torshov", "there is no worker with that employee number"),
        ("103", "Arbeidslag Grorud", "there is no team Arbeidslag Grorud"),
    ] {
        let output = end(number, team, "2026-11-22")?;
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(String::from_utf8(output.stderr)?, format!("kjent-server: {complaint}\n"));
    }
    let output = end(&number, "Arbeidslag Torshov", "22.11.2026")?;
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr)?;
    assert!(said.contains("a day is written as 2026-11-30"), "{said}");

    world.clock.forward(DAY);
    assert_eq!(helper.sync().await?.teams.len(), 1);
    world.clock.forward(DAY);
    assert!(helper.sync().await?.teams.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_teams_tablets_keep_as_many_months_as_the_office_says() -> Result<()> {
    let world = World::new().await?;
    let database = database(&world)?;
    let keep = |team: &str, months: &str| {
        run(&["retention", "--database", &database, "--team", team, "--months", months])
    };
    let mut helper = world.enrol(HELPER).await?;
    assert_eq!(helper.sync().await?.teams[0].since.to_string(), "2026-08");
    let said = String::from_utf8(keep("Arbeidslag Torshov", "1")?.stdout)?;
    let expected = "tablets of Arbeidslag Torshov keep journals of this month and 1 before it\n";
    assert_eq!(said, expected);
    assert_eq!(helper.sync().await?.teams[0].since.to_string(), "2026-10");
    let said = String::from_utf8(keep("Arbeidslag Grorud", "1")?.stderr)?;
    assert_eq!(said, "kjent-server: there is no team Arbeidslag Grorud\n");
    for months in ["-1", "121", "mange"] {
        assert_eq!(keep("Arbeidslag Torshov", months)?.status.code(), Some(2));
    }
    assert_eq!(helper.sync().await?.teams[0].since.to_string(), "2026-10");
    Ok(())
}

#[tokio::test]
async fn late_work_is_listed_without_what_it_says() -> Result<()> {
    let world = World::new().await?;
    let database = database(&world)?;
    let mut helper = world.enrol(HELPER).await?;
    helper.sync().await?;
    assert_eq!(stdout(&["late", "--database", &database])?, "");
    helper.note(client(1), "Hemmelig innhold.")?;
    world.end_membership(HELPER, "2026-11-21")?;
    world.clock.forward(DAY + 30);
    helper.now = Timestamp::from_millis(MORNING).plus_minutes(DAY + 30);
    assert_eq!(helper.sync().await?.outcomes, [Outcome::Accepted(3)]);
    // Also when the client has moved on in the meantime.
    world.move_client(1, 2)?;
    let said = stdout(&["late", "--database", &database])?;
    let expected = format!("2026-11-22 08:30\t2026-11-21 08:00\t103\t{}\tleft_team\n", client(1));
    assert_eq!(said, expected);
    Ok(())
}

#[tokio::test]
async fn what_was_refused_is_listed_without_and_exported_with_what_it_says() -> Result<()> {
    let world = World::new().await?;
    let database = database(&world)?;
    let mut helper = world.enrol(HELPER).await?;
    helper.sync().await?;
    let list = || stdout(&["quarantine", "list", "--database", &database]);
    assert_eq!(list()?, "");
    let goal = helper.goal(client(1), "Mål som ikke er mitt")?;
    helper.note(client(9), "Hemmelig innhold.")?;
    // Builds on a refused one, and is kept as it came.
    let second = helper.goal_again(client(1), "Samme mål, andre ord")?;
    helper.outbox.clear();
    let care = DocumentRef::care(client(1));
    helper.push(care, &goal.bytes).await?;
    world.clock.forward(5);
    let note = helper.document(journal(client(9))).changes().pop().context("no note")?;
    helper.push(journal(client(9)), &note.bytes).await?;
    helper.push(care, &second.bytes).await?;
    helper.push(care, b"no change").await?;

    let listed = list()?;
    let lines: Vec<Vec<&str>> = listed.lines().map(|line| line.split('\t').collect()).collect();
    let (one, nine) = (client(1).to_string(), client(9).to_string());
    let sizes = [goal.bytes.len(), note.bytes.len()].map(|size| size.to_string());
    let fourth = lines.get(2).and_then(|line| line.last()).context("no third line")?;
    assert_eq!(
        lines,
        [
            ["2026-11-21 08:00", "103", &one, "care", "role_may_not (goals)", &sizes[0]],
            ["2026-11-21 08:05", "103", &nine, "journal/2026-11", "not_your_team", &sizes[1]],
            ["2026-11-21 08:05", "103", &one, "care", "missing_dependency", fourth],
            ["2026-11-21 08:05", "103", &one, "care", "change_unreadable", "9"],
        ]
    );
    assert!(!listed.contains("Hemmelig") && !listed.contains("mitt"));

    let file = text(&world.folder.path().join("refused.jsonl"))?;
    let export = ["quarantine", "export", "--database", &database, "--to", &file];
    let said = stdout(&export)?;
    assert_eq!(said, format!("exported 4 refused changes to {file}\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file)?.permissions().mode() & 0o777, 0o600);
    }
    let content = std::fs::read_to_string(&file)?;
    let entries: Vec<Value> =
        content.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    assert_eq!(entries.len(), 4);
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let first = &entries[0];
    assert_eq!(first["reason"], json!({"code": "role_may_not", "args": {"part": "goals"}}));
    assert_eq!(first["received"], "2026-11-21T07:00:00+00:00");
    assert_eq!(first["employee_number"], "103");
    assert_eq!(first["tablet"], json!(helper.actor.tablet));
    assert_eq!((&first["client"], &first["document"]), (&json!(client(1)), &json!("care")));
    assert_eq!(first["hash"], hex(&goal.hash.0));
    assert_eq!(first["bytes"], hex(&goal.bytes));
    let title = json!({"key": "title", "value": "Mål som ikke er mitt"});
    assert!(first["wrote"].as_array().is_some_and(|wrote| wrote.contains(&title)), "{first}");
    let fact = &entries[1]["wrote"][0]["value"];
    assert_eq!((&fact["kind"], &fact["author"]), (&json!("note"), &json!(helper.actor.worker)));
    assert_eq!(fact["body"]["observation"], "Hemmelig innhold.");
    let words = json!([{"key": "title", "value": "Samme mål, andre ord"}]);
    assert_eq!(entries[2]["wrote"], words);
    assert_eq!(
        (&entries[3]["wrote"], &entries[3]["bytes"]),
        (&json!(null), &json!(hex(b"no change")))
    );

    // Nothing is written over, and nothing has left the database.
    let again = stderr(&export)?;
    assert!(again.starts_with(&format!("kjent-server: cannot make {file}: ")), "{again}");
    assert_eq!(std::fs::read_to_string(&file)?, content);
    assert_eq!(list()?, listed);
    Ok(())
}

/// Refused without end: the server keeps a day's worth, the tablet keeps the rest, and what is
/// allowed goes through meanwhile.
#[tokio::test]
async fn a_tablet_fills_the_quarantine_with_so_much_a_day_and_no_more() -> Result<()> {
    let world = World::new().await?;
    let mut helper = world.enrol(HELPER).await?;
    let junk = |number: u8| {
        let mut state = u64::from(number) + 1;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        };
        (0..3 << 20).map(|_| next()).collect::<Vec<u8>>()
    };
    let bytes = "SELECT SUM(LENGTH(bytes)) FROM quarantine";
    for number in 0..5 {
        let outcome = helper.push(journal(client(1)), &junk(number)).await?;
        assert!(matches!(outcome, Outcome::Refused(_)), "{number}: {outcome:?}");
    }
    let full = world.rows(bytes)?;
    assert_eq!(full, [format!("Integer({})", 15 << 20)]);
    for number in [5, 6, 5] {
        assert_eq!(helper.push(journal(client(1)), &junk(number)).await?, Outcome::Later);
    }
    assert_eq!(world.rows(bytes)?, full);
    helper.note(client(1), "Sov godt.")?;
    assert_eq!(helper.sync().await?.outcomes, [Outcome::Accepted(3)]);
    // Another tablet's room is its own; and tomorrow there is room again.
    let nurse = world.enrol(NURSE).await?;
    let refused = |outcome| matches!(outcome, Outcome::Refused(_));
    assert!(refused(nurse.push(journal(client(1)), &junk(5)).await?));
    world.clock.forward(16 * 60 - 1);
    assert_eq!(helper.push(journal(client(1)), &junk(5)).await?, Outcome::Later);
    world.clock.forward(1);
    assert!(refused(helper.push(journal(client(1)), &junk(5)).await?));
    Ok(())
}

/// What is done in the database's own name, and tells of nobody.
const OF_NOBODY: [&str; 1] = ["sweep"];

#[tokio::test]
async fn each_command_of_the_office_names_a_lead_and_is_a_row() -> Result<()> {
    let world = World::new().await?;
    let database = database(&world)?;
    let (who, team_name) = (client(1).to_string(), "Arbeidslag Torshov");
    let bundle = bundle_file(world.folder.path(), "ours.bundle", &ours()?)?;
    let to = text(&world.folder.path().join("refused.json"))?;
    let commands: [&[&str]; 18] = [
        &["account", "set-password", "--generate", "--worker", "103"],
        &["code"],
        &["workers"],
        &["tablets"],
        &["late"],
        &["quarantine", "list"],
        &["quarantine", "export", "--to", &to],
        &["access-log", "list"],
        &["access-log", "extract", "--client", &who],
        &["lease", "--days", "20"],
        &["retention", "--team", team_name, "--months", "3"],
        &["move-client", "--client", &who, "--to", "Arbeidslag Sagene"],
        &["end-membership", "--worker", "103", "--team", team_name, "--last-day", "2099-01-01"],
        &["provider-name", "--worker", "103", "--forget"],
        // What fails is a row too.
        &["revoke", "--worker", "103"],
        &["lost-report", "--device", &who],
        &["erase", "--fact", &who, "--ground", "hpl. § 43", "--decided-by", "101"],
        &["import", &bundle],
    ];
    let policy = stdout(&["policy"])?;
    for line in policy.lines().filter_map(|line| line.strip_prefix("kjent-server ")) {
        let name = line.split_whitespace().next().unwrap_or_default();
        let is_tried = commands.iter().any(|command| command[0] == name);
        assert!(is_tried || OF_NOBODY.contains(&name), "say here what {name} writes down");
    }
    let log = || world.rows("SELECT number FROM access_log");
    for (operator, complaint) in [
        (None, "say with --operator who does this"),
        (Some("103"), "the operator leads no team today"),
        (Some("999"), "the operator is no worker of any team"),
    ] {
        for command in commands {
            let mut program = program();
            program.args(command).args(["--database", &database]).env_remove("KJENT_OPERATOR");
            let output = program.args(operator.map(|it| ["--operator", it]).iter().flatten());
            let output = output.output()?;
            let said = String::from_utf8(output.stderr)?;
            assert!(said.contains(complaint) && output.stdout.is_empty(), "{command:?}: {said}");
        }
    }
    assert!(log()?.is_empty(), "nothing was done, and nothing looked at");
    for command in commands {
        let before = log()?.len();
        run(&[command, &["--database", &database]].concat())?;
        let mut rows = Vec::new();
        world.store()?.read::<_, anyhow::Error>(|records| {
            records.each_access(|stored| {
                rows.push(stored.entry);
                Ok(())
            })
        })?;
        let entry = rows.get(before).with_context(|| format!("no row of {command:?}"))?;
        assert_eq!(entry.row.act, AccessAct::OfficeCommand);
        assert!(command.join(" ").starts_with(&entry.row.words), "{command:?}: {entry:?}");
        assert_eq!((entry.worker, entry.tablet), (Some(worker(LEAD)), None));
        assert_eq!((entry.role.clone(), entry.team), (Some(Role::TeamLead), Some(team(1))));
        assert!(rows.iter().skip(before).all(|entry| entry.worker == Some(worker(LEAD))));
    }
    Ok(())
}
