//! Reading what can be read of a damaged database.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;

use super::hex;
use crate::TabletError;
use crate::lock::DatabaseKey;

/// A damaged database, or rather a copy of it.
pub(super) struct Salvage {
    file: PathBuf,
    key: DatabaseKey,
    connection: Connection,
}

/// A table, by what it should have.
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<String>,
    /// The order in which it lies, backwards.
    pub order: String,
}

impl Table {
    /// A table of a sound database.
    pub fn of(sound: &Connection, name: &str) -> rusqlite::Result<Self> {
        let mut query = sound.prepare("SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns = query
            .query_map([name], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<(String, i64)>, _>>()?;
        let mut key: Vec<&(String, i64)> = columns.iter().filter(|column| column.1 > 0).collect();
        key.sort_by_key(|column| column.1);
        let order = match key.as_slice() {
            [] => "rowid DESC".to_owned(),
            key => {
                key.iter().map(|(name, _)| format!("{name} DESC")).collect::<Vec<_>>().join(", ")
            }
        };
        let columns = columns.into_iter().map(|(name, _)| name).collect();
        Ok(Self { name: name.to_owned(), columns, order })
    }

    /// The statement that puts a row of it into the same table.
    pub fn insert(&self) -> String {
        let holes: Vec<String> = (1..=self.columns.len()).map(|hole| format!("?{hole}")).collect();
        let (columns, holes) = (self.columns.join(", "), holes.join(", "));
        format!("INSERT OR IGNORE INTO {} ({columns}) VALUES ({holes})", self.name)
    }
}

/// What could be read of a table.
pub(super) struct Salvaged {
    pub rows: Vec<Vec<Value>>,
    /// Whether that is all of it.
    pub is_whole: bool,
}

impl Salvage {
    pub fn open(file: &Path, key: &DatabaseKey) -> Result<Self, TabletError> {
        let connection = connect(file, key)?;
        Ok(Self { file: file.to_owned(), key: key.clone(), connection })
    }

    /// Whether the names and places of the tables can be read.
    pub fn has_schema(&self) -> bool {
        let tables =
            self.connection.prepare("SELECT sql FROM sqlite_schema").and_then(|mut query| {
                query
                    .query_map([], |row| row.get::<_, Option<String>>(0))?
                    .collect::<Result<Vec<_>, _>>()
            });
        tables.is_ok_and(|tables| !tables.is_empty())
    }

    /// The rows before the first damaged page, and those behind the last one. What lies between two
    /// of them is not looked for: a second copy or the server has it.
    pub fn read(&mut self, table: &Table) -> Result<Salvaged, TabletError> {
        let Table { name, columns, order } = table;
        let columns = columns.join(", ");
        // By the table itself: an index may be whole where the table is not, and the other way round.
        let forwards = format!("SELECT {columns} FROM {name} NOT INDEXED");
        let mut rows = Vec::new();
        if self.collect(&forwards, &mut rows) {
            return Ok(Salvaged { rows, is_whole: true });
        }
        // SQLCipher reads nothing more on a connection that has met a damaged page.
        self.connection = connect(&self.file, &self.key)?;
        self.collect(&format!("{forwards} ORDER BY {order}"), &mut rows);
        self.connection = connect(&self.file, &self.key)?;
        Ok(Salvaged { rows, is_whole: false })
    }

    /// Adds rows until one can't be read; tells whether all could.
    fn collect(&self, query: &str, into: &mut Vec<Vec<Value>>) -> bool {
        let mut all = || -> Result<(), TabletError> {
            let mut query = self.connection.prepare(query)?;
            let columns = query.column_count();
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let cells = (0..columns).map(|column| row.get(column)).collect::<Result<_, _>>()?;
                super::check(&self.connection)?;
                into.push(cells);
            }
            super::check(&self.connection)
        };
        all().is_ok()
    }
}

fn connect(file: &Path, key: &DatabaseKey) -> Result<Connection, TabletError> {
    let connection = Connection::open(file)?;
    let key = zeroize::Zeroizing::new(format!("x'{}'", hex(key.as_slice())));
    connection.pragma_update(None, "key", key.as_str())?;
    Ok(connection)
}
