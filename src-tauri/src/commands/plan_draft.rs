//! Commands about a form of the plan that is being filled in.

use kjent_core::command::{DiscardPlanDraft, ReadPlanDraft, SavePlanDraft};
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn read_plan_draft(
    session: State<'_, Session>,
    request: ReadPlanDraft,
) -> Answer<ReadPlanDraft> {
    session.read(|tablet| tablet.read_plan_draft(&request.place))
}

#[command(async)]
pub fn save_plan_draft(
    session: State<'_, Session>,
    request: SavePlanDraft,
) -> Answer<SavePlanDraft> {
    session.write(|tablet| tablet.save_plan_draft(&request.place, &request.draft))
}

#[command(async)]
pub fn discard_plan_draft(
    session: State<'_, Session>,
    request: DiscardPlanDraft,
) -> Answer<DiscardPlanDraft> {
    session.write(|tablet| tablet.discard_plan_draft(&request.place))
}
