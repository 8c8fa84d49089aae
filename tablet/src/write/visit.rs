//! Documenting a visit: start, save the draft, finish.

use chrono::NaiveDateTime;
use kjent_core::command::{Adjustment, UnplannedVisit, VisitDraft};
use kjent_core::fact::{Unplanned, UnplannedReason, VisitReport};
use kjent_core::ids::{ClientId, FactId, VisitId};
use kjent_core::oslo;
use kjent_core::plan::{FieldFault, FieldProblem, Part, Scalar};
use kjent_core::view::ChangeSet;
use rusqlite::{Connection, OptionalExtension, params};

use super::draft::{self, DraftKind};
use super::note::check_note;
use super::plan::NewFields;
use crate::transact::Writing;
use crate::{Tablet, TabletError};

/// A visit that can be documented.
pub(super) struct Begun {
    pub client: ClientId,
    /// Of one that nobody planned, what led to it.
    pub unplanned: Option<UnplannedVisit>,
}

impl Tablet {
    /// Begins a visit, or goes on with it: the draft is there from now on.
    pub fn start_visit(&mut self, visit: VisitId) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let client = client_of(&writing.tx, visit)?;
            refuse_signed(writing, visit)?;
            if draft::load::<VisitDraft>(&writing.tx, DraftKind::Visit, visit.bytes())?.is_none() {
                let begun = VisitDraft { started: Some(writing.now), ..VisitDraft::default() };
                draft::save(&writing.tx, DraftKind::Visit, visit.bytes(), &begun, writing.now)?;
                writing.touched(client);
            }
            Ok(())
        })?;
        Ok(done.1)
    }

    /// Begins a visit that nobody planned, or goes on with the one that is under way with this
    /// client; returns by which name it goes.
    pub fn start_unplanned_visit(
        &mut self,
        client: ClientId,
        reason: UnplannedReason,
        words: &str,
    ) -> Result<(VisitId, ChangeSet), TabletError> {
        self.transact(|writing| {
            if let Some(visit) = under_way(&writing.tx, client)? {
                return Ok(visit);
            }
            // Only with a client of the worker's teams, whose report she may sign.
            writing.team_of(client)?;
            let visit = VisitId(writing.object_id()?);
            let words = words.trim().to_owned();
            let unplanned = Unplanned { visit, reason, words };
            if unplanned.lacks_words() {
                return Err(TabletError::ReasonNeeded);
            }
            let Unplanned { reason, words, .. } = unplanned;
            let begun = VisitDraft {
                started: Some(writing.now),
                unplanned: Some(UnplannedVisit { client, reason, words }),
                ..VisitDraft::default()
            };
            draft::save(&writing.tx, DraftKind::Visit, visit.bytes(), &begun, writing.now)?;
            writing.touched(client);
            Ok(visit)
        })
    }

    /// Takes back the start of a visit that nobody planned. What is written in one is not thrown
    /// away.
    pub fn discard_visit(&mut self, visit: VisitId) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let saved = draft::load::<VisitDraft>(&writing.tx, DraftKind::Visit, visit.bytes())?;
            let Some((draft, _)) = saved else { return Err(TabletError::NotFound) };
            let Some(unplanned) = &draft.unplanned else { return Err(TabletError::NotFound) };
            if draft.says_something() {
                return Err(TabletError::VisitWritten);
            }
            writing.touched(unplanned.client);
            draft::discard(&writing.tx, DraftKind::Visit, visit.bytes())
        })?;
        Ok(done.1)
    }

    /// Saves the visit as far as it has been documented; returns when.
    pub fn save_visit_draft(
        &mut self,
        visit: VisitId,
        draft: &VisitDraft,
    ) -> Result<(NaiveDateTime, ChangeSet), TabletError> {
        self.transact(|writing| {
            let begun = begun(&writing.tx, visit)?;
            refuse_signed(writing, visit)?;
            let draft = VisitDraft { unplanned: begun.unplanned, ..draft.clone() };
            draft::save(&writing.tx, DraftKind::Visit, visit.bytes(), &draft, writing.now)?;
            Ok(oslo::local(writing.now))
        })
    }

    /// Signs the visit: the report is in the journal with what is proposed to the plan, and the draft
    /// is gone, in one transaction.
    pub fn finish_visit(
        &mut self,
        visit: VisitId,
        draft: &VisitDraft,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            refuse_signed(writing, visit)?;
            let Begun { client, unplanned } = begun(&writing.tx, visit)?;
            draft.observations.check()?;
            if !draft.says_something() {
                return Err(TabletError::NothingWritten);
            }
            check_note(&draft.note)?;
            let mut note = draft.note.clone();
            for adjustment in draft.adjustments.iter().filter(|one| !one.is_empty()) {
                let line = adjust(writing, client, adjustment)?;
                let before = note.done.trim_end();
                note.done = [before, &line]
                    .into_iter()
                    .filter(|it| !it.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n");
            }
            let started = draft.started.unwrap_or(writing.now);
            let report = VisitReport {
                visit: unplanned.is_none().then_some(visit),
                unplanned: unplanned.map(|it| Unplanned {
                    visit,
                    reason: it.reason,
                    words: it.words,
                }),
                started,
                finished: writing.now,
                outcomes: draft.outcomes.clone(),
                progress: draft.progress.clone(),
                note,
                observations: draft.observations.clone(),
            };
            writing.add_fact(client, started, None, report)?;
            // Whoever has made the visit met the client.
            draft::discard(&writing.tx, DraftKind::MissedContact, visit.bytes())?;
            draft::discard(&writing.tx, DraftKind::ResistedCare, visit.bytes())?;
            draft::discard(&writing.tx, DraftKind::Visit, visit.bytes())
        })?;
        Ok(done.1)
    }
}

/// That a field must be filled in.
pub(super) fn needed(field: &str) -> TabletError {
    TabletError::Field(FieldProblem { field: field.to_owned(), fault: FieldFault::Needed })
}

/// Asks for the change of the plan that an adjustment comes to, and returns the note's line of it.
/// Without words for what was done instead there is nothing to change in the plan.
fn adjust(
    writing: &mut Writing<'_>,
    client: ClientId,
    adjustment: &Adjustment,
) -> Result<String, TabletError> {
    let (instead, reason) = (adjustment.instead.trim(), adjustment.reason.trim());
    if reason.is_empty() {
        return Err(TabletError::ReasonNeeded);
    }
    let object = adjustment.intervention.0;
    let title = writing.title(client, Part::Interventions, object)?;
    if instead.is_empty() {
        return Ok(format!("{title}: {reason}"));
    }
    let fields = NewFields::from([("how".to_owned(), Some(Scalar::Text(instead.to_owned())))]);
    // Where the plan says so already, only the note tells of it.
    let _proposed: Option<FactId> =
        writing.propose(client, Part::Interventions, Some(object), &fields, reason)?;
    Ok(format!("{title}: {instead} ({reason})"))
}

/// The visit under way with this client that nobody planned.
fn under_way(connection: &Connection, client: ClientId) -> Result<Option<VisitId>, TabletError> {
    let visit: Option<Vec<u8>> = connection
        .prepare_cached(
            "SELECT about FROM draft
             WHERE kind = 'visit' AND json_extract(body, '$.unplanned.client') = ?1",
        )?
        .query_row([client.to_string()], |row| row.get(0))
        .optional()?;
    Ok(visit.and_then(|id| VisitId::from_bytes(&id)))
}

/// A planned visit, or one whose draft says that nobody planned it.
pub(super) fn begun(connection: &Connection, visit: VisitId) -> Result<Begun, TabletError> {
    match client_of(connection, visit) {
        Ok(client) => Ok(Begun { client, unplanned: None }),
        Err(TabletError::NotFound) => {
            let draft = draft::load::<VisitDraft>(connection, DraftKind::Visit, visit.bytes())?;
            let unplanned = draft.and_then(|(draft, _)| draft.unplanned);
            let unplanned = unplanned.ok_or(TabletError::NotFound)?;
            Ok(Begun { client: unplanned.client, unplanned: Some(unplanned) })
        }
        Err(error) => Err(error),
    }
}

pub(super) fn client_of(connection: &Connection, visit: VisitId) -> Result<ClientId, TabletError> {
    let client: Option<Vec<u8>> = connection
        .prepare_cached("SELECT client FROM visit WHERE id = ?1")?
        .query_row([visit.bytes()], |row| row.get(0))
        .optional()?;
    client.and_then(|id| ClientId::from_bytes(&id)).ok_or(TabletError::NotFound)
}

/// A worker signs a visit once. A colleague's report of it is no hindrance: both reports stand, and
/// nobody loses what she was typing because somebody else was first.
pub(super) fn refuse_signed(writing: &Writing<'_>, visit: VisitId) -> Result<(), TabletError> {
    let is_signed: bool = writing
        .tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM standing_fact
             WHERE visit = ?1 AND author = ?2 AND kind = 'visit_report')",
        )?
        .query_row(params![visit.bytes(), writing.identity.worker.bytes()], |row| row.get(0))?;
    if is_signed { Err(TabletError::VisitAlreadyFinished) } else { Ok(()) }
}
