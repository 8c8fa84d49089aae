//! Brings a database to the newest version: numbered migrations, counted in `user_version`.

use std::cmp::Ordering;

use rusqlite::{Connection, TransactionBehavior};

use super::{Records, StoreError};
use crate::project;

/// Every migration in its order. Never edit one that has landed.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/server-sqlite/0001_create_store.sql"),
    include_str!("../../../migrations/server-sqlite/0002_sync.sql"),
    include_str!("../../../migrations/server-sqlite/0003_erasure.sql"),
    include_str!("../../../migrations/server-sqlite/0004_know_devices_and_accounts.sql"),
    include_str!("../../../migrations/server-sqlite/0005_project_rights.sql"),
    include_str!("../../../migrations/server-sqlite/0006_log_access.sql"),
    include_str!("../../../migrations/server-sqlite/0007_sign_in_at_provider.sql"),
    include_str!("../../../migrations/server-sqlite/0009_bound_lease_and_guesses.sql"),
];

/// Fails when the database is of another version than this server.
pub(super) fn check(connection: &Connection) -> Result<(), StoreError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let (found, known) = (found as usize, MIGRATIONS.len());
    match found.cmp(&known) {
        Ordering::Less => Err(StoreError::Older { found, known }),
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(StoreError::Newer { found, known }),
    }
}

/// Runs what the database doesn't have yet, all of it or nothing.
pub(super) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    // Two processes may open a new database at once: the version is read under the write lock.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let found = found as usize;
    let Some(missing) = MIGRATIONS.get(found..) else {
        return Err(StoreError::Newer { found, known: MIGRATIONS.len() });
    };
    for migration in missing {
        transaction.execute_batch(migration)?;
    }
    if !missing.is_empty() {
        transaction.pragma_update(None, "user_version", MIGRATIONS.len() as u32)?;
    }
    let records = Records { transaction };
    project::left_by_migration(&records)?;
    records.transaction.commit()?;
    Ok(())
}
