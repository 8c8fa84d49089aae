//! What is really in a database, read past the app: which acts, how often, and whether the file is
//! whole.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use kjent_core::cbor;
use kjent_core::document::{Document, DocumentRef, Fact};
use kjent_core::fact::{FactBody, VisitReport, WhatMatters};
use kjent_core::ids::ClientId;
use kjent_tablet::lock::DatabaseKey;
use rusqlite::{Connection, OpenFlags};

use super::acts;

/// How often each act is there.
pub type Found = BTreeMap<u32, u32>;

/// A document's id and its heads.
pub type Heads = Vec<(Vec<u8>, Vec<u8>)>;

/// Opens a tablet's database to look.
pub fn open_tablet(folder: &Path, key: &DatabaseKey) -> Result<Connection> {
    let connection = Connection::open(folder.join("kjent.db"))?;
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    connection.pragma_update(None, "key", format!("x'{hex}'"))?;
    Ok(connection)
}

/// Opens a server's database to look.
pub fn open_server(database: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    Ok(connection)
}

/// Fails when SQLite finds anything wrong with the file; `cipher` also compares every page's sum.
pub fn is_whole(connection: &Connection, cipher: bool) -> Result<()> {
    let pragmas: &[&str] =
        if cipher { &["cipher_integrity_check", "integrity_check"] } else { &["integrity_check"] };
    for pragma in pragmas {
        let mut query = connection.prepare(&format!("PRAGMA {pragma}"))?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        let wrong: Vec<String> = rows
            .filter(|row| !matches!(row, Ok(text) if text == "ok"))
            .collect::<Result<_, _>>()?;
        ensure!(wrong.is_empty(), "{pragma}: {}", wrong.join("; "));
    }
    Ok(())
}

/// The documents' heads, in the order of their ids; tablet and server name the table alike.
pub fn heads(connection: &Connection) -> Result<Heads> {
    let mut query = connection.prepare("SELECT id, heads FROM document ORDER BY id")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The acts in a tablet's journal: from the table that its screens read, and from the changes
/// themselves, which must say the same.
pub fn tablet_acts(connection: &Connection) -> Result<Found> {
    let mut found = Found::new();
    let mut query = connection.prepare(
        "SELECT body FROM fact WHERE kind = 'visit_report' UNION ALL
         SELECT body FROM fact WHERE kind = 'what_matters'",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(0)?;
        let report = cbor::read::<VisitReport>(&body);
        let asked = cbor::read::<WhatMatters>(&body);
        let text = match (report, asked) {
            (Ok(report), _) => report.note.observation,
            (_, Ok(asked)) => asked.words,
            _ => continue,
        };
        count(&mut found, &text);
    }
    let of_changes = document_acts(&tablet_documents(connection)?)?;
    ensure!(found == of_changes, "the screens' table and the changes differ");
    Ok(found)
}

/// The month of the journal that holds an act.
pub fn month_of(connection: &Connection, number: u32) -> Result<Option<String>> {
    let mut query = connection.prepare(
        "SELECT document.month, fact.body FROM fact JOIN document ON document.id = fact.document
         WHERE fact.kind = 'visit_report'",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let report: VisitReport = cbor::read(&row.get::<_, Vec<u8>>(1)?)?;
        if acts::number(&report.note.observation) == Some(number) {
            return Ok(row.get(0)?);
        }
    }
    Ok(None)
}

/// The acts in a server's documents.
pub fn server_acts(connection: &Connection) -> Result<Found> {
    let changes = "SELECT bytes FROM change WHERE document = ?1";
    document_acts(&documents(connection, None, changes)?)
}

/// Every document of a tablet's, which must load, and have the heads that it should.
pub fn tablet_documents(connection: &Connection) -> Result<Vec<Document>> {
    let snapshot = "SELECT bytes FROM snapshot WHERE document = ?1";
    let changes = "SELECT bytes FROM change WHERE document = ?1 AND state <> 2";
    documents(connection, Some(snapshot), changes)
}

fn documents(
    connection: &Connection,
    snapshot: Option<&str>,
    changes: &str,
) -> Result<Vec<Document>> {
    let mut documents = Vec::new();
    let mut query = connection.prepare("SELECT id, client, month, heads FROM document")?;
    let rows = query.query_map([], |row| {
        Ok((
            row.get::<_, Vec<u8>>(0)?,
            row.get::<_, Vec<u8>>(1)?,
            row.get::<_, Option<String>>(2)?,
            row.get::<_, Vec<u8>>(3)?,
        ))
    })?;
    for row in rows {
        let (id, client, month, heads) = row?;
        let client = ClientId::from_bytes(&client).context("no client's id")?;
        let reference = match month {
            None => DocumentRef::care(client),
            Some(month) => DocumentRef::journal(
                client,
                month.parse().map_err(|_| anyhow::anyhow!("no month: {month}"))?,
            ),
        };
        let bytes_of = |query: &str| -> Result<Vec<Vec<u8>>> {
            let mut query = connection.prepare_cached(query)?;
            let bytes = query.query_map([&id], |row| row.get(0))?;
            Ok(bytes.collect::<Result<_, _>>()?)
        };
        let snapshot = snapshot.map(bytes_of).transpose()?.and_then(|mut rows| rows.pop());
        let changes = bytes_of(changes)?;
        let changes = changes.iter().map(Vec::as_slice);
        let document = Document::resume(reference, snapshot.as_deref(), changes)?;
        ensure!(document.heads().to_bytes() == heads, "a document's heads are not its changes'");
        documents.push(document);
    }
    Ok(documents)
}

fn document_acts(documents: &[Document]) -> Result<Found> {
    let mut found = Found::new();
    for document in documents {
        for fact in document.facts() {
            let sealed = document.fact(fact).context("a fact without its bytes")?;
            match Fact::open(&sealed).and_then(|fact| fact.read()) {
                Ok(FactBody::VisitReport(report)) => count(&mut found, &report.note.observation),
                Ok(FactBody::WhatMatters(asked)) => count(&mut found, &asked.words),
                _ => {}
            }
        }
    }
    Ok(found)
}

/// How many changes a database holds.
pub fn count_changes(connection: &Connection) -> Result<u32> {
    Ok(connection.query_row("SELECT count(*) FROM change", [], |row| row.get(0))?)
}

fn count(found: &mut Found, text: &str) {
    if let Some(number) = acts::number(text) {
        *found.entry(number).or_default() += 1;
    }
}

/// Every acknowledged act is there once, no act twice, and nothing that was never begun.
pub fn holds(found: &Found, acknowledged: &[u32], begun: u32, place: &str) -> Result<()> {
    let lost: Vec<&u32> = acknowledged.iter().filter(|one| !found.contains_key(one)).collect();
    ensure!(lost.is_empty(), "{place} has lost {lost:?}");
    let twice: Vec<&u32> = found.iter().filter(|(_, count)| **count > 1).map(|one| one.0).collect();
    ensure!(twice.is_empty(), "{place} has {twice:?} more than once");
    let invented: Vec<&u32> = found.keys().filter(|number| **number >= begun).collect();
    ensure!(invented.is_empty(), "{place} has {invented:?}, which nobody wrote");
    Ok(())
}
