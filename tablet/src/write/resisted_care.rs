//! Care that a client resisted.

use kjent_core::command::{ResistedCareDraft, VisitDraft};
use kjent_core::fact::{InterventionOutcome, NotDoneReason, ResistedCare};
use kjent_core::ids::VisitId;
use kjent_core::oslo;
use kjent_core::view::ChangeSet;

use super::draft::{self, DraftKind};
use super::visit::{begun, needed, refuse_signed};
use crate::{Tablet, TabletError};

impl Tablet {
    /// Saves what is written so far.
    pub fn save_resisted_care_draft(
        &mut self,
        visit: VisitId,
        draft: &ResistedCareDraft,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            begun(&writing.tx, visit)?;
            refuse_signed(writing, visit)?;
            draft::save(&writing.tx, DraftKind::ResistedCare, visit.bytes(), draft, writing.now)
        })?;
        Ok(done.1)
    }

    /// Signs it. In the visit's own draft, what was resisted is answered for: the client said no.
    pub fn finish_resisted_care(
        &mut self,
        visit: VisitId,
        draft: &ResistedCareDraft,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let client = begun(&writing.tx, visit)?.client;
            refuse_signed(writing, visit)?;
            let text = |words: &str| words.trim().to_owned();
            let resisted = ResistedCare {
                visit,
                interventions: draft.interventions.clone(),
                what: text(&draft.what),
                tried: draft.tried.clone(),
                tried_words: text(&draft.tried_words),
                capacity: draft.capacity.clone().ok_or_else(|| needed("capacity"))?,
                capacity_words: text(&draft.capacity_words),
                harm: text(&draft.harm),
                notified: draft.notified.clone(),
                decision_needed: draft.decision_needed.ok_or_else(|| needed("decision_needed"))?,
                coercion: draft.coercion(oslo::day(writing.now))?,
            };
            resisted.missing().map_or(Ok(()), |field| Err(needed(field)))?;
            writing.add_fact(client, writing.now, None, resisted)?;
            let begun = draft::load(&writing.tx, DraftKind::Visit, visit.bytes())?;
            let mut report: VisitDraft = begun.map(|(report, _)| report).unwrap_or_default();
            report.started.get_or_insert(writing.now);
            report.outcomes.retain(|one| !draft.interventions.contains(&one.intervention));
            report.outcomes.extend(draft.interventions.iter().map(|intervention| {
                InterventionOutcome {
                    intervention: *intervention,
                    not_done: Some(NotDoneReason::Declined),
                }
            }));
            draft::save(&writing.tx, DraftKind::Visit, visit.bytes(), &report, writing.now)?;
            draft::discard(&writing.tx, DraftKind::ResistedCare, visit.bytes())
        })?;
        Ok(done.1)
    }
}
