//! Incidents, with what has come of them.

use std::cmp::Reverse;

use kjent_core::access::AccessReason;
use kjent_core::fact::{FactBody, FactKind, IncidentState};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::policy::{may_step, state_after};
use kjent_core::team::Role;
use kjent_core::time::Timestamp;
use kjent_core::view::{IncidentStepView, IncidentView};

use super::plan::id;
use crate::{Tablet, TabletError};

impl Tablet {
    /// Incidents, the newest first: a client's, or those of all the clients of the worker's teams.
    pub fn read_incidents(
        &self,
        client: Option<ClientId>,
    ) -> Result<Vec<IncidentView>, TabletError> {
        let mut clients: Vec<ClientId> = match client {
            Some(client) => vec![client],
            None => self.present_teams().flat_map(|team| team.clients.iter().copied()).collect(),
        };
        clients.sort_unstable();
        clients.dedup();
        clients.retain(|client| self.reads_record(*client));
        let mut all = Vec::new();
        for client in clients {
            all.extend(self.incidents_of(client)?);
        }
        all.sort_by_key(|one: &IncidentView| Reverse((one.happened, one.fact)));
        match client {
            Some(client) => self.opened(client, false, Ok(all)),
            None => {
                self.reported(all.iter().map(|one| one.client), &AccessReason::Quality);
                Ok(all)
            }
        }
    }

    fn incidents_of(&self, client: ClientId) -> Result<Vec<IncidentView>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_incidents.sql"))?;
        let rows = query.query_map([client.bytes()], |row| {
            let fact = id(row, 0, FactId::from_bytes)?;
            let kind = FactKind::from_code(&row.get::<_, String>(1)?);
            let author = id(row, 2, WorkerId::from_bytes)?;
            let (written, happened) = (row.get::<_, i64>(3)?, row.get::<_, i64>(4)?);
            Ok((fact, kind, author, written, happened, row.get::<_, Vec<u8>>(5)?))
        })?;
        let (mut incidents, mut steps) = (Vec::new(), Vec::new());
        for row in rows {
            let (fact, kind, author, written, happened, body) = row?;
            let by = self.worker_name(author);
            match FactBody::from_bytes(&kind, &body) {
                Ok(FactBody::Incident(incident)) => incidents.push(IncidentView {
                    fact,
                    client,
                    client_name: String::new(),
                    reporter: by,
                    mine: author == self.identity.worker,
                    happened: oslo::local(Timestamp::from_millis(happened)),
                    incident,
                    state: IncidentState::Reported,
                    steps: Vec::new(),
                    may: Vec::new(),
                }),
                Ok(FactBody::IncidentStep(step)) => {
                    let at = oslo::local(Timestamp::from_millis(written));
                    let view = IncidentStepView { step: step.step, words: step.words, by, at };
                    steps.push((step.incident, view));
                }
                // Of a newer version, or counted among what can't be read.
                _ => {}
            }
        }
        if incidents.is_empty() {
            return Ok(incidents);
        }
        let (client_name, role) = (self.client_name(client)?, self.role_for(client));
        for incident in &mut incidents {
            let of_this = steps.iter().filter(|(of, _)| *of == incident.fact);
            incident.steps = of_this.map(|(_, step)| step.clone()).collect();
            incident.state = state_after(incident.steps.iter().map(|step| &step.step));
            incident.may = role.as_ref().map_or_else(Vec::new, |role| next(role, &incident.state));
            incident.client_name.clone_from(&client_name);
        }
        Ok(incidents)
    }

    /// The worker's role in the team that serves a client.
    pub(super) fn role_for(&self, client: ClientId) -> Option<Role> {
        let team = self.teams.iter().find(|team| team.clients.contains(&client))?;
        let now = self.now();
        team.role_toward(self.identity.worker, client, (now, oslo::day(now)))
    }
}

/// The steps that a role may take from where an incident stands.
fn next(role: &Role, now: &IncidentState) -> Vec<IncidentState> {
    let steps = IncidentState::ALL.iter();
    steps.filter(|step| may_step(role, now, step).is_ok()).cloned().collect()
}
