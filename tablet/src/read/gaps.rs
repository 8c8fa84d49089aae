//! Clients who lack somebody responsible: the team lead's list.

use std::collections::BTreeSet;

use kjent_core::ids::ClientId;
use kjent_core::oslo;
use kjent_core::view::GapView;

use super::readiness::count;
use crate::{Tablet, TabletError};

impl Tablet {
    /// The clients of the teams that the worker leads who lack a primary contact or service lead, or
    /// have two who were appointed at once; by name.
    pub fn read_gaps(&self) -> Result<Vec<GapView>, TabletError> {
        let today = oslo::day(self.now());
        let led = self.led_teams();
        let clients: BTreeSet<ClientId> = self
            .present_teams()
            .filter(|team| led.contains(&team.id))
            .flat_map(|team| team.clients.iter().copied())
            .collect();
        let mut gaps = Vec::new();
        for client in clients {
            let profile = match self.profile(client) {
                Ok(profile) => profile,
                // It has not come to this tablet yet.
                Err(TabletError::NotFound) => continue,
                Err(error) => return Err(error),
            };
            let primary_contact = self.primary_contact(&profile, today);
            let service_lead = self.service_lead(&profile, today);
            let lacks = [&primary_contact, &service_lead]
                .iter()
                .any(|role| role.state.is_gap() || !role.conflict.is_empty());
            if lacks {
                let name = profile.value.name;
                gaps.push(GapView { client, name, primary_contact, service_lead });
            }
        }
        gaps.sort_by(|one, next| one.name.cmp(&next.name));
        Ok(gaps)
    }

    /// How many they are.
    pub(super) fn gap_count(&self) -> Result<u32, TabletError> {
        if self.led_teams().is_empty() { Ok(0) } else { Ok(count(self.read_gaps()?.len())) }
    }
}
