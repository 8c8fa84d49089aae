//! The projection: the tables that screens read, made from documents.
//!
//! Written in the transaction that stores a change, and made anew from all changes by `rebuild`;
//! both ways give the same rows, because each row is a function of its document alone. But for an entry
//! that the client restricts: where it stands in two documents, its row is its own document's.

mod rebuild;
mod restricted;
mod search;

pub(crate) use rebuild::{dump, is_due, rebuild};
pub(crate) use search::Band;

use std::collections::BTreeSet;

use kjent_core::document::{Document, DocumentKind, DocumentRef, Edit, Fact, Tombstone};
use kjent_core::fact::{FactBody, Home};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::plan::{Part, PlannedVisit};
use kjent_core::thread;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::TabletError;

/// Projects a whole document; returns the facts that had no row before.
pub(crate) fn document(tx: &Connection, document: &Document) -> Result<Vec<FactId>, TabletError> {
    if restricted::forget_unless_open(tx, document)? {
        return Ok(Vec::new());
    }
    for part in document.reference().kind.parts() {
        for id in document.objects(*part) {
            object(tx, document, *part, id)?;
        }
    }
    let mut fresh = Vec::new();
    for id in document.facts() {
        if fact_once(tx, document, id)? {
            fresh.push(id);
        }
    }
    refused_facts(tx, document)?;
    Ok(fresh)
}

/// Projects what these edits, which are in the document, wrote; returns the facts that had no row
/// before.
pub(crate) fn edited(
    tx: &Connection,
    document: &Document,
    edits: &[Edit],
) -> Result<Vec<FactId>, TabletError> {
    if restricted::forget_unless_open(tx, document)? {
        return Ok(Vec::new());
    }
    let mut fresh = Vec::new();
    let mut objects = BTreeSet::new();
    for edit in edits {
        match edit {
            Edit::AddFact { id, .. } => {
                if fact_once(tx, document, *id)? {
                    fresh.push(*id);
                }
            }
            Edit::SetField { part, object, .. } => {
                objects.insert((part.key(), *part, *object));
            }
        }
    }
    for (_, part, id) in objects {
        object(tx, document, part, id)?;
    }
    Ok(fresh)
}

/// Projects a fact that has no row yet, or that it was erased; tells whether there is a new row that
/// can be read.
fn fact_once(tx: &Connection, document: &Document, id: FactId) -> Result<bool, TabletError> {
    let mut query = tx.prepare_cached("SELECT document FROM fact WHERE id = ?1")?;
    let known: Option<Vec<u8>> = query.query_row([id.bytes()], |row| row.get(0)).optional()?;
    let reference = document.reference();
    if known.as_deref() == Some(reference.id().bytes()) || restricted::is_hidden(tx, document, id)?
    {
        return Ok(false);
    }
    let is_own = matches!(reference.kind, DocumentKind::Restricted(_));
    match document.tombstone(id) {
        Some(tombstone) if tombstone.is_moved => Ok(false),
        Some(tombstone) => erased_fact(tx, document, id, &tombstone).map(|()| false),
        None if known.is_some() && !is_own => Ok(false),
        None => {
            if let Some(other) = &known {
                restricted::hide(tx, other, id)?;
            }
            fact(tx, document, id).map(|()| known.is_none())
        }
    }
}

/// Takes a document's rows out. What stood in the journal beneath them is seen again.
pub(crate) fn forget(tx: &Connection, reference: DocumentRef) -> Result<(), TabletError> {
    let covered = restricted::covered(tx, reference)?;
    search::forget(tx, reference)?;
    for table in rebuild::TABLES {
        tx.execute(&format!("DELETE FROM {table} WHERE document = ?1"), [reference.id().bytes()])?;
    }
    restricted::uncover(tx, &covered)
}

/// Projects the facts of changes that the server refused: they are in no document any more, and
/// still in the journal of the one who wrote them.
fn refused_facts(tx: &Connection, document: &Document) -> Result<(), TabletError> {
    let reference = document.reference();
    let mut query = tx.prepare_cached(
        "SELECT bytes FROM change WHERE document = ?1 AND state = 2 AND fact IS NOT NULL",
    )?;
    let rows = query.query_map([reference.id().bytes()], |row| row.get::<_, Vec<u8>>(0))?;
    for bytes in rows {
        let change = Document::read_change(&bytes?)?;
        let edits = document.edits_of(&change).unwrap_or_default();
        // A restriction that did not come about hides nothing and shows nothing; what was written
        // with it is shown to whoever wrote it.
        if restricted::restricts(&edits) && !restricted::writes_apart(tx, reference, &edits)? {
            continue;
        }
        for edit in edits {
            if let Edit::AddFact { id, bytes } = edit {
                sealed_fact(tx, document, id, &bytes)?;
            }
        }
    }
    Ok(())
}

fn erased_fact(
    tx: &Connection,
    document: &Document,
    id: FactId,
    tombstone: &Tombstone,
) -> Result<(), TabletError> {
    let reference = document.reference();
    tx.prepare_cached(include_str!("projection/upsert_erased_fact.sql"))?.execute(params![
        id.bytes(),
        reference.id().bytes(),
        reference.client.bytes(),
        tombstone.at.millis(),
        tombstone.ground.as_str(),
        tombstone.visit.map(|visit| visit.bytes().to_vec()),
    ])?;
    Ok(())
}

/// Projects one fact.
pub(crate) fn fact(tx: &Connection, document: &Document, id: FactId) -> Result<(), TabletError> {
    sealed_fact(tx, document, id, &document.fact(id).unwrap_or_default())
}

fn sealed_fact(
    tx: &Connection,
    document: &Document,
    id: FactId,
    sealed: &[u8],
) -> Result<(), TabletError> {
    let reference = document.reference();
    let Some((fact, body)) =
        Fact::open(sealed).ok().and_then(|fact| fact.read().ok().map(|body| (fact, body)))
    else {
        return unreadable(tx, document, "facts", id.0, true);
    };
    let visit = match &body {
        FactBody::VisitReport(report) => report.of_visit(),
        FactBody::VisitTakenOver(taken) => Some(taken.visit),
        FactBody::VisitGivenBack(given) => Some(given.visit),
        FactBody::VisitCancelled(cancelled) => Some(cancelled.visit),
        FactBody::VisitReinstated(reinstated) => Some(reinstated.visit),
        FactBody::MissedContact(missed) => Some(missed.visit),
        FactBody::ResistedCare(resisted) => Some(resisted.visit),
        _ => None,
    };
    // What says that an entry is restricted corrects nothing of it.
    let is_restriction = matches!(body, FactBody::EntryRestricted(_));
    let amends = fact.amends.filter(|_| !is_restriction);
    tx.prepare_cached(include_str!("projection/upsert_fact.sql"))?.execute(params![
        id.bytes(),
        reference.id().bytes(),
        reference.client.bytes(),
        fact.kind.code(),
        fact.author.bytes(),
        fact.written.millis(),
        fact.happened.millis(),
        amends.map(|amended| amended.bytes().to_vec()),
        visit.map(|visit| visit.bytes().to_vec()),
        fact.body,
        body.observations().is_some(),
    ])?;
    for mark in body.progress() {
        tx.prepare_cached(include_str!("projection/upsert_goal_mark.sql"))?.execute(params![
            reference.client.bytes(),
            mark.goal.0.as_bytes(),
            fact.happened.millis(),
            id.bytes(),
            reference.id().bytes(),
        ])?;
    }
    if thread::is_linked(&body) {
        tx.prepare_cached(include_str!("projection/upsert_thread_link.sql"))?.execute(params![
            id.bytes(),
            reference.id().bytes(),
            reference.client.bytes(),
            fact.amends.unwrap_or(id).bytes(),
        ])?;
    }
    match (is_restriction, fact.amends) {
        (true, Some(entry)) => restricted::entry(tx, reference, id, entry),
        // Who reads an entry is shown with the entry.
        _ if fact.kind.home() == Some(Home::Entry) => Ok(()),
        _ => search::fact(tx, reference, id, fact.happened, &body),
    }
}

/// Projects one object of the plan.
pub(crate) fn object(
    tx: &Connection,
    document: &Document,
    part: Part,
    id: Uuid,
) -> Result<(), TabletError> {
    let reference = document.reference();
    let fields = document.fields(part, id).unwrap_or_default();
    let readable = fields.is_readable(part);
    unreadable(tx, document, part.key(), id, !readable)?;
    if part == Part::Visits {
        return match fields.read::<PlannedVisit>() {
            Ok(visit) => planned_visit(tx, document, reference.client, id, &visit),
            Err(_) => {
                tx.prepare_cached("DELETE FROM visit WHERE id = ?1")?.execute([id.as_bytes()])?;
                Ok(())
            }
        };
    }
    let conflicts: serde_json::Map<String, Value> = fields
        .conflicts
        .iter()
        .map(|(field, values)| {
            let values = values
                .iter()
                .map(|one| json!({ "value": one.value, "by": one.actor.worker, "at": one.at }));
            (field.clone(), values.collect())
        })
        .collect();
    search::object(tx, reference, part, id, &fields.values)?;
    tx.prepare_cached(include_str!("projection/upsert_object.sql"))?.execute(params![
        reference.client.bytes(),
        part.key(),
        id.as_bytes(),
        reference.id().bytes(),
        Value::Object(fields.values).to_string(),
        (!conflicts.is_empty()).then(|| Value::Object(conflicts).to_string()),
    ])?;
    Ok(())
}

fn planned_visit(
    tx: &Connection,
    document: &Document,
    client: ClientId,
    id: Uuid,
    visit: &PlannedVisit,
) -> Result<(), TabletError> {
    let interventions: Vec<String> = visit.interventions.iter().map(ToString::to_string).collect();
    tx.prepare_cached(include_str!("projection/upsert_visit.sql"))?.execute(params![
        id.as_bytes(),
        document.reference().id().bytes(),
        client.bytes(),
        visit.starts.millis(),
        visit.minutes,
        visit.worker.bytes(),
        interventions.join(" "),
    ])?;
    Ok(())
}

/// Notes that something can't be read, or that it now can.
fn unreadable(
    tx: &Connection,
    document: &Document,
    part: &str,
    id: Uuid,
    is: bool,
) -> Result<(), TabletError> {
    let reference = document.reference();
    let query = if is {
        "INSERT OR IGNORE INTO unreadable (document, part, id, client) VALUES (?1, ?2, ?3, ?4)"
    } else {
        "DELETE FROM unreadable WHERE document = ?1 AND part = ?2 AND id = ?3 AND client = ?4"
    };
    tx.prepare_cached(query)?.execute(params![
        reference.id().bytes(),
        part,
        id.as_bytes(),
        reference.client.bytes(),
    ])?;
    Ok(())
}
