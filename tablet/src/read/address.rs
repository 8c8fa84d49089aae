//! Where a client lives whose address is protected: shown to those who visit that day and to the
//! lead, and to nobody else.
//!
//! A view's address is empty where it is not shown; no profile has an empty one.

use kjent_core::ids::ClientId;
use kjent_core::plan::{Client, Part};
use kjent_core::policy::{Deed, Right, may};
use kjent_core::view::{ClientView, EntryBody, EntryView};

use crate::{Tablet, TabletError};

/// The profile's fields that tell where the client lives.
const WHERE: [&str; 2] = ["address", "postal_place"];

impl Tablet {
    /// The profile as this worker sees it today.
    pub(super) fn with_shown_address(
        &self,
        client: ClientId,
        mut profile: Client,
    ) -> Result<Client, TabletError> {
        if !self.shows_address(client, &profile)? {
            (profile.address, profile.postal_place) = (String::new(), String::new());
        }
        Ok(profile)
    }

    /// Whether this worker sees where the client lives.
    pub(super) fn shows_address(
        &self,
        client: ClientId,
        profile: &Client,
    ) -> Result<bool, TabletError> {
        if profile.address_protected != Some(true) {
            return Ok(true);
        }
        let right = Right::Do(Deed::ReadProtectedAddress);
        let reads = self.role_for(client).is_some_and(|role| may(&right, &role, false));
        Ok(reads || self.visits_today(client)?)
    }
}

/// The page without where the client lives: nor in what stands in the plan.
pub(super) fn without_address(mut view: ClientView) -> ClientView {
    view.people.profile.retain(|field, _| !WHERE.contains(&field.as_str()));
    view.conflicts.retain(|it| !is_where(it.part, &it.field));
    for proposal in &mut view.proposals {
        let part = proposal.proposal.part;
        proposal.proposal.fields.retain(|it| !is_where(part, &it.field));
    }
    view
}

fn is_where(part: Part, field: &str) -> bool {
    part == Part::Client && WHERE.contains(&field)
}

/// Entries without where the client lives.
pub(super) fn entries_without_address(mut entries: Vec<EntryView>) -> Vec<EntryView> {
    for entry in &mut entries {
        match &mut entry.body {
            EntryBody::PlanChange { change, .. } => {
                let part = change.part;
                change.fields.retain(|it| !is_where(part, &it.field));
            }
            EntryBody::PlanProposal { proposal, .. } => {
                let part = proposal.part;
                proposal.fields.retain(|it| !is_where(part, &it.field));
            }
            _ => {}
        }
    }
    entries
}
