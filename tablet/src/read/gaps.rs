//! What lacks somebody: clients without somebody responsible, to the team lead, and visits that nobody
//! makes, to whoever plans.

use std::collections::{BTreeSet, HashMap};

use kjent_core::ids::ClientId;
use kjent_core::oslo;
use kjent_core::plan::Part;
use kjent_core::policy::may_edit;
use kjent_core::view::{GapView, GapsView, ToGiveView};

use super::access::Bars;
use super::readiness::count;
use crate::{Tablet, TabletError};

impl Tablet {
    /// What lacks somebody.
    pub fn read_gaps(&self) -> Result<GapsView, TabletError> {
        Ok(GapsView { to_give: self.visits_to_give(&self.all_bars()?)?, clients: self.gaps()? })
    }

    /// The visits of the next days that have to be given to somebody else, of the clients whose
    /// visits the worker may plan.
    fn visits_to_give(
        &self,
        bars: &HashMap<ClientId, Bars<'_>>,
    ) -> Result<Vec<ToGiveView>, TabletError> {
        let closed = self.closed_clients(bars);
        let served: BTreeSet<ClientId> =
            self.present_teams().flat_map(|team| team.clients.iter().copied()).collect();
        let mut visits = Vec::new();
        for (client, bars) in bars {
            let plans = self.role_for(*client).is_some_and(|it| may_edit(&it, false, Part::Visits));
            if !plans || closed.contains(client) || !served.contains(client) {
                continue;
            }
            for starts in self.to_give(*client, bars)? {
                visits.push(ToGiveView {
                    client: *client,
                    name: self.client_name(*client)?,
                    starts,
                });
            }
        }
        visits.sort_by(|one, next| (one.starts, &one.name).cmp(&(next.starts, &next.name)));
        Ok(visits)
    }

    /// How many they are.
    pub(super) fn to_give_count(
        &self,
        bars: &HashMap<ClientId, Bars<'_>>,
    ) -> Result<u32, TabletError> {
        Ok(count(self.visits_to_give(bars)?.len()))
    }

    /// The clients of the teams that the worker leads who lack a primary contact or service lead, or
    /// have two who were appointed at once; by name.
    fn gaps(&self) -> Result<Vec<GapView>, TabletError> {
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
        if self.led_teams().is_empty() { Ok(0) } else { Ok(count(self.gaps()?.len())) }
    }
}
