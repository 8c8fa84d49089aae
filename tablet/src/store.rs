//! Opening the encrypted database and bringing it to the newest shape.

use std::path::Path;

use rusqlite::Connection;
use zeroize::Zeroizing;

use crate::lock::DatabaseKey;
use crate::{TabletError, repair};

/// The migrations, in order. Never edited once landed; the database's `user_version` counts them.
const MIGRATIONS: [&str; 15] = [
    include_str!("../../migrations/tablet/0001_create_store.sql"),
    include_str!("../../migrations/tablet/0002_sync.sql"),
    include_str!("../../migrations/tablet/0003_erased_facts.sql"),
    include_str!("../../migrations/tablet/0004_follow_work.sql"),
    include_str!("../../migrations/tablet/0005_keep_second_copies.sql"),
    include_str!("../../migrations/tablet/0006_index_words.sql"),
    include_str!("../../migrations/tablet/0007_widen_facts_of_client.sql"),
    include_str!("../../migrations/tablet/0008_link_threads.sql"),
    include_str!("../../migrations/tablet/0009_find_acts_of_visit.sql"),
    include_str!("../../migrations/tablet/0010_say_which_report_was_erased.sql"),
    include_str!("../../migrations/tablet/0012_keep_break_glass.sql"),
    include_str!("../../migrations/tablet/0013_log_access.sql"),
    include_str!("../../migrations/tablet/0014_say_what_counts.sql"),
    include_str!("../../migrations/tablet/0015_note_restricted_entries.sql"),
    include_str!("../../migrations/tablet/0016_find_by_time.sql"),
];

/// Opens the database in the folder, or makes it.
pub fn open(folder: &Path, key: &DatabaseKey) -> Result<Connection, TabletError> {
    let connection = open_file(&folder.join("kjent.db"), key)?;
    repair::keep_schema(folder, &connection)?;
    Ok(connection)
}

/// The same, by the file's name.
pub(crate) fn open_file(file: &Path, key: &DatabaseKey) -> Result<Connection, TabletError> {
    let mut connection = Connection::open(file)?;
    set_key(&connection, key)?;
    // What is deleted is gone from the file, and temporary results never touch the disk.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON; PRAGMA cache_size = -8192;
         PRAGMA wal_autocheckpoint = 20000;",
    )?;
    connection.set_prepared_statement_cache_capacity(256);
    migrate(&mut connection)?;
    Ok(connection)
}

/// Fails unless the key opens the folder's database.
pub fn check_key(folder: &Path, key: &DatabaseKey) -> Result<(), TabletError> {
    let file = folder.join("kjent.db");
    if !file.exists() {
        return Err(TabletError::ProfileDamaged);
    }
    let connection = Connection::open(file)?;
    set_key(&connection, key)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(())
}

/// Gives the raw key, so that SQLCipher doesn't stretch what is random already.
fn set_key(connection: &Connection, key: &DatabaseKey) -> Result<(), TabletError> {
    let mut words = Zeroizing::new(String::with_capacity(3 + 2 * key.len()));
    words.push_str("x'");
    for byte in key.iter() {
        for half in [byte >> 4, byte & 15] {
            words.push(char::from_digit(half.into(), 16).unwrap_or_default());
        }
    }
    words.push('\'');
    connection.pragma_update(None, "key", words.as_str())?;
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<(), TabletError> {
    let done: usize = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for (number, migration) in MIGRATIONS.iter().enumerate().skip(done) {
        let writing = connection.transaction()?;
        writing.execute_batch(migration)?;
        writing.pragma_update(None, "user_version", number + 1)?;
        writing.commit()?;
    }
    Ok(())
}

/// Notes that `wipe` is to be done, in the transaction that makes it so.
pub fn note_wipe(connection: &Connection) -> Result<(), TabletError> {
    connection.execute("INSERT OR REPLACE INTO setting (key, value) VALUES ('wipe', '')", [])?;
    Ok(())
}

/// Whether `wipe` is to be done.
pub fn is_wipe_due(connection: &Connection) -> Result<bool, TabletError> {
    let query = "SELECT EXISTS (SELECT 1 FROM setting WHERE key = 'wipe')";
    Ok(connection.prepare_cached(query)?.query_row([], |row| row.get(0))?)
}

/// Gets what was erased out of the database's free pages, the gaps within its pages and its log of
/// writes, when that is to be done; tells whether there is nothing left to do.
///
/// `secure_delete` zeroes what is deleted, but not what stayed behind when SQLite moved a row of a
/// table `WITHOUT ROWID` to another page: such remains were in 7 of 40 databases (2026-11-22,
/// SQLite 3.40). So the file is written anew.
pub fn wipe(connection: &Connection) -> Result<bool, TabletError> {
    if !is_wipe_due(connection)? {
        return Ok(true);
    }
    // The index is made anew from the texts, so that nothing in it is older than they are.
    connection.execute_batch("INSERT INTO search_word (search_word) VALUES ('rebuild'); VACUUM")?;
    let held: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if !held {
        connection.execute("DELETE FROM setting WHERE key = 'wipe'", [])?;
    }
    Ok(!held)
}

/// Writes the log into the database, which costs two more fsyncs: after a sync, so that no worker
/// waits for it at a save. `wal_autocheckpoint` is only there for a tablet that never gets to it.
pub fn tidy_log(connection: &Connection) -> Result<(), TabletError> {
    connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    Ok(())
}
