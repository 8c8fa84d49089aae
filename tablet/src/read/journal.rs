//! The journal: entries by all authors, newest first.

use std::collections::HashMap;

use kjent_core::cbor;
use kjent_core::fact::{FactBody, FactKind, GoalProgress, Incident, IncidentKind, VisitReport};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::Part;
use kjent_core::problem::Problem;
use kjent_core::team::Role;
use kjent_core::time::Timestamp;
use kjent_core::view::{
    EntryBody, EntryProgressView, EntryState, EntryView, JournalView, OutcomeView, ThreadView,
};
use rusqlite::{Row, params};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::address::entries_without_address;
use super::plan::{called, id};
use super::routine::missed_contact;
use crate::{Tablet, TabletError};

/// How many entries are shown after one that was asked for.
const AFTER: u32 = 10;

/// A fact's row with how far it has come.
pub(super) struct EntryRow {
    pub fact: FactId,
    pub kind: FactKind,
    pub author: WorkerId,
    written: Timestamp,
    happened: Timestamp,
    amends: Option<FactId>,
    amended_by: Option<FactId>,
    body: Vec<u8>,
    state: Option<i64>,
    refusal: Option<String>,
    number: Option<u64>,
    late: Option<String>,
    /// The month's column of its document.
    pub month: Option<String>,
    /// The entry of which it says that it is restricted.
    restricts: Option<FactId>,
}

/// What the objects of the plan are called that facts refer to.
pub(super) struct Titles {
    objects: HashMap<Uuid, String>,
    incidents: HashMap<FactId, IncidentKind>,
}

impl Titles {
    pub(super) fn of(&self, object: Uuid) -> String {
        self.objects.get(&object).cloned().unwrap_or_default()
    }

    fn incident(&self, incident: FactId) -> Option<IncidentKind> {
        self.incidents.get(&incident).cloned()
    }

    /// What an entry's note is about.
    fn linked(&self, body: &EntryBody) -> Vec<String> {
        let (EntryBody::Note { note } | EntryBody::Visit { note, .. }) = body else {
            return Vec::new();
        };
        let goals = note.goals.iter().map(|goal| goal.0);
        let objects = goals.chain(note.interventions.iter().map(|one| one.0));
        objects.filter_map(|object| self.objects.get(&object).cloned()).collect()
    }
}

impl Tablet {
    /// A client's journal: its newest entries, so many.
    pub fn read_journal(&self, client: ClientId, entries: u32) -> Result<JournalView, TabletError> {
        self.read_journal_through(client, entries, None)
    }

    /// The same, and as many more as it takes for one entry to be among them.
    pub fn read_journal_through(
        &self,
        client: ClientId,
        entries: u32,
        through: Option<FactId>,
    ) -> Result<JournalView, TabletError> {
        let view = match through {
            None => self.journal_view(client, entries),
            Some(fact) => self
                .place(client, fact)
                .and_then(|place| self.journal_view(client, entries.max(place + AFTER))),
        };
        self.opened(client, false, view)
    }

    /// How many entries there are from the newest through this one, or through the one that it
    /// corrects.
    fn place(&self, client: ClientId, fact: FactId) -> Result<u32, TabletError> {
        let mut query =
            self.connection.prepare_cached(include_str!("count_entries_through.sql"))?;
        let bounds = params![client.bytes(), fact.bytes()];
        Ok(query.query_row(bounds, |row| row.get(0))?)
    }

    fn journal_view(&self, client: ClientId, most: u32) -> Result<JournalView, TabletError> {
        self.check_not_barred(client)?;
        let profile = self.profile(client)?.value;
        if !self.reads_record(client) {
            return Ok(JournalView { called: called(&profile), ..JournalView::default() });
        }
        let entries = self.newest_entries(client, most)?;
        let shows_address = self.shows_address(client, &profile)?;
        Ok(JournalView {
            called: called(&profile),
            entries: if shows_address { entries } else { entries_without_address(entries) },
            older: self.older(client, most)?,
            erased: self.erased(client)?,
        })
    }

    /// The newest `most` entries of the client's journal.
    pub(super) fn newest_entries(
        &self,
        client: ClientId,
        most: u32,
    ) -> Result<Vec<EntryView>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_entries.sql"))?;
        let rows = query.query_map(params![client.bytes(), most], entry_row)?;
        self.entries(client, rows.collect::<Result<_, _>>()?)
    }

    /// What colleagues wrote and changed since a moment, or what came in since, newest first.
    pub(super) fn entries_since(
        &self,
        client: ClientId,
        since: Timestamp,
    ) -> Result<Vec<EntryView>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_entries_since.sql"))?;
        let me = self.identity.worker;
        let rows =
            query.query_map(params![client.bytes(), me.bytes(), since.millis()], entry_row)?;
        self.entries(client, rows.collect::<Result<_, _>>()?)
    }

    fn entries(
        &self,
        client: ClientId,
        rows: Vec<EntryRow>,
    ) -> Result<Vec<EntryView>, TabletError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let unread = self.unread(client, self.last_here(client)?)?;
        let titles = self.titles(client)?;
        let receipts = self.receipts(client)?;
        let restricting = self.restricting(client)?;
        let mut threads: HashMap<FactId, ThreadView> = HashMap::new();
        for thread in self.threads(Some(client))? {
            threads.insert(thread.thread, thread);
        }
        let entry = |row: EntryRow| {
            let (author, profession) = self.name_and_profession(row.author);
            let mine = row.author == self.identity.worker;
            let state = entry_state(row.state, row.refusal.as_deref());
            let late = row.late.as_deref().map(serde_json::from_str).transpose()?;
            let restricted = self.restricted(client, &row)?;
            let has = |worker| {
                restricted.as_ref().is_none_or(|it| it.is_ended || it.readers.contains(&worker))
            };
            let receipt = mine.then(|| receipts.among(row.fact, &state, row.number, has)).flatten();
            let said = FactBody::from_bytes(&row.kind, &row.body).unwrap_or(FactBody::Unknown);
            let texts = said.texts();
            let first = texts.iter().find(|text| !text.trim().is_empty());
            let first_words = first.map(|text| (*text).to_owned()).unwrap_or_default();
            let body = match (said, row.restricts) {
                (FactBody::EntryRestricted(it), Some(entry)) => {
                    EntryBody::Restricted { entry, ask: self.worker_name(it.ask) }
                }
                (said, _) => self.body(said, &titles),
            };
            Ok(EntryView {
                may_restrict: restricting.may(&row, &state),
                restricted,
                author,
                author_id: row.author,
                profession,
                by_break_glass: self.wrote_by_break_glass(client, row.author, row.written),
                mine,
                receipt,
                late: late.map(|work| self.late_view(&work)),
                happened: oslo::local(row.happened),
                written: oslo::local(row.written),
                unread: unread.contains(&row.fact),
                state,
                amends: row.amends,
                amended_by: row.amended_by,
                links: titles.linked(&body),
                answered: answered(&body, &threads),
                thread: threads.get(&row.fact).cloned(),
                body,
                kind: row.kind,
                first_words,
                fact: row.fact,
            })
        };
        rows.into_iter().map(entry).collect()
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

/// What an entry's note answers or closes. A conversation's thread has no words of its own.
fn answered(body: &EntryBody, threads: &HashMap<FactId, ThreadView>) -> Vec<String> {
    let (EntryBody::Note { note } | EntryBody::Visit { note, .. }) = body else {
        return Vec::new();
    };
    let touched = note.closes.iter().chain(&note.answers);
    let asked = touched.filter_map(|thread| threads.get(thread)).map(|thread| thread.what.clone());
    asked.filter(|what| !what.is_empty()).collect()
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
        month: row.get(12)?,
        restricts: optional(13)?,
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

impl Tablet {
    /// Whether somebody was let in by break-glass when she wrote.
    fn wrote_by_break_glass(&self, client: ClientId, author: WorkerId, at: Timestamp) -> bool {
        let team = self.teams.iter().find(|team| team.clients.contains(&client));
        team.and_then(|team| team.role_on(author, oslo::day(at))) == Some(Role::BreakGlass)
    }

    /// What a fact says.
    pub(super) fn body(&self, said: FactBody, titles: &Titles) -> EntryBody {
        match said {
            FactBody::VisitReport(report) => visit(report, titles),
            FactBody::Note(note) => EntryBody::Note { note },
            FactBody::PlanChange(change) => {
                EntryBody::PlanChange { title: titles.of(change.object), change }
            }
            FactBody::PlanProposal(proposal) => {
                let title = proposal.object.map(|object| titles.of(object)).unwrap_or_default();
                EntryBody::PlanProposal { title, proposal }
            }
            FactBody::ProposalDeclined(declined) => {
                EntryBody::ProposalDeclined { reason: declined.reason }
            }
            FactBody::DeliveryExplained(explained) => EntryBody::DeliveryExplained {
                title: titles.of(explained.decision.0),
                from: explained.from,
                to: explained.to,
                reason: explained.reason,
            },
            FactBody::VisitTakenOver(_) => EntryBody::VisitTakenOver,
            FactBody::VisitGivenBack(_) => EntryBody::VisitGivenBack,
            FactBody::VisitCancelled(cancelled) => {
                EntryBody::VisitCancelled { reason: cancelled.reason, words: cancelled.words }
            }
            FactBody::VisitReinstated(_) => EntryBody::VisitReinstated,
            FactBody::MissedContact(missed) => missed_contact(missed),
            FactBody::ResistedCare(care) => EntryBody::ResistedCare {
                titles: care.interventions.iter().map(|one| titles.of(one.0)).collect(),
                care,
            },
            FactBody::Observations(observations) => EntryBody::Observations { observations },
            FactBody::Incident(incident) => EntryBody::Incident { incident },
            FactBody::IncidentStep(step) => EntryBody::IncidentStep {
                about: titles.incident(step.incident),
                step: step.step,
                words: step.words,
            },
            FactBody::WhatMatters(conversation) => EntryBody::Conversation { conversation },
            FactBody::WrongPerson(wrong) => EntryBody::WrongPerson { reason: wrong.reason },
            FactBody::Handover(handover) => EntryBody::Handover {
                to_name: self.handed_to(&handover),
                to: handover.to,
                text: handover.text,
                about: handover.about,
            },
            FactBody::GoalEvaluation(evaluation) => {
                EntryBody::GoalEvaluation { title: titles.of(evaluation.goal.0), evaluation }
            }
            FactBody::PlanReview(review) => EntryBody::PlanReview { review },
            FactBody::ContactLogged(contact) => {
                let known = contact.with.map(|with| titles.of(with.0));
                let with = known.filter(|name| !name.is_empty());
                let with = with.unwrap_or_else(|| contact.with_words.clone());
                EntryBody::Contact { with, contact }
            }
            FactBody::Consent(consent) => {
                let known = consent.to.map(|to| titles.of(to.0)).filter(|name| !name.is_empty());
                let to = known.unwrap_or_else(|| consent.to_words.clone());
                EntryBody::Consent { to, consent }
            }
            FactBody::ConsentWithdrawn(withdrawn) => {
                EntryBody::ConsentWithdrawn { how: withdrawn.how }
            }
            FactBody::Restriction(bar) => EntryBody::Restriction {
                name: bar.worker.map(|worker| self.worker_name(worker)).unwrap_or_default(),
                role: bar.role,
                words: bar.words,
            },
            FactBody::RestrictionEnded(ended) => EntryBody::RestrictionEnded { words: ended.words },
            FactBody::CapacityAssessment(assessment) => EntryBody::Capacity { assessment },
            // Not in the journal's list, or of a newer version.
            FactBody::GoalProgress(_)
            | FactBody::HandoverAccepted(_)
            | FactBody::EntryReaders(_)
            | FactBody::EntryRestricted(_)
            | FactBody::EntryRestrictionEnded(_)
            | FactBody::Unknown => EntryBody::Unknown,
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
        unplanned: report.unplanned,
        outcomes: outcomes.collect(),
        progress: progress.collect(),
        note: report.note,
        observations: report.observations,
    }
}
