//! The names and places of the database's tables, kept in a file beside it.
//!
//! They stand on the first pages of the database, and without them no other page can be made sense
//! of; the salt that every page's sum depends on is the file's first sixteen bytes. The file tells
//! nothing of anybody: it is the same text as in the migrations, with page numbers.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::log::PAGE;
use super::{hex, remove};
use crate::TabletError;
use crate::lock::{self, DatabaseKey};

pub(super) const FILE: &str = "kjent.schema.json";

#[derive(Serialize, Deserialize)]
struct Schema {
    /// SQLite's own count of changes to the schema.
    version: i64,
    salt: [u8; 16],
    /// `type`, `name`, `tbl_name`, `rootpage` and `sql` of `sqlite_schema`.
    rows: Vec<(String, String, String, i64, Option<String>)>,
}

/// Writes the file when it isn't there or the schema has changed since.
pub(crate) fn keep(folder: &Path, connection: &Connection) -> Result<(), TabletError> {
    let version = connection.query_row("PRAGMA schema_version", [], |row| row.get(0))?;
    if load(folder).is_some_and(|schema| schema.version == version) {
        return Ok(());
    }
    // Until now a new database may be in its log alone.
    connection.query_row("PRAGMA wal_checkpoint", [], |_| Ok(()))?;
    let mut salt = [0; 16];
    File::open(folder.join("kjent.db"))?.read_exact(&mut salt)?;
    let mut query = connection
        .prepare("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema ORDER BY rowid")?;
    let rows = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
        .collect::<Result<_, _>>()?;
    let schema = Schema { version, salt, rows };
    Ok(lock::write_whole(&folder.join(FILE), &serde_json::to_vec(&schema)?)?)
}

fn load(folder: &Path) -> Option<Schema> {
    serde_json::from_slice(&fs::read(folder.join(FILE)).ok()?).ok()
}

/// Gives a copy of the database first pages anew: those of another database with the same key, salt
/// and tables, which is longer than the copy, so that nothing of its own lies among the copy's pages.
pub(super) fn renew(folder: &Path, copy: &Path, key: &DatabaseKey) -> Result<(), TabletError> {
    let schema = load(folder).ok_or(TabletError::DatabaseDamaged)?;
    let other = folder.join("kjent.schema.db");
    remove(&other)?;
    let length = fs::metadata(copy)?.len();
    {
        let connection = Connection::open(&other)?;
        let key =
            zeroize::Zeroizing::new(format!("x'{}{}'", hex(key.as_slice()), hex(&schema.salt)));
        connection.pragma_update(None, "key", key.as_str())?;
        connection.execute_batch("PRAGMA journal_mode = OFF; CREATE TABLE filler (bytes BLOB);")?;
        let bytes = i64::try_from(length).unwrap_or(i64::MAX);
        connection.execute("INSERT INTO filler VALUES (zeroblob(?1))", [bytes])?;
        connection.execute_batch("PRAGMA writable_schema = ON;")?;
        let mut insert =
            connection.prepare("INSERT INTO sqlite_schema VALUES (?1, ?2, ?3, ?4, ?5)")?;
        // Triggers and views have nothing to read.
        let has_pages = |row: &&(String, _, _, _, _)| row.0 != "trigger" && row.0 != "view";
        for (kind, name, table, page, sql) in schema.rows.iter().filter(has_pages) {
            insert.execute(params![kind, name, table, page, sql])?;
        }
    }
    let mut from = File::open(copy)?;
    from.seek(SeekFrom::Start(PAGE as u64))?;
    let mut to = File::options().write(true).open(&other)?;
    to.seek(SeekFrom::Start(PAGE as u64))?;
    io::copy(&mut from.take(length.saturating_sub(PAGE as u64)), &mut to)?;
    to.flush()?;
    Ok(fs::rename(&other, copy)?)
}
