//! Documenting a visit: start, save the draft, finish.

use kjent_core::command::VisitDraft;
use kjent_core::fact::VisitReport;
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::view::ChangeSet;
use rusqlite::{Connection, OptionalExtension, params};

use super::draft::{self, DraftKind};
use super::note::check_note;
use crate::transact::Writing;
use crate::{Tablet, TabletError};

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

    /// Saves the visit as far as it has been documented.
    pub fn save_visit_draft(
        &mut self,
        visit: VisitId,
        draft: &VisitDraft,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            client_of(&writing.tx, visit)?;
            refuse_signed(writing, visit)?;
            draft::save(&writing.tx, DraftKind::Visit, visit.bytes(), draft, writing.now)
        })?;
        Ok(done.1)
    }

    /// Signs the visit: the report is in the journal, the draft is gone, in one transaction.
    pub fn finish_visit(
        &mut self,
        visit: VisitId,
        draft: &VisitDraft,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let client = client_of(&writing.tx, visit)?;
            refuse_signed(writing, visit)?;
            draft.observations.check()?;
            let is_measured = !draft.observations.is_empty();
            if draft.outcomes.is_empty() && draft.note.is_empty() && !is_measured {
                return Err(TabletError::NothingWritten);
            }
            check_note(&draft.note)?;
            let started = draft.started.unwrap_or(writing.now);
            let report = VisitReport {
                visit: Some(visit),
                started,
                finished: writing.now,
                outcomes: draft.outcomes.clone(),
                progress: draft.progress.clone(),
                note: draft.note.clone(),
                observations: draft.observations.clone(),
            };
            writing.add_fact(client, started, None, report)?;
            draft::discard(&writing.tx, DraftKind::Visit, visit.bytes())
        })?;
        Ok(done.1)
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
fn refuse_signed(writing: &Writing<'_>, visit: VisitId) -> Result<(), TabletError> {
    let is_signed: bool = writing
        .tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM fact
             WHERE visit = ?1 AND author = ?2 AND kind = 'visit_report')",
        )?
        .query_row(params![visit.bytes(), writing.identity.worker.bytes()], |row| row.get(0))?;
    if is_signed { Err(TabletError::VisitAlreadyFinished) } else { Ok(()) }
}
