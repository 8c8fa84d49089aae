//! Entries that the client restricts: shown to their readers out of their own documents, and to nobody
//! out of the journal once that says so.

use std::collections::BTreeMap;

use kjent_core::document::{Document, DocumentKind, DocumentRef, Edit, Fact};
use kjent_core::fact::{FactKind, Home};
use kjent_core::ids::FactId;
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use rusqlite::{Connection, params};

use super::search;
use crate::TabletError;
use crate::documents::load_document;
use crate::identity::Identity;

/// Takes the rows of an entry's own document out when it isn't open to the profile's worker; tells
/// whether that is so. It may be here all the same, until the server has it.
pub(super) fn forget_unless_open(
    tx: &Connection,
    document: &Document,
) -> Result<bool, TabletError> {
    let Some(readers) = document.readers() else { return Ok(false) };
    if readers.holds(Identity::load(tx)?.worker) {
        return Ok(false);
    }
    super::forget(tx, document.reference())?;
    Ok(true)
}

/// Whether a fact is of an entry that its journal says is restricted.
pub(super) fn is_hidden(
    tx: &Connection,
    document: &Document,
    id: FactId,
) -> Result<bool, TabletError> {
    let document_id = document.reference().id();
    let mut any =
        tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM restricted_entry WHERE document = ?1)")?;
    if !any.query_row([document_id.bytes()], |row| row.get(0))? {
        return Ok(false);
    }
    let fact = document.fact(id).and_then(|bytes| Fact::open(&bytes).ok());
    let Some(fact) = fact.filter(|fact| fact.kind != FactKind::EntryRestricted) else {
        return Ok(false);
    };
    let mut query = tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM restricted_entry WHERE document = ?1 AND entry IN (?2, ?3))",
    )?;
    let amended = fact.amends.unwrap_or(id);
    let by = params![document_id.bytes(), id.bytes(), amended.bytes()];
    Ok(query.query_row(by, |row| row.get(0))?)
}

/// Enters that an entry is restricted, and hides what its journal shows of it.
pub(super) fn entry(
    tx: &Connection,
    journal: DocumentRef,
    said: FactId,
    entry: FactId,
) -> Result<(), TabletError> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO restricted_entry (fact, document, client, entry)
         VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        said.bytes(),
        journal.id().bytes(),
        journal.client.bytes(),
        entry.bytes()
    ])?;
    let mut shown = tx.prepare_cached(
        "SELECT id FROM fact WHERE document = ?1 AND id = ?2
         UNION ALL SELECT id FROM fact WHERE document = ?1 AND amends = ?2",
    )?;
    let shown = shown
        .query_map(params![journal.id().bytes(), entry.bytes()], |row| row.get::<_, Vec<u8>>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    for bytes in shown {
        let fact = FactId::from_bytes(&bytes).ok_or(TabletError::Unreadable)?;
        hide(tx, journal.id().bytes(), fact)?;
    }
    Ok(())
}

/// Takes the rows out that a document has of a fact.
pub(super) fn hide(tx: &Connection, document: &[u8], fact: FactId) -> Result<(), TabletError> {
    search::forget_fact(tx, document, fact)?;
    for delete in [
        "DELETE FROM thread_link WHERE document = ?1 AND fact = ?2",
        "DELETE FROM goal_mark WHERE document = ?1 AND fact = ?2",
        "DELETE FROM fact WHERE document = ?1 AND id = ?2",
    ] {
        tx.prepare_cached(delete)?.execute(params![document, fact.bytes()])?;
    }
    Ok(())
}

/// Whether edits restrict an entry, or say who reads one.
pub(super) fn restricts(edits: &[Edit]) -> bool {
    edits.iter().any(|edit| {
        let Edit::AddFact { bytes, .. } = edit else { return false };
        Fact::open(bytes).is_ok_and(|fact| {
            fact.kind == FactKind::EntryRestricted || fact.kind.home() == Some(Home::Entry)
        })
    })
}

/// Whether edits write an entry in a document of its own that stands in no journal.
pub(super) fn writes_apart(
    tx: &Connection,
    own: DocumentRef,
    edits: &[Edit],
) -> Result<bool, TabletError> {
    let DocumentKind::Restricted(entry) = own.kind else { return Ok(false) };
    let written = edits.iter().find_map(|edit| match edit {
        Edit::AddFact { id, bytes } if *id == entry => Fact::open(bytes).ok(),
        _ => None,
    });
    let Some(fact) = written else { return Ok(false) };
    Ok(!load_document(tx, fact.document())?.holds_fact(entry))
}

/// The facts that an entry's own document shows, by the journal in which they stood.
pub(super) fn covered(
    tx: &Connection,
    reference: DocumentRef,
) -> Result<BTreeMap<DocumentRef, Vec<FactId>>, TabletError> {
    let mut covered: BTreeMap<DocumentRef, Vec<FactId>> = BTreeMap::new();
    if !matches!(reference.kind, DocumentKind::Restricted(_)) {
        return Ok(covered);
    }
    let mut query = tx.prepare_cached(
        "SELECT id, happened FROM fact
         WHERE client = ?1 AND document = ?2
             AND kind NOT IN ('entry_readers', 'entry_restriction_ended')",
    )?;
    let mut rows = query.query(params![reference.client.bytes(), reference.id().bytes()])?;
    while let Some(row) = rows.next()? {
        let fact = FactId::from_bytes(&row.get::<_, Vec<u8>>(0)?).ok_or(TabletError::Unreadable)?;
        let month = oslo::month(Timestamp::from_millis(row.get(1)?));
        let journal = DocumentRef::journal(reference.client, month);
        covered.entry(journal).or_default().push(fact);
    }
    Ok(covered)
}

/// Projects those of the facts that stand in their journals, unless these say that they are restricted.
pub(super) fn uncover(
    tx: &Connection,
    covered: &BTreeMap<DocumentRef, Vec<FactId>>,
) -> Result<(), TabletError> {
    for (journal, facts) in covered {
        let journal = load_document(tx, *journal)?;
        for fact in facts.iter().filter(|fact| journal.holds_fact(**fact)) {
            super::fact_once(tx, &journal, *fact)?;
        }
    }
    Ok(())
}
