//! Reporting an incident, and taking the work with one a step on.

use kjent_core::command::IncidentDraft;
use kjent_core::fact::{FollowUpFrom, Incident, IncidentState, IncidentStep};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::oslo;
use kjent_core::plan::{FieldFault, FieldProblem};
use kjent_core::policy::{self, Refusal};
use kjent_core::view::ChangeSet;

use super::draft::{self, DraftKind};
use crate::{Tablet, TabletError};

impl Tablet {
    /// The incident as far as it has been written; empty when none is under way.
    pub fn read_incident_draft(&self, client: ClientId) -> Result<IncidentDraft, TabletError> {
        let draft = draft::load(&self.connection, DraftKind::Incident, client.bytes())?;
        Ok(draft.map(|(draft, _)| draft).unwrap_or_default())
    }

    /// Saves the incident so far.
    pub fn save_incident_draft(
        &mut self,
        client: ClientId,
        draft: &IncidentDraft,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            writing.team_of(client)?;
            draft::save(&writing.tx, DraftKind::Incident, client.bytes(), draft, writing.now)
        })?;
        Ok(done.1)
    }

    /// Reports the incident.
    pub fn report_incident(
        &mut self,
        client: ClientId,
        draft: &IncidentDraft,
    ) -> Result<ChangeSet, TabletError> {
        let kind = draft.kind.clone().ok_or_else(|| field("kind", FieldFault::Needed))?;
        if draft.incident.what.trim().is_empty() {
            return Err(field("what", FieldFault::Needed));
        }
        check_follow_up(&draft.incident)?;
        draft.incident.observations.check()?;
        let incident = Incident { kind, ..draft.incident.clone() };
        let done = self.transact(|writing| {
            let (kind, about) = (DraftKind::Incident, client.bytes());
            let happened = match draft.at {
                Some(at) => oslo::moment(at),
                None => draft::happened(&writing.tx, kind, about, writing.now)?,
            };
            if happened > writing.now {
                return Err(field("at", FieldFault::Invalid));
            }
            writing.add_fact(client, happened, None, incident)?;
            draft::discard(&writing.tx, kind, about)
        })?;
        Ok(done.1)
    }

    /// Takes the work with an incident a step on.
    pub fn take_incident_step(
        &mut self,
        client: ClientId,
        incident: FactId,
        step: &IncidentState,
        words: &str,
    ) -> Result<ChangeSet, TabletError> {
        let words = words.trim().to_owned();
        if words.is_empty() {
            return Err(TabletError::ReasonNeeded);
        }
        let incidents = self.read_incidents(Some(client))?;
        let found = incidents.into_iter().find(|one| one.fact == incident);
        let state = found.ok_or(TabletError::NotFound)?.state;
        let done = self.transact(|writing| {
            let team = writing.team_of(client)?;
            let writer = writing.writer(client, team)?;
            let role = writer.role.ok_or(TabletError::Refused(Refusal::NotYourTeam))?;
            policy::may_step(&role, &state, step)?;
            let step = IncidentStep { incident, step: step.clone(), words };
            writing.add_fact(client, writing.now, None, step)
        })?;
        Ok(done.1)
    }
}

/// What is to be followed up says by when and from whom.
fn check_follow_up(incident: &Incident) -> Result<(), TabletError> {
    let asks = !incident.follow_up.trim().is_empty();
    let is_named = incident.follow_up_worker.is_some();
    match (asks, incident.follow_up_by) {
        (true, None) => Err(field("follow_up_by", FieldFault::Needed)),
        (false, Some(_)) => Err(field("follow_up", FieldFault::Needed)),
        (true, Some(_)) if incident.follow_up_from == Some(FollowUpFrom::Worker) && !is_named => {
            Err(TabletError::ColleagueNeeded)
        }
        _ => Ok(()),
    }
}

fn field(field: &str, fault: FieldFault) -> TabletError {
    TabletError::Field(FieldProblem { field: field.to_owned(), fault })
}
