//! Nobody opened: what was done about it, and how it ended.

use kjent_core::command::MissedContactDraft;
use kjent_core::fact::{ContactAttempt, MissedContact};
use kjent_core::ids::VisitId;
use kjent_core::oslo;
use kjent_core::view::ChangeSet;

use super::draft::{self, DraftKind};
use super::visit::{client_of, needed, refuse_signed};
use crate::{Tablet, TabletError};

impl Tablet {
    /// Saves what has been done so far.
    pub fn save_missed_contact_draft(
        &mut self,
        visit: VisitId,
        draft: &MissedContactDraft,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            client_of(&writing.tx, visit)?;
            refuse_signed(writing, visit)?;
            draft::save(&writing.tx, DraftKind::MissedContact, visit.bytes(), draft, writing.now)
        })?;
        Ok(done.1)
    }

    /// Signs what was done and how it ended. What was begun of a report of the visit goes: nobody
    /// was there to be visited. Whoever meets the client later begins a new one.
    pub fn finish_missed_contact(
        &mut self,
        visit: VisitId,
        draft: &MissedContactDraft,
    ) -> Result<ChangeSet, TabletError> {
        let outcome = draft.outcome.clone().ok_or_else(|| needed("outcome"))?;
        let done = self.transact(|writing| {
            let client = client_of(&writing.tx, visit)?;
            refuse_signed(writing, visit)?;
            let now = writing.now;
            let mut steps: Vec<ContactAttempt> = draft
                .steps
                .iter()
                .map(|tapped| ContactAttempt {
                    step: tapped.step.clone(),
                    whom: tapped.whom.clone(),
                    at: oslo::moment(tapped.at).min(now),
                })
                .collect();
            steps.sort_by_key(|step| step.at);
            let missed = MissedContact {
                visit,
                outcome,
                alarm_to: draft.alarm_to.trim().to_owned(),
                words: draft.words.trim().to_owned(),
                steps,
            };
            missed.missing().map_or(Ok(()), |field| Err(needed(field)))?;
            let happened = missed.steps.first().map_or(now, |step| step.at);
            writing.add_fact(client, happened, None, missed)?;
            for kind in [DraftKind::MissedContact, DraftKind::ResistedCare, DraftKind::Visit] {
                draft::discard(&writing.tx, kind, visit.bytes())?;
            }
            Ok(())
        })?;
        Ok(done.1)
    }
}
