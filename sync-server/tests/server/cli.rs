//! The command line: `import`, `code`, `workers`, and the office's commands in `office`.

mod identity_provider;
mod office;

use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, Result};
use kjent_core::document::{Actor, Document, Edit};
use kjent_core::ids::TabletId;
use kjent_core::plan::Part;
use kjent_core::protocol::{Bundle, body};
use kjent_core::time::Timestamp;
use serde_bytes::ByteBuf;
use serde_json::json;
use uuid::Uuid;

use crate::world::{FORMER, HELPER, LEAD, MORNING, STRANGER, ours, worker};

/// The real program, run by the lead of our team.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kjent-server"));
    command.env("KJENT_OPERATOR", LEAD.to_string());
    command
}

/// Runs it.
pub fn run(arguments: &[&str]) -> Result<Output> {
    Ok(program().args(arguments).output()?)
}

/// What a command that must go well prints.
pub fn stdout(arguments: &[&str]) -> Result<String> {
    let output = run(arguments)?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// What a command that must fail complains of.
fn stderr(arguments: &[&str]) -> Result<String> {
    let output = run(arguments)?;
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    Ok(String::from_utf8(output.stderr)?)
}

/// Writes a bundle into a folder, and gives its name.
pub fn bundle_file(folder: &Path, name: &str, bundle: &Bundle) -> Result<String> {
    let file = folder.join(name);
    std::fs::write(&file, body::pack(bundle)?)?;
    text(&file)
}

pub fn text(path: &Path) -> Result<String> {
    Ok(path.to_str().context("no text")?.to_owned())
}

#[test]
fn a_team_is_imported_once_and_its_workers_get_codes() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = text(&folder.path().join("server.db"))?;
    let bundle = bundle_file(folder.path(), "team.bundle", &ours()?)?;
    let missing = stderr(&["workers", "--database", &database])?;
    assert!(missing.contains("there is no database"), "{missing}");

    let said = stdout(&["import", "--database", &database, &bundle])?;
    assert_eq!(said, "imported 5 members, 2 clients, 2 documents and 2 changes\n");
    let again = stderr(&["import", "--database", &database, &bundle])?;
    assert!(again.ends_with("the database has this team already\n"), "{again}");

    let workers = stdout(&["workers", "--database", &database])?;
    let lines: Vec<&str> = workers.lines().collect();
    assert!(lines.contains(&"103\thelper\tArbeider 103"), "{workers}");
    assert!(!workers.contains(&FORMER.to_string()), "{workers}");

    let code = stdout(&["code", "--database", &database])?;
    assert!(code.len() == 15 && code.ends_with('\n'), "{code}");
    let set = ["account", "set-password", "--generate", "--database", &database, "--worker"];
    let password = stdout(&[&set[..], &[&HELPER.to_string()]].concat())?;
    assert!(password.len() == 24 && password.ends_with('\n'), "{password}");
    let unknown = stderr(&[&set[..], &["999"]].concat())?;
    assert_eq!(unknown, "kjent-server: there is no worker with that employee number\n");
    // What is typed is judged; nothing is typed here.
    let short = ["account", "set-password", "--database", &database, "--worker", "103"];
    let short = stderr(&short)?;
    assert_eq!(short, "kjent-server: a password has ten characters or more\n");
    Ok(())
}

#[test]
fn a_bundle_with_anything_wrong_in_it_is_refused_whole_and_says_what() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = text(&folder.path().join("server.db"))?;
    let last = |bundle: &mut Bundle, actor: Actor, edit: Edit| -> Result<()> {
        let entry = bundle.documents.last_mut().context("no document")?;
        let changes = entry.changes.iter().map(|bytes| bytes.as_slice());
        let mut document = Document::load(entry.document, changes)?;
        let at = Timestamp::from_millis(MORNING);
        let change = document.write(actor, at, &[edit])?.context("no change")?;
        entry.changes.push(ByteBuf::from(change.bytes));
        Ok(())
    };
    let by = |number| Actor { worker: worker(number), tablet: TabletId(Uuid::from_u128(2)) };
    let edit = |part, field: &str, value| Edit::SetField {
        part,
        object: if part == Part::Client { Uuid::nil() } else { Uuid::from_u128(3) },
        field: field.into(),
        value,
    };

    let mut stranger = ours()?;
    let address = edit(Part::Client, "address", json!("Et annet sted"));
    last(&mut stranger, by(STRANGER), address.clone())?;
    let mut helper = ours()?;
    last(&mut helper, by(HELPER), address)?;
    let mut half = ours()?;
    last(&mut half, by(102), edit(Part::Goals, "own_part", json!("uten tittel")))?;
    let mut elsewhere = ours()?;
    elsewhere.team.clients.pop();
    let mut nameless = ours()?;
    nameless.workers.pop();
    let mut twice = ours()?;
    let again = twice.documents[0].clone();
    twice.documents.push(again);
    let mut damaged = ours()?;
    damaged.documents[1].changes[0][20] ^= 1;

    let document = ours()?.documents[1].document.id();
    let care = format!("document {document} (care), change");
    let first = ours()?.documents[0].document.id();
    let cases = [
        (stranger, format!("{care} 2: the client is not in the writer's team")),
        (helper, format!("{care} 2: the role may not edit that part of the plan")),
        (half, format!("{care} 2: the plan can't be read after the change")),
        (
            elsewhere,
            format!("document {document} (care) is of a client whom the team doesn't serve"),
        ),
        (nameless, format!("worker {} has no employee number", worker(FORMER))),
        (twice, format!("document {first} (care), change 2: it stands there twice")),
        (damaged, format!("{care} 1: the bytes are not a change")),
    ];
    for (number, (bundle, expected)) in cases.into_iter().enumerate() {
        let file = bundle_file(folder.path(), "bad.bundle", &bundle)?;
        let said = stderr(&["import", "--database", &database, &file])?;
        let sentence = format!("kjent-server: nothing of {file} was imported: {expected}\n");
        assert_eq!(said, sentence, "case {number}");
        assert_eq!(stdout(&["workers", "--database", &database])?, "");
    }
    let file = text(&folder.path().join("bad.bundle"))?;
    std::fs::write(&file, b"no bundle")?;
    let said = stderr(&["import", "--database", &database, &file])?;
    assert!(said.contains("is not a bundle: the body is not a whole zstd stream"), "{said}");
    // Nothing of all this is in the way of the good one.
    let good = bundle_file(folder.path(), "good.bundle", &ours()?)?;
    stdout(&["import", "--database", &database, &good])?;
    Ok(())
}

#[test]
fn the_table_of_rights_is_printed_with_the_offices_own_acts_last() -> Result<()> {
    let said = stdout(&["policy"])?;
    let row = |name: &str| {
        let line = said.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.get(44..).unwrap_or_default().split_whitespace().collect::<String>()
    };
    // Helper, nurse, therapist, planner, team lead, break-glass, office.
    assert_eq!(row("edit goals"), "rxx-x--");
    assert_eq!(row("take an incident to closed"), "----x--");
    for office in ["import", "code", "erase", "move-client", "end-membership", "quarantine"] {
        assert_eq!(row(&format!("kjent-server {office} ")), "------x", "{office}");
    }
    assert!(!said.contains("kjent-server serve"));
    Ok(())
}
