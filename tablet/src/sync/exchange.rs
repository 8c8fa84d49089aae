//! Making a request from the outbox, and taking the answer into the database.

use std::collections::{BTreeMap, HashSet};

use kjent_core::document::{DocumentRef, digest};
use kjent_core::ids::{ClientId, DocumentId, TeamId};
use kjent_core::problem::Problem;
use kjent_core::protocol::{
    ChangeOutcome, Cursor, DocumentChanges, Outcome, PAGE, PROTOCOL, SyncRequest, SyncResponse,
    TeamNews,
};
use kjent_core::view::ChangeSet;
use rusqlite::{Connection, OptionalExtension, params};

use super::rebase::rebase;
use crate::transact::Writing;
use crate::{Tablet, TabletError};

impl Tablet {
    /// What waits, as far as it fits in one request, and how far the tablet has read.
    pub fn prepare_exchange(&self) -> Result<SyncRequest, TabletError> {
        let mut push: Vec<DocumentChanges> = Vec::new();
        let mut places: BTreeMap<DocumentId, usize> = BTreeMap::new();
        let mut bytes_so_far = 0;
        let mut query = self.connection.prepare_cached(include_str!("select_waiting.sql"))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let reference = reference(&row.get::<_, Vec<u8>>(0)?, row.get(1)?)?;
            let bytes: Vec<u8> = row.get(2)?;
            bytes_so_far += bytes.len();
            if bytes_so_far > PAGE && !push.is_empty() {
                break;
            }
            let place = *places.entry(reference.id()).or_insert_with(|| {
                push.push(DocumentChanges { document: reference, changes: Vec::new() });
                push.len() - 1
            });
            push[place].changes.push(bytes.into());
        }
        let cursors = self
            .teams
            .iter()
            .map(|team| {
                let through = self
                    .connection
                    .prepare_cached("SELECT through FROM team WHERE id = ?1")?
                    .query_row([team.id.bytes()], |row| row.get(0))?;
                Ok(Cursor { team: team.id, through })
            })
            .collect::<Result<_, TabletError>>()?;
        Ok(SyncRequest { protocol: PROTOCOL, now: self.now(), push, cursors })
    }

    /// Stores an answer in one transaction. Tells whether there is more to send or to fetch.
    pub fn complete_exchange(
        &mut self,
        request: &SyncRequest,
        response: &SyncResponse,
    ) -> Result<(bool, ChangeSet), TabletError> {
        let ((equal, settled), changes) = self.transact(|writing| {
            let mut settled = false;
            let mut refused = BTreeMap::new();
            for outcome in &response.outcomes {
                let is_ours = store_outcome(writing, outcome)?;
                settled |= is_ours;
                if is_ours && matches!(outcome.outcome, Outcome::Refused(_)) {
                    let (_, hashes) = refused
                        .entry(outcome.document.id())
                        .or_insert_with(|| (outcome.document, HashSet::new()));
                    hashes.insert(*outcome.hash);
                }
            }
            for (reference, hashes) in refused.into_values() {
                rebase(writing, reference, &hashes)?;
            }
            let mut equal = true;
            for news in &response.teams {
                equal &= store_news(writing, news)?;
            }
            writing.tx.execute(
                "INSERT OR REPLACE INTO setting (key, value) VALUES ('last_contact', ?1)",
                [writing.now.millis().to_string()],
            )?;
            writing.touched_sync();
            Ok((equal, settled))
        })?;
        let now = self.now();
        self.status.has_answered = true;
        self.status.last_contact = Some(now);
        self.status.clock_ahead = Some(request.now.millis() - response.now.millis());
        self.status.equal_at = equal.then_some(now);
        // A server that settles nothing of what it was sent is not asked again at once.
        let more = response.teams.iter().any(|news| news.more) || settled && self.has_waiting()?;
        Ok((more, changes))
    }

    pub(crate) fn has_waiting(&self) -> Result<bool, TabletError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM change WHERE state = 0)")?;
        Ok(query.query_row([], |row| row.get(0))?)
    }
}

/// Stores what became of a change; tells whether it is one of this tablet's.
fn store_outcome(writing: &mut Writing<'_>, outcome: &ChangeOutcome) -> Result<bool, TabletError> {
    let (state, refusal) = match &outcome.outcome {
        Outcome::Accepted => (1, None),
        Outcome::Refused(refusal) => (2, Some(serde_json::to_string(&Problem::from(refusal))?)),
    };
    let rows = writing
        .tx
        .prepare_cached(
            "UPDATE change SET state = ?3, refusal = ?4 WHERE document = ?1 AND hash = ?2",
        )?
        .execute(params![outcome.document.id().bytes(), outcome.hash.as_slice(), state, refusal])?;
    writing.touched(outcome.document.client);
    Ok(rows > 0)
}

/// Stores what is new in a team; tells whether the tablet now has exactly what the server has.
fn store_news(writing: &mut Writing<'_>, news: &TeamNews) -> Result<bool, TabletError> {
    let team = news.team.id;
    let was_filled = store_team(writing, news)?;

    let mut by_document: BTreeMap<DocumentId, (DocumentRef, Vec<&[u8]>)> = BTreeMap::new();
    for change in &news.changes {
        let entry = by_document
            .entry(change.document.id())
            .or_insert_with(|| (change.document, Vec::new()));
        entry.1.push(&change.bytes);
    }
    for (reference, changes) in by_document.values() {
        let facts = writing.receive(*reference, team, changes)?;
        // What fills a new tablet is not news to anybody.
        if was_filled {
            let mut arrived = writing
                .tx
                .prepare_cached("INSERT OR IGNORE INTO arrival (fact, at) VALUES (?1, ?2)")?;
            for fact in facts {
                arrived.execute(params![fact.bytes(), writing.now.millis()])?;
            }
        }
    }
    if news.more {
        return Ok(false);
    }
    Ok(heads_digest(&writing.tx, team)? == *news.digest)
}

/// Stores the team and the cursor; tells whether the tablet had all of it before.
fn store_team(writing: &mut Writing<'_>, news: &TeamNews) -> Result<bool, TabletError> {
    let team = &news.team;
    let was_filled: Option<bool> = writing
        .tx
        .query_row("SELECT filled FROM team WHERE id = ?1", [team.id.bytes()], |row| row.get(0))
        .optional()?;
    let was_filled = was_filled.unwrap_or(false);
    writing.tx.execute(
        "INSERT OR REPLACE INTO team (id, body, through, filled) VALUES (?1, ?2, ?3, ?4)",
        params![
            team.id.bytes(),
            serde_json::to_string(team)?,
            news.through,
            was_filled || !news.more
        ],
    )?;
    match writing.teams.iter_mut().find(|known| known.id == team.id) {
        Some(known) => *known = team.clone(),
        None => writing.teams.push(team.clone()),
    }
    Ok(was_filled)
}

/// The digest over all of the team's documents on this tablet, what waits included: only when
/// nothing waits can it be the server's.
fn heads_digest(connection: &Connection, team: TeamId) -> Result<[u8; 32], TabletError> {
    let mut query =
        connection.prepare_cached("SELECT id, heads FROM document WHERE team = ?1 ORDER BY id")?;
    let rows = query.query_map([team.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows = rows.collect::<Result<Vec<(Vec<u8>, Vec<u8>)>, _>>()?;
    Ok(digest(
        rows.iter().filter_map(|(id, heads)| Some((DocumentId::from_bytes(id)?, heads.as_slice()))),
    ))
}

fn reference(client: &[u8], month: Option<String>) -> Result<DocumentRef, TabletError> {
    let client = ClientId::from_bytes(client).ok_or(TabletError::Unreadable)?;
    match month {
        None => Ok(DocumentRef::care(client)),
        Some(month) => {
            let month = month.parse().map_err(|_| TabletError::Unreadable)?;
            Ok(DocumentRef::journal(client, month))
        }
    }
}
