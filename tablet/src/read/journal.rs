//! The journal: entries by all authors, newest first.

use std::collections::HashMap;

use kjent_core::cbor;
use kjent_core::fact::{FactBody, FactKind, GoalProgress, Incident, IncidentKind, VisitReport};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::Part;
use kjent_core::problem::Problem;
use kjent_core::time::Timestamp;
use kjent_core::view::{EntryBody, EntryProgressView, EntryState, EntryView, OutcomeView};
use rusqlite::Row;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::plan::id;
use crate::{Tablet, TabletError};

/// A fact's row with how far it has come.
struct EntryRow {
    fact: FactId,
    kind: FactKind,
    author: WorkerId,
    written: Timestamp,
    happened: Timestamp,
    amends: Option<FactId>,
    amended_by: Option<FactId>,
    body: Vec<u8>,
    state: Option<i64>,
    refusal: Option<String>,
    number: Option<u64>,
    late: Option<String>,
}

/// What the objects of the plan are called that facts refer to.
pub(super) struct Titles {
    objects: HashMap<Uuid, String>,
    incidents: HashMap<FactId, IncidentKind>,
}

impl Titles {
    fn of(&self, object: Uuid) -> String {
        self.objects.get(&object).cloned().unwrap_or_default()
    }

    fn incident(&self, incident: FactId) -> Option<IncidentKind> {
        self.incidents.get(&incident).cloned()
    }
}

impl Tablet {
    /// The newest `most` entries of the client's journal.
    pub(super) fn journal(
        &self,
        client: ClientId,
        most: u32,
    ) -> Result<Vec<EntryView>, TabletError> {
        let unread = self.unread(client, self.last_here(client)?)?;
        let titles = self.titles(client)?;
        let receipts = self.receipts(client)?;
        let mut query = self.connection.prepare_cached(include_str!("select_entries.sql"))?;
        let rows = query.query_map(rusqlite::params![client.bytes(), most], entry_row)?;
        rows.map(|row| {
            let row = row?;
            let (author, profession) = self.name_and_profession(row.author);
            let mine = row.author == self.identity.worker;
            let state = entry_state(row.state, row.refusal.as_deref());
            let late = row.late.as_deref().map(serde_json::from_str).transpose()?;
            let receipt = mine.then(|| receipts.of(row.fact, &state, row.number)).flatten();
            Ok(EntryView {
                author,
                profession,
                mine,
                receipt,
                late: late.map(|work| self.late_view(&work)),
                happened: oslo::local(row.happened),
                written: oslo::local(row.written),
                unread: unread.contains(&row.fact),
                state,
                amends: row.amends,
                amended_by: row.amended_by,
                body: body(&row.kind, &row.body, &titles),
                fact: row.fact,
            })
        })
        .collect()
    }

    pub(super) fn titles(&self, client: ClientId) -> Result<Titles, TabletError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id, part, fields FROM plan_object WHERE client = ?1")?;
        let rows = query.query_map([client.bytes()], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })?;
        let mut titles = HashMap::new();
        for row in rows {
            let (id, part, fields) = row?;
            let fields: Map<String, Value> = serde_json::from_str(&fields)?;
            let part = Part::CARE.into_iter().find(|one| one.key() == part);
            let title = part.and_then(|part| part.sentences().first());
            if let Some(title) = title.and_then(|field| fields.get(*field)).and_then(Value::as_str)
            {
                let id = Uuid::from_slice(&id).map_err(|_| TabletError::Unreadable)?;
                titles.insert(id, title.to_owned());
            }
        }
        Ok(Titles { objects: titles, incidents: self.incident_kinds(client)? })
    }

    fn incident_kinds(
        &self,
        client: ClientId,
    ) -> Result<HashMap<FactId, IncidentKind>, TabletError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id, body FROM fact WHERE client = ?1 AND kind = 'incident'")?;
        let rows = query.query_map([client.bytes()], |row| {
            Ok((id(row, 0, FactId::from_bytes)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        let mut kinds = HashMap::new();
        for row in rows {
            let (fact, body) = row?;
            // What can't be read is counted elsewhere; its steps then say nothing of its kind.
            if let Ok(incident) = cbor::read::<Incident>(&body) {
                kinds.insert(fact, incident.kind);
            }
        }
        Ok(kinds)
    }
}

fn entry_row(row: &Row<'_>) -> rusqlite::Result<EntryRow> {
    let optional = |column: usize| -> rusqlite::Result<Option<FactId>> {
        let bytes: Option<Vec<u8>> = row.get(column)?;
        Ok(bytes.and_then(|bytes| FactId::from_bytes(&bytes)))
    };
    Ok(EntryRow {
        fact: id(row, 0, FactId::from_bytes)?,
        kind: FactKind::from_code(&row.get::<_, String>(1)?),
        author: id(row, 2, WorkerId::from_bytes)?,
        written: Timestamp::from_millis(row.get(3)?),
        happened: Timestamp::from_millis(row.get(4)?),
        amends: optional(5)?,
        amended_by: optional(6)?,
        body: row.get(7)?,
        state: row.get(8)?,
        refusal: row.get(9)?,
        number: row.get(10)?,
        late: row.get(11)?,
    })
}

/// How far a fact has come, by the state of the own change that adds it; a colleague's has none.
pub(super) fn entry_state(state: Option<i64>, refusal: Option<&str>) -> EntryState {
    match state {
        Some(0) => EntryState::Waiting,
        Some(2) => EntryState::Refused {
            reason: refusal
                .and_then(|text| serde_json::from_str(text).ok())
                .unwrap_or_else(|| Problem::new("refused")),
        },
        _ => EntryState::Sent,
    }
}

/// What a fact says.
pub(super) fn body(kind: &FactKind, sealed: &[u8], titles: &Titles) -> EntryBody {
    match FactBody::from_bytes(kind, sealed) {
        Ok(FactBody::VisitReport(report)) => visit(report, titles),
        Ok(FactBody::Note(note)) => EntryBody::Note { note },
        Ok(FactBody::PlanChange(change)) => {
            EntryBody::PlanChange { title: titles.of(change.object), change }
        }
        Ok(FactBody::PlanProposal(proposal)) => {
            let title = proposal.object.map(|object| titles.of(object)).unwrap_or_default();
            EntryBody::PlanProposal { title, proposal }
        }
        Ok(FactBody::ProposalDeclined(declined)) => {
            EntryBody::ProposalDeclined { reason: declined.reason }
        }
        Ok(FactBody::DeliveryExplained(explained)) => EntryBody::DeliveryExplained {
            title: titles.of(explained.decision.0),
            from: explained.from,
            to: explained.to,
            reason: explained.reason,
        },
        Ok(FactBody::VisitTakenOver(_)) => EntryBody::VisitTakenOver,
        Ok(FactBody::VisitGivenBack(_)) => EntryBody::VisitGivenBack,
        Ok(FactBody::VisitCancelled(cancelled)) => {
            EntryBody::VisitCancelled { reason: cancelled.reason, words: cancelled.words }
        }
        Ok(FactBody::VisitReinstated(_)) => EntryBody::VisitReinstated,
        Ok(FactBody::Observations(observations)) => EntryBody::Observations { observations },
        Ok(FactBody::Incident(incident)) => EntryBody::Incident { incident },
        Ok(FactBody::IncidentStep(step)) => EntryBody::IncidentStep {
            about: titles.incident(step.incident),
            step: step.step,
            words: step.words,
        },
        // Not in the journal's list, or of a newer version.
        Ok(FactBody::WhatMatters(_) | FactBody::GoalProgress(_) | FactBody::Unknown) | Err(_) => {
            EntryBody::Unknown
        }
    }
}

fn visit(report: VisitReport, titles: &Titles) -> EntryBody {
    let outcomes = report.outcomes.into_iter().map(|outcome| OutcomeView {
        title: titles.of(outcome.intervention.0),
        not_done: outcome.not_done,
    });
    let progress = report.progress.into_iter().map(|mark: GoalProgress| EntryProgressView {
        goal: titles.of(mark.goal.0),
        direction: mark.direction,
        source: mark.source,
    });
    EntryBody::Visit {
        started: oslo::local(report.started),
        finished: oslo::local(report.finished),
        outcomes: outcomes.collect(),
        progress: progress.collect(),
        note: report.note,
        observations: report.observations,
    }
}
