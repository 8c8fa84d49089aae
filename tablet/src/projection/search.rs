//! The texts that search finds, and the index of their words.

use std::ops::RangeInclusive;

use kjent_core::document::DocumentRef;
use kjent_core::fact::FactBody;
use kjent_core::ids::FactId;
use kjent_core::plan::Part;
use kjent_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::TabletError;

/// What kind of hits an entry is among. The entries' numbers lie in bands, so that each can be read
/// in its order without the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Band {
    /// Clients.
    Clients,
    /// The people around them.
    Contacts,
    /// Goals, interventions, decisions and what is critical.
    Plan,
    /// Facts, by time.
    Journal,
}

impl Band {
    /// The numbers of its entries.
    pub(crate) const fn numbers(self) -> RangeInclusive<i64> {
        match self {
            Band::Journal => 0..=i64::MAX,
            Band::Plan => -(1 << 61)..=-1,
            Band::Contacts => -(1 << 62)..=-(1 << 61) - 1,
            Band::Clients => i64::MIN..=-(1 << 62) - 1,
        }
    }
}

/// Enters what a fact says.
pub(super) fn fact(
    tx: &Connection,
    document: DocumentRef,
    id: FactId,
    happened: Timestamp,
    body: &FactBody,
) -> Result<(), TabletError> {
    let (Some(kind), text) = (body.kind(), lines(body.texts().into_iter())) else { return Ok(()) };
    // The second, and thirty bits that tell apart what happened in the same one.
    let second = happened.millis().div_euclid(1000).clamp(0, (1 << 32) - 1);
    let number = (second << 30) | spread(id.0, 30);
    enter(tx, document, kind.code(), id.0, number, &text)
}

/// Enters what an object of the plan is called.
pub(super) fn object(
    tx: &Connection,
    document: DocumentRef,
    part: Part,
    id: Uuid,
    fields: &Map<String, Value>,
) -> Result<(), TabletError> {
    let band = match part {
        Part::Client => Band::Clients,
        Part::Contacts => Band::Contacts,
        Part::Goals | Part::Interventions | Part::Decisions | Part::CriticalInfo => Band::Plan,
        Part::Visits => return Ok(()),
    };
    let [first, second, ..] = part.sentences() else { return Ok(()) };
    let [first, second] = [first, second].map(|field| fields.get(*field).and_then(Value::as_str));
    // Line Danser is called Line: that says nothing more.
    let second =
        second.filter(|it| part != Part::Client || !first.is_some_and(|name| name.contains(it)));
    let text = lines(first.into_iter().chain(second));
    enter(tx, document, part.key(), id, band.numbers().start() + spread(id, 60), &text)
}

/// Takes a document's entries out of the index; the table's rows go with the other tables'.
pub(super) fn forget(tx: &Connection, document: DocumentRef) -> Result<(), TabletError> {
    tx.execute(
        "DELETE FROM search_word
         WHERE rowid IN (SELECT number FROM search_entry WHERE document = ?1)",
        [document.id().bytes()],
    )?;
    Ok(())
}

/// Takes a document's entry of a fact out.
pub(super) fn forget_fact(
    tx: &Connection,
    document: &[u8],
    fact: FactId,
) -> Result<(), TabletError> {
    for delete in [
        "DELETE FROM search_word
         WHERE rowid IN (SELECT number FROM search_entry WHERE document = ?1 AND id = ?2)",
        "DELETE FROM search_entry WHERE document = ?1 AND id = ?2",
    ] {
        tx.prepare_cached(delete)?.execute(params![document, fact.bytes()])?;
    }
    Ok(())
}

/// Empties the index; the table's rows go with the other tables'.
pub(super) fn clear(tx: &Connection) -> Result<(), TabletError> {
    tx.execute("INSERT INTO search_word (search_word) VALUES ('delete-all')", [])?;
    Ok(())
}

fn lines<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<&str> = texts.map(str::trim).filter(|text| !text.is_empty()).collect();
    texts.join("\n")
}

/// The last bits of an id, as a number.
fn spread(id: Uuid, bits: u32) -> i64 {
    let (_, low) = id.as_u64_pair();
    i64::try_from(low & ((1 << bits) - 1)).unwrap_or_default()
}

/// Enters a text, in the place of the one that was; an empty one has no entry.
fn enter(
    tx: &Connection,
    document: DocumentRef,
    kind: &str,
    id: Uuid,
    wanted: i64,
    text: &str,
) -> Result<(), TabletError> {
    let known: Option<(i64, String)> = tx
        .prepare_cached(
            "SELECT number, text FROM search_entry WHERE document = ?1 AND kind = ?2 AND id = ?3",
        )?
        .query_row(params![document.id().bytes(), kind, id.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    match known {
        Some((_, was)) if was == text => return Ok(()),
        Some((number, _)) => {
            tx.prepare_cached("DELETE FROM search_word WHERE rowid = ?1")?.execute([number])?;
            tx.prepare_cached("DELETE FROM search_entry WHERE number = ?1")?.execute([number])?;
        }
        None => {}
    }
    if text.is_empty() {
        return Ok(());
    }
    let mut number = wanted;
    let mut taken =
        tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM search_entry WHERE number = ?1)")?;
    while taken.query_row([number], |row| row.get(0))? {
        number += 1;
    }
    tx.prepare_cached(include_str!("insert_search_entry.sql"))?.execute(params![
        number,
        document.id().bytes(),
        document.client.bytes(),
        kind,
        id.as_bytes(),
        text,
    ])?;
    tx.prepare_cached(
        "INSERT INTO search_word (rowid, text, owner)
         SELECT number, text, owner FROM search_entry WHERE number = ?1",
    )?
    .execute([number])?;
    Ok(())
}
