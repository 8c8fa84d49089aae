//! Making the projection anew, and writing it out for comparison.

use kjent_core::document::DocumentRef;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::search;
use crate::TabletError;
use crate::documents::{load_document, reference};

/// The tables that are the projection.
pub(super) const TABLES: [&str; 9] = [
    "fact",
    "erased_fact",
    "plan_object",
    "visit",
    "unreadable",
    "search_entry",
    "thread_link",
    "goal_mark",
    "restricted_entry",
];

/// Whether a migration asks for the projection to be made anew.
pub(crate) fn is_due(connection: &Connection) -> Result<bool, TabletError> {
    let query = "SELECT EXISTS (SELECT 1 FROM setting WHERE key = 'rebuild')";
    Ok(connection.query_row(query, [], |row| row.get(0))?)
}

/// Empties the projection and fills it from the changes.
pub(crate) fn rebuild(tx: &Connection) -> Result<(), TabletError> {
    search::clear(tx)?;
    for table in TABLES {
        tx.execute(&format!("DELETE FROM {table}"), [])?;
    }
    for reference in documents(tx)? {
        super::document(tx, &load_document(tx, reference)?)?;
    }
    // What could not be read when it came in.
    tx.execute(
        "UPDATE arrival SET client = (SELECT client FROM fact WHERE id = arrival.fact)
         WHERE client IS NULL",
        [],
    )?;
    tx.execute("DELETE FROM setting WHERE key = 'rebuild'", [])?;
    Ok(())
}

/// Every row of the projection as text, in the order of the tables' keys.
pub(crate) fn dump(connection: &Connection) -> Result<Vec<String>, TabletError> {
    let mut lines = Vec::new();
    for table in TABLES {
        let mut query = connection.prepare(&format!("SELECT * FROM {table}"))?;
        let columns = query.column_count();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let cells: Vec<String> = (0..columns)
                .map(|column| row.get_ref(column).map(text))
                .collect::<Result<_, _>>()?;
            lines.push(format!("{table}: {}", cells.join(" | ")));
        }
    }
    lines.sort();
    Ok(lines)
}

fn documents(connection: &Connection) -> Result<Vec<DocumentRef>, TabletError> {
    let mut query = connection.prepare("SELECT client, month FROM document ORDER BY id")?;
    let rows = query
        .query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<String>>(1)?)))?;
    rows.map(|row| {
        let (client, month) = row?;
        reference(&client, month.as_deref())
    })
    .collect()
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}
