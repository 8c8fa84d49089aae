//! The store: what the server keeps, on SQLite, and the only place that knows SQL.
//!
//! Work happens in a transaction, through `Records`: plain questions and acts without a rule in
//! them. Nothing of SQLite shows in their signatures, so that PostgreSQL can stand behind the same
//! ones.

mod access;
mod accounts;
mod break_glass;
mod changes;
mod clients;
mod codes;
mod columns;
mod devices;
mod documents;
mod erasure;
mod fleet;
mod followed;
mod held;
mod late;
mod lease;
mod migrate;
mod numbers;
mod provider_names;
mod quarantine;
mod receipts;
mod responsible;
mod restrictions;
mod snapshots;
mod tablets;
mod teams;
mod workers;
mod wrong_tries;

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use kjent_core::sync::server::Damaged;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior, ffi};

pub use access::{StoredAccess, WorkerName};
pub use accounts::AccountRow;
pub use codes::CodeRow;
pub use devices::DeviceRow;
pub use erasure::{ErasureRow, QuarantinedBytes, Swept};
pub use fleet::FleetRow;
pub use held::HeldRow;
pub use kjent_core::sync::server::{
    ClientRow, DocumentRow, News, NewsFrom, OneAtLeast, Quarantined, StoredChange, StoredSnapshot,
    TabletRow,
};
pub use late::{LateRow, late_code};
pub use numbers::TeamNumbers;
pub use quarantine::QuarantineRow;
pub use tablets::SessionRow;
pub use workers::WorkerRow;
pub use wrong_tries::WrongTries;

/// How long one process waits for another that writes.
const BUSY: Duration = Duration::from_secs(10);

/// What can go wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite would not.
    #[error("the database failed")]
    Sqlite(#[from] rusqlite::Error),
    /// The file can't be made or opened.
    #[error("its file can't be opened")]
    File(#[from] std::io::Error),
    /// The database was made by an older version of the server, and may only be looked at.
    #[error("the database is of an older version ({found}) than this server ({known})")]
    Older {
        /// Its version.
        found: usize,
        /// The newest that this server knows.
        known: usize,
    },
    /// The database was made by a newer version of the server.
    #[error("the database is of a newer version ({found}) than this server ({known})")]
    Newer {
        /// Its version.
        found: usize,
        /// The newest that this server knows.
        known: usize,
    },
    /// Something stored can't be read as what it should be.
    #[error("the database is damaged: {0}")]
    Damaged(&'static str),
}

impl From<Damaged> for StoreError {
    fn from(damaged: Damaged) -> Self {
        Self::Damaged(damaged.0)
    }
}

impl StoreError {
    /// Whether the disk has no room left. What was to be stored is not, and can be later.
    pub fn is_full(&self) -> bool {
        match self {
            StoreError::Sqlite(error) => {
                // The index beside the log that can't grow is a full disk by another name.
                let code = error.sqlite_error().map(|error| error.extended_code);
                error.sqlite_error_code() == Some(ErrorCode::DiskFull)
                    || code == Some(ffi::SQLITE_IOERR_SHMSIZE)
            }
            StoreError::File(error) => error.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }
}

/// The store.
pub struct Store {
    connection: Connection,
}

/// The store within one transaction.
pub struct Records<'a> {
    transaction: Transaction<'a>,
}

impl Store {
    /// Opens the store in this file; makes it, readable by its owner only, when it isn't there.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(file)?;
        Self::open_existing(file)
    }

    /// Opens the store in this file, which must be there.
    pub fn open_existing(file: &Path) -> Result<Self, StoreError> {
        std::fs::metadata(file)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(file, flags)?;
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "foreign_keys", false)?;
        // What is deleted or written over is gone from the file too, as far as SQLite sees to it;
        // `sweep` does the rest.
        connection.pragma_update(None, "secure_delete", true)?;
        migrate::run(&mut connection)?;
        Ok(Self { connection })
    }

    /// Opens the store in this file to look at it only: nothing of it is changed, and it must be of
    /// this server's version.
    pub fn open_to_read(file: &Path) -> Result<Self, StoreError> {
        std::fs::metadata(file)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)?;
        connection.busy_timeout(BUSY)?;
        migrate::check(&connection)?;
        Ok(Self { connection })
    }

    /// Fails when the file's pages don't fit together, an index tells something else than its
    /// table, or a document isn't listed where it belongs. Reads everything.
    pub fn check(&mut self) -> Result<(), StoreError> {
        let found: String =
            self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if found != "ok" {
            return Err(StoreError::Damaged("its pages don't fit together"));
        }
        self.read(|records| records.check_documents())
    }

    /// Runs acts that write, as one transaction: all of them are on the disk when this returns
    /// well, none of them otherwise.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        acts: impl FnOnce(&Records<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run(TransactionBehavior::Immediate, acts)
    }

    /// Runs acts that write, and stores nothing of them.
    pub fn rehearse<T, E: From<StoreError>>(
        &mut self,
        acts: impl FnOnce(&Records<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.connection.transaction().map_err(StoreError::from)?;
        acts(&Records { transaction })
    }

    /// Answers questions, all as of one moment.
    pub fn read<T, E: From<StoreError>>(
        &mut self,
        questions: impl FnOnce(&Records<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run(TransactionBehavior::Deferred, questions)
    }

    fn run<T, E: From<StoreError>>(
        &mut self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Records<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction =
            self.connection.transaction_with_behavior(behavior).map_err(StoreError::from)?;
        let records = Records { transaction };
        let result = work(&records)?;
        records.transaction.commit().map_err(StoreError::from)?;
        Ok(result)
    }
}

impl Records<'_> {
    /// Whether the store answers at all.
    pub fn is_there(&self) -> Result<bool, StoreError> {
        Ok(self.transaction.query_row("SELECT count(*) >= 0 FROM team", [], |row| row.get(0))?)
    }
}
