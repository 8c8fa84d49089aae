//! The two routines of a visit: nobody opens, and the client resists care.

use kjent_core::fact::MissedContact;
use kjent_core::ids::VisitId;
use kjent_core::oslo;
use kjent_core::view::{
    ContactAttemptView, ContactView, EntryBody, MissedContactView, ReachableView, ResistedCareView,
    ResistibleView,
};

use super::plan::called;
use super::today::PlannedRow;
use crate::write::draft::{self, DraftKind};
use crate::{Tablet, TabletError};

impl Tablet {
    /// What to do when nobody opens, and what has been done.
    pub fn read_missed_contact(&self, visit: VisitId) -> Result<MissedContactView, TabletError> {
        let row = self.visit_row(visit)?;
        self.opened(row.client, false, self.missed_contact_view(visit, &row))
    }

    fn missed_contact_view(
        &self,
        visit: VisitId,
        row: &PlannedRow,
    ) -> Result<MissedContactView, TabletError> {
        let profile = self.profile(row.client)?.value;
        let draft = draft::load(&self.connection, DraftKind::MissedContact, visit.bytes())?;
        let contacts = self.contacts(row.client)?;
        Ok(MissedContactView {
            visit,
            client: row.client,
            called: called(&profile),
            starts: oslo::local(row.starts),
            state: self.visit_state(visit)?,
            agreed: profile.missed_contact_plan,
            entry: profile.entry,
            key: profile.key,
            phone: profile.phone,
            contacts: contacts.into_iter().filter_map(can_be_phoned).collect(),
            name: profile.name,
            draft: draft.map(|(draft, _)| draft).unwrap_or_default(),
        })
    }

    /// What can have been resisted, and what is written of it.
    pub fn read_resisted_care(&self, visit: VisitId) -> Result<ResistedCareView, TabletError> {
        let row = self.visit_row(visit)?;
        self.opened(row.client, false, self.resisted_care_view(visit, &row))
    }

    fn resisted_care_view(
        &self,
        visit: VisitId,
        row: &PlannedRow,
    ) -> Result<ResistedCareView, TabletError> {
        let profile = self.profile(row.client)?.value;
        let draft = draft::load(&self.connection, DraftKind::ResistedCare, visit.bytes())?;
        let interventions = self.visit_interventions(row.client, &row.interventions)?;
        Ok(ResistedCareView {
            visit,
            client: row.client,
            called: called(&profile),
            name: profile.name,
            interventions: interventions
                .into_iter()
                .map(|one| ResistibleView { intervention: one.intervention, title: one.title })
                .collect(),
            draft: draft.map(|(draft, _)| draft).unwrap_or_default(),
        })
    }
}

/// Somebody around the client as long as they are, and have a number.
fn can_be_phoned(contact: ContactView) -> Option<ReachableView> {
    let ContactView { name, relation, phone, ended: None, .. } = contact else { return None };
    Some(ReachableView { name, relation, phone: phone? })
}

/// What the journal shows of a client who wasn't met.
pub(super) fn missed_contact(missed: MissedContact) -> EntryBody {
    let steps = missed.steps.into_iter().map(|one| ContactAttemptView {
        step: one.step,
        whom: one.whom,
        at: oslo::local(one.at),
    });
    EntryBody::MissedContact {
        steps: steps.collect(),
        outcome: missed.outcome,
        alarm_to: missed.alarm_to,
        words: missed.words,
    }
}
