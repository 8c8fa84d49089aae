//! A damaged database: found, told, and mended without losing what was acknowledged.
//!
//! SQLCipher finds a damaged page by its sum when it reads it, `log` a damaged write-ahead log before
//! SQLite would drop it. The repair reads what can be read, the worker's own work from either of its
//! two copies, into a new database, which takes the old one's place in one step. The rest the server
//! sends again. The damaged file stays beside it until everything is up to date.

mod gap;
mod log;
mod salvage;
mod schema;

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use automerge::Change;
use kjent_core::document::{Document, DocumentKind, DocumentRef};
use kjent_core::ids::{ClientId, DocumentId};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

pub(crate) use gap::{close_gap, close_gaps, put_back_own, refuse_gap};
pub(crate) use schema::keep as keep_schema;

use crate::identity::Identity;
use crate::lock::{self, DatabaseKey};
use crate::{Environment, TabletError, projection, store};
use log::Log;
use salvage::{Salvage, Salvaged, Table};

const DATABASE: &str = "kjent.db";
const LOG: &str = "kjent.db-wal";
/// A whole new database that has not taken the old one's place yet.
const REPAIRED: &str = "kjent.repaired.db";

/// `state` in `change`: the server has it, and the server refused it.
const ON_SERVER: i64 = 1;
const REFUSED: i64 = 2;
/// The setting of a profile whose damaged file is to be kept for somebody who can read more of it.
const KEEP_DAMAGED: &str = "keep_damaged";

/// What a repair came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// Whether everything that the worker wrote here is certain to be there.
    pub own_work_is_whole: bool,
    /// Whether the server has to send something again before all documents can be signed in.
    pub has_gaps: bool,
}

/// Ends a repair that was cut off, and fails when the write-ahead log is damaged.
pub(crate) fn look(folder: &Path) -> Result<(), TabletError> {
    take_place(folder)?;
    if Log::read(&folder.join(LOG))?.damaged { Err(TabletError::DatabaseDamaged) } else { Ok(()) }
}

/// Fails when a damaged page has been read on this connection. SQLCipher gives SQLite zeros in its
/// place; on most pages SQLite stumbles over them, but at the end of a long value it doesn't.
pub(crate) fn check(connection: &Connection) -> Result<(), TabletError> {
    let mut query = connection.prepare_cached("PRAGMA cipher_status")?;
    let is_sound = query.query_row([], |row| row.get::<_, String>(0))? == "1";
    if is_sound { Ok(()) } else { Err(TabletError::DatabaseDamaged) }
}

/// Mends the database in a folder. Cut off at any moment, it has done nothing or everything.
pub fn repair(
    folder: &Path,
    pin: &str,
    environment: &Environment,
) -> Result<Repaired, TabletError> {
    let key = lock::open(folder, pin, environment)?;
    take_place(folder)?;
    let copy = folder.join("kjent.salvage.db");
    let new = folder.join("kjent.new.db");
    for leftover in [&copy, &new] {
        remove(leftover)?;
    }
    fs::copy(folder.join(DATABASE), &copy)?;
    let log = Log::read(&folder.join(LOG))?;
    log.apply(&mut File::options().read(true).write(true).open(&copy)?)?;
    let mut salvage = Salvage::open(&copy, &key)?;
    if !salvage.has_schema() {
        drop(salvage);
        schema::renew(folder, &copy, &key)?;
        salvage = Salvage::open(&copy, &key)?;
    }
    let repaired = fill(&new, &key, &mut salvage)?;
    drop(salvage);
    remove(&copy)?;
    fs::rename(&new, folder.join(REPAIRED))?;
    File::open(folder)?.sync_all()?;
    take_place(folder)?;
    Ok(repaired)
}

/// Throws away what a repair has kept aside, unless some of the worker's own work may be in nothing
/// else; the caller knows that everything is up to date.
pub(crate) fn throw_away(connection: &Connection, folder: &Path) -> Result<(), TabletError> {
    if !aside(folder, 1).exists() || keeps_aside(connection)? {
        return Ok(());
    }
    for number in 1.. {
        let damaged = aside(folder, number);
        if !damaged.exists() {
            break;
        }
        remove(&damaged)?;
    }
    Ok(())
}

fn keeps_aside(connection: &Connection) -> Result<bool, TabletError> {
    let query = "SELECT EXISTS (SELECT 1 FROM setting WHERE key = ?1)";
    Ok(connection.query_row(query, [KEEP_DAMAGED], |row| row.get(0))?)
}

/// Puts a repaired database in the place of the damaged one, which goes aside with its log: a log
/// must never meet a database that it isn't of.
fn take_place(folder: &Path) -> Result<(), TabletError> {
    let repaired = folder.join(REPAIRED);
    if !repaired.exists() {
        return Ok(());
    }
    let number = (1..).find(|number| !aside(folder, *number).exists()).unwrap_or(1);
    let damaged = aside(folder, number);
    for (from, to) in [(LOG, damaged.with_extension("db-wal")), (DATABASE, damaged)] {
        match fs::rename(folder.join(from), to) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    remove_file(&folder.join("kjent.db-shm"))?;
    // The old schema's file is of the old database; opening the new one writes it anew.
    remove_file(&folder.join(schema::FILE))?;
    fs::rename(&repaired, folder.join(DATABASE))?;
    Ok(File::open(folder)?.sync_all()?)
}

fn aside(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("kjent.damaged-{number}.db"))
}

/// What could be read of the tables that documents are made of.
struct Stored {
    documents: (Table, Salvaged),
    snapshots: (Table, Salvaged),
    changes: (Table, Salvaged),
    copies: (Table, Salvaged),
}

/// A change as it was found.
struct Found {
    document: Vec<u8>,
    hash: Vec<u8>,
    change: Change,
    row: Vec<Value>,
}

/// Makes a new database of what can be read of a damaged one.
fn fill(file: &Path, key: &DatabaseKey, salvage: &mut Salvage) -> Result<Repaired, TabletError> {
    let mut new = store::open_file(file, key)?;
    let writing = new.transaction()?;
    let mut read = |name: &str| -> Result<(Table, Salvaged), TabletError> {
        let table = Table::of(&writing, name)?;
        let salvaged = salvage.read(&table)?;
        Ok((table, salvaged))
    };

    // What is a row and nothing more. What the screens read is kept too: where a document has lost
    // something, they show what they showed until the server has sent it again.
    let mut whole = BTreeMap::new();
    let apart = ["change", "snapshot", "document", "own_copy", "draft_copy", "identity_copy"];
    for name in names(&writing)?.iter().filter(|name| !apart.contains(&name.as_str())) {
        let (table, salvaged) = read(name)?;
        put(&writing, &table, &salvaged.rows)?;
        whole.insert(name.clone(), salvaged.is_whole);
    }
    writing.execute("INSERT INTO search_word (search_word) VALUES ('rebuild')", [])?;
    let draft = Table::of(&writing, "draft")?;
    let (_, copies) = read("draft_copy")?;
    put(&writing, &draft, &copies.rows)?;
    let drafts_are_whole = copies.is_whole || whole.get("draft").copied().unwrap_or(false);
    find_identity(&writing, &read("identity_copy")?.1)?;

    let stored = Stored {
        documents: read("document")?,
        snapshots: read("snapshot")?,
        changes: read("change")?,
        copies: read("own_copy")?,
    };
    let has_gaps = put_documents(&writing, &stored)?;
    // From the beginning: the list of all documents is compared, and what was lost comes again.
    // Until then what comes in is no news to anybody.
    writing.execute(
        "UPDATE team SET through = 0, receipts = 0, filled = filled AND NOT ?1",
        [has_gaps],
    )?;
    let own_work_is_whole =
        drafts_are_whole && (stored.changes.1.is_whole || stored.copies.1.is_whole);
    if !own_work_is_whole {
        writing.execute("INSERT OR IGNORE INTO setting VALUES (?1, 'true')", [KEEP_DAMAGED])?;
    }
    writing.commit()?;
    // Into the file itself: it is about to be renamed without its log.
    new.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    new.close().map_err(|(_, error)| error)?;
    File::open(file)?.sync_all()?;
    Ok(Repaired { own_work_is_whole, has_gaps })
}

/// Puts back every document as far as its snapshot and its changes reach, and notes a gap for each
/// that has lost something. Tells whether there is one.
fn put_documents(writing: &Connection, stored: &Stored) -> Result<bool, TabletError> {
    let (table, documents) = &stored.documents;
    let (snapshot, snapshots) = &stored.snapshots;
    let snapshots: BTreeMap<Vec<u8>, &Vec<Value>> = snapshots
        .rows
        .iter()
        .filter_map(|row| Some((blob(snapshot, row, "document")?, row)))
        .collect();
    let (mut by_document, orphans) = collect(stored);
    let (mut gaps, mut seen) = (Vec::new(), HashSet::new());
    if !documents.is_whole {
        gaps.push(vec![0; 16]);
    }
    for row in documents.rows.iter().chain(&orphans) {
        let Some((reference, heads)) = described(table, row) else { continue };
        let id = reference.id().bytes().to_vec();
        if !seen.insert(id.clone()) {
            continue;
        }
        let whole = snapshots.get(&id).and_then(|row| {
            let bytes = blob(snapshot, row, "bytes")?;
            Some((Document::from_snapshot(reference, &bytes).ok()?, *row))
        });
        let found = by_document.remove(&id).unwrap_or_default();
        if whole.is_none() && found.is_empty() {
            gaps.push(id);
            continue;
        }
        let mut document =
            whole.as_ref().map_or_else(|| Document::new(reference), |it| it.0.clone());
        let reached = reached(&mut document, &stored.changes.0, found)?;
        let mut row = row.clone();
        if let Some(at) = table.columns.iter().position(|name| name == "heads") {
            row[at] = Value::Blob(document.heads().to_bytes());
        }
        put(writing, table, &[row])?;
        if let Some((_, row)) = whole {
            put(writing, snapshot, std::slice::from_ref(row))?;
        }
        put(writing, &stored.changes.0, &reached)?;
        if document.heads().to_bytes() == heads {
            projection::forget(writing, reference)?;
            projection::document(writing, &document)?;
        } else {
            gaps.push(id);
        }
    }
    for document in &gaps {
        writing.execute("INSERT OR IGNORE INTO gap VALUES (?1)", [document])?;
    }
    // Own work that builds on what is lost waits in its second table.
    put(writing, &stored.copies.0, &stored.copies.1.rows)?;
    put_lost_copies(writing, stored)?;
    writing.execute(include_str!("repair/drop_sent_copies.sql"), [])?;
    Ok(!gaps.is_empty())
}

/// What was found of each document.
type ByDocument = BTreeMap<Vec<u8>, Vec<Found>>;

/// The changes of each document, from their table and from the copies of own ones; and rows of
/// `document` for those of which the copies tell, with no heads.
fn collect(stored: &Stored) -> (ByDocument, Vec<Vec<Value>>) {
    let table = &stored.documents.0;
    let ((change, changes), (own, copies)) = (&stored.changes, &stored.copies);
    let mut by_document = ByDocument::new();
    let (mut known, mut taken) = (HashSet::new(), HashSet::new());
    for row in &changes.rows {
        let Some(found) = found(change, row) else { continue };
        known.insert((found.document.clone(), found.hash.clone()));
        taken.extend(integer(change, row, "position"));
        by_document.entry(found.document.clone()).or_default().push(found);
    }
    let mut orphans = BTreeMap::new();
    for row in &copies.rows {
        let Some(mut found) = found(own, row) else { continue };
        let id = found.document.clone();
        orphans.entry(id.clone()).or_insert_with(|| {
            let of_copy = |name: &String| match name.as_str() {
                "id" => Value::Blob(id.clone()),
                "heads" => Value::Blob(Vec::new()),
                "generation" => Value::Integer(0),
                name => value(own, row, name).cloned().unwrap_or(Value::Null),
            };
            table.columns.iter().map(of_copy).collect()
        });
        if known.contains(&(id.clone(), found.hash.clone())) {
            continue;
        }
        let of_copy = |name: &String| match (name.as_str(), value(own, row, name)) {
            // Its place, unless that is another's by now.
            ("position", Some(Value::Integer(place))) if taken.contains(place) => Value::Null,
            (_, value) => value.cloned().unwrap_or(Value::Null),
        };
        found.row = change.columns.iter().map(of_copy).collect();
        by_document.entry(id).or_default().push(found);
    }
    (by_document, orphans.into_values().collect())
}

/// Applies the changes that build on nothing that is lost, and gives their rows.
fn reached(
    document: &mut Document,
    change: &Table,
    mut found: Vec<Found>,
) -> Result<Vec<Vec<Value>>, TabletError> {
    let is_refused = |one: &Found| integer(change, &one.row, "state") == Some(REFUSED);
    found.sort_by_key(|one| integer(change, &one.row, "position").unwrap_or(i64::MAX));
    let (refused, mut left): (Vec<_>, Vec<_>) = found.into_iter().partition(is_refused);
    let mut rows: Vec<_> = refused.into_iter().map(|one| one.row).collect();
    let mut reached = Vec::new();
    let mut here = HashSet::new();
    loop {
        let before = left.len();
        let (now, later): (Vec<_>, Vec<_>) = left.into_iter().partition(|one| {
            one.change.deps().iter().all(|hash| here.contains(hash) || document.holds(hash))
        });
        for one in now {
            here.insert(one.change.hash());
            rows.push(one.row);
            reached.push(one.change);
        }
        if later.len() == before {
            document.apply_all(reached)?;
            return Ok(rows);
        }
        left = later;
    }
}

/// Second copies of own changes whose second copy is what was lost.
fn put_lost_copies(writing: &Connection, stored: &Stored) -> Result<(), TabletError> {
    let ((table, documents), (change, changes)) = (&stored.documents, &stored.changes);
    let described: BTreeMap<DocumentId, &Vec<Value>> = documents
        .rows
        .iter()
        .filter_map(|row| Some((described(table, row)?.0.id(), row)))
        .collect();
    for row in &changes.rows {
        let Some(found) = found(change, row) else { continue };
        let document = DocumentId::from_bytes(&found.document).and_then(|id| described.get(&id));
        let (Some(document), Some(work)) = (document, value(change, row, "work")) else { continue };
        if matches!(work, Value::Null) || integer(change, row, "state") == Some(ON_SERVER) {
            continue;
        }
        let of_change = |name| value(change, row, name).cloned().unwrap_or(Value::Null);
        let of_document = |name| value(table, document, name).cloned().unwrap_or(Value::Null);
        writing.prepare_cached(include_str!("repair/insert_own_copy.sql"))?.execute(params![
            of_change("position"),
            of_change("document"),
            of_change("hash"),
            of_change("bytes"),
            of_change("state"),
            of_change("refusal"),
            of_change("work"),
            of_change("fact"),
            of_change("made"),
            of_document("client"),
            of_document("month"),
            of_document("team"),
        ])?;
    }
    Ok(())
}

/// The identity from either of its copies. Without one the profile can't be used any more.
fn find_identity(writing: &Connection, copies: &Salvaged) -> Result<(), TabletError> {
    if Identity::load(writing).is_ok() {
        return Ok(());
    }
    match copies.rows.first().and_then(|row| row.get(1)) {
        Some(Value::Text(text)) => Identity::read(text)?.save(writing),
        _ => Err(TabletError::ProfileDamaged),
    }
}

/// Every table of the database, but for the index's own: it is made anew from the texts.
fn names(connection: &Connection) -> Result<Vec<String>, TabletError> {
    let mut query = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT LIKE 'search_word%'",
    )?;
    let names = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(names)
}

fn put(writing: &Connection, table: &Table, rows: &[Vec<Value>]) -> Result<(), TabletError> {
    let mut insert = writing.prepare_cached(&table.insert())?;
    for row in rows {
        insert.execute(params_from_iter(row))?;
    }
    Ok(())
}

fn value<'a>(table: &Table, row: &'a [Value], column: &str) -> Option<&'a Value> {
    row.get(table.columns.iter().position(|name| name == column)?)
}

fn blob(table: &Table, row: &[Value], column: &str) -> Option<Vec<u8>> {
    match value(table, row, column) {
        Some(Value::Blob(bytes)) => Some(bytes.clone()),
        _ => None,
    }
}

fn integer(table: &Table, row: &[Value], column: &str) -> Option<i64> {
    match value(table, row, column) {
        Some(Value::Integer(number)) => Some(*number),
        _ => None,
    }
}

/// A change, when it is what its hash says.
fn found(table: &Table, row: &[Value]) -> Option<Found> {
    let (hash, bytes) = (blob(table, row, "hash")?, blob(table, row, "bytes")?);
    // From a refused one something may have been erased since, and it keeps its hash.
    let is_refused = integer(table, row, "state") == Some(REFUSED);
    let is_right = |change: &Change| is_refused || change.hash().0 == *hash;
    let change = Document::read_change(&bytes).ok().filter(is_right)?;
    Some(Found { document: blob(table, row, "document")?, hash, change, row: row.to_vec() })
}

/// Which document a row of `document` is of, and its heads.
fn described(table: &Table, row: &[Value]) -> Option<(DocumentRef, Vec<u8>)> {
    let client = ClientId::from_bytes(&blob(table, row, "client")?)?;
    let kind = match value(table, row, "month")? {
        Value::Text(column) => DocumentKind::from_column(Some(column))?,
        _ => DocumentKind::Care,
    };
    let reference = DocumentRef { client, kind };
    Some((reference, blob(table, row, "heads")?))
}

/// Removes a database that is nobody's any more, with what SQLite has put beside it.
fn remove(database: &Path) -> io::Result<()> {
    for ending in ["db", "db-wal", "db-shm", "db-journal"] {
        remove_file(&database.with_extension(ending))?;
    }
    Ok(())
}

fn remove_file(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
