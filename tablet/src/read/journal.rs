//! The journal: entries by all authors, newest first.

use std::collections::HashMap;

use kjent_core::cbor;
use kjent_core::fact::{FactKind, GoalProgress, Note, VisitReport};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::{Goal, Intervention, Part};
use kjent_core::problem::Problem;
use kjent_core::time::Timestamp;
use kjent_core::view::{EntryBody, EntryProgressView, EntryState, EntryView, OutcomeView};
use rusqlite::Row;
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
}

/// The titles that outcomes and progress refer to.
struct Titles {
    interventions: HashMap<Uuid, String>,
    goals: HashMap<Uuid, String>,
}

impl Tablet {
    /// The client's journal. The page shows the newest `most` entries.
    pub(super) fn journal(
        &self,
        client: ClientId,
        most: u32,
    ) -> Result<Vec<EntryView>, TabletError> {
        let unread = self.unread(client)?;
        let titles = self.titles(client)?;
        let mut query = self.connection.prepare_cached(include_str!("select_entries.sql"))?;
        let rows = query.query_map(rusqlite::params![client.bytes(), most], entry_row)?;
        rows.map(|row| {
            let row = row?;
            let (author, profession) = self.name_and_profession(row.author);
            Ok(EntryView {
                author,
                profession,
                mine: row.author == self.identity.worker,
                happened: oslo::local(row.happened),
                written: oslo::local(row.written),
                unread: unread.contains(&row.fact),
                state: entry_state(row.state, row.refusal.as_deref()),
                amends: row.amends,
                amended_by: row.amended_by,
                body: body(&row, &titles),
                fact: row.fact,
            })
        })
        .collect()
    }

    fn titles(&self, client: ClientId) -> Result<Titles, TabletError> {
        let interventions = self.plan::<Intervention>(client, Part::Interventions)?;
        let goals = self.plan::<Goal>(client, Part::Goals)?;
        Ok(Titles {
            interventions: interventions.into_iter().map(|one| (one.id, one.value.title)).collect(),
            goals: goals.into_iter().map(|one| (one.id, one.value.title)).collect(),
        })
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

fn body(row: &EntryRow, titles: &Titles) -> EntryBody {
    match row.kind {
        FactKind::VisitReport => match cbor::read::<VisitReport>(&row.body) {
            Ok(report) => visit(report, titles),
            Err(_) => EntryBody::Unknown,
        },
        FactKind::Note => match cbor::read::<Note>(&row.body) {
            Ok(note) => EntryBody::Note { note },
            Err(_) => EntryBody::Unknown,
        },
        _ => EntryBody::Unknown,
    }
}

fn visit(report: VisitReport, titles: &Titles) -> EntryBody {
    let outcomes = report.outcomes.into_iter().map(|outcome| OutcomeView {
        title: titles.interventions.get(&outcome.intervention.0).cloned().unwrap_or_default(),
        not_done: outcome.not_done,
    });
    let progress = report.progress.into_iter().map(|mark: GoalProgress| EntryProgressView {
        goal: titles.goals.get(&mark.goal.0).cloned().unwrap_or_default(),
        direction: mark.direction,
        source: mark.source,
    });
    EntryBody::Visit {
        started: oslo::local(report.started),
        finished: oslo::local(report.finished),
        outcomes: outcomes.collect(),
        progress: progress.collect(),
        note: report.note,
    }
}
