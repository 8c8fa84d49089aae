//! Opening the encrypted database and bringing it to the newest shape.

use std::path::Path;

use rusqlite::Connection;

use crate::TabletError;
use crate::vault::DatabaseKey;

/// The migrations, in order. Never edited once landed; the database's `user_version` counts them.
const MIGRATIONS: [&str; 2] = [
    include_str!("../../migrations/tablet/0001_create_store.sql"),
    include_str!("../../migrations/tablet/0002_sync.sql"),
];

/// Opens the database in the folder, or makes it.
pub fn open(folder: &Path, key: &DatabaseKey) -> Result<Connection, TabletError> {
    let mut connection = Connection::open(folder.join("kjent.db"))?;
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let hex = zeroize::Zeroizing::new(hex);
    // The raw key, so that SQLCipher doesn't stretch what is random already.
    connection.pragma_update(None, "key", format!("x'{}'", hex.as_str()))?;
    // What is deleted is gone from the file, and temporary results never touch the disk.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON; PRAGMA cache_size = -8192;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    migrate(&mut connection)?;
    Ok(connection)
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

/// Takes what was erased out of the log of writes too; `secure_delete` has overwritten it in the
/// database's pages.
pub fn wipe(connection: &Connection) -> Result<(), TabletError> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}
