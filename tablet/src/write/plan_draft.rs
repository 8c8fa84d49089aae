//! A form of the plan that is being filled in. It is of use as long as the client is a team's of the
//! worker's: it goes when the client goes, since nobody could save it in the plan.

use kjent_core::command::{PlanDraft, PlanDraftPlace};
use kjent_core::ids::ClientId;
use kjent_core::view::ChangeSet;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::draft::{self, DraftKind};
use crate::{Tablet, TabletError};

/// The draft with whom it is about, so that it can be found by that.
#[derive(Serialize, Deserialize)]
struct Kept {
    client: ClientId,
    draft: PlanDraft,
}

impl Tablet {
    /// The form as it was last typed.
    pub fn read_plan_draft(
        &self,
        place: &PlanDraftPlace,
    ) -> Result<Option<PlanDraft>, TabletError> {
        let kept = draft::load::<Kept>(&self.connection, DraftKind::Plan, place.id().as_bytes())?;
        Ok(kept.map(|(kept, _)| kept.draft))
    }

    /// Saves the form so far.
    pub fn save_plan_draft(
        &mut self,
        place: &PlanDraftPlace,
        draft: &PlanDraft,
    ) -> Result<ChangeSet, TabletError> {
        let kept = Kept { client: place.client, draft: draft.clone() };
        let done = self.transact(|writing| {
            writing.team_of(place.client)?;
            draft::save(&writing.tx, DraftKind::Plan, place.id().as_bytes(), &kept, writing.now)
        })?;
        Ok(done.1)
    }

    /// Throws the form's draft away.
    pub fn discard_plan_draft(&mut self, place: &PlanDraftPlace) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            draft::discard(&writing.tx, DraftKind::Plan, place.id().as_bytes())
        })?;
        Ok(done.1)
    }
}

/// Takes the drafts about a client off the tablet.
pub(crate) fn forget(connection: &Connection, client: ClientId) -> Result<(), TabletError> {
    connection
        .prepare_cached(
            "DELETE FROM draft WHERE kind = 'plan' AND json_extract(body, '$.client') = ?1",
        )?
        .execute([client.to_string()])?;
    Ok(())
}
