//! Commands that change the plan, or ask for a change of it.

use kjent_core::command::{
    DeclineProposal, EditPlan, EvaluateGoal, FollowProposal, NoteProgress, ProposePlanChange,
    ReviewPlan, SettleField,
};
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn edit_plan(session: State<'_, Session>, request: EditPlan) -> Answer<EditPlan> {
    let EditPlan { client, part, object, fields, discussed, reason } = request;
    session
        .make(|tablet| tablet.edit_plan(client, part, object, &fields, discussed.as_ref(), &reason))
}

#[command(async)]
pub fn settle_field(session: State<'_, Session>, request: SettleField) -> Answer<SettleField> {
    let SettleField { client, part, object, field, value, reason } = request;
    session.write(|tablet| tablet.settle_field(client, part, object, &field, value, &reason))
}

#[command(async)]
pub fn propose_plan_change(
    session: State<'_, Session>,
    request: ProposePlanChange,
) -> Answer<ProposePlanChange> {
    let ProposePlanChange { client, part, object, fields, reason } = request;
    session.write(|tablet| tablet.propose_plan_change(client, part, object, &fields, &reason))
}

#[command(async)]
pub fn follow_proposal(
    session: State<'_, Session>,
    request: FollowProposal,
) -> Answer<FollowProposal> {
    let FollowProposal { client, proposal, discussed } = request;
    session.write(|tablet| tablet.follow_proposal(client, proposal, discussed.as_ref()))
}

#[command(async)]
pub fn decline_proposal(
    session: State<'_, Session>,
    request: DeclineProposal,
) -> Answer<DeclineProposal> {
    session
        .write(|tablet| tablet.decline_proposal(request.client, request.proposal, &request.reason))
}

#[command(async)]
pub fn note_progress(session: State<'_, Session>, request: NoteProgress) -> Answer<NoteProgress> {
    session.write(|tablet| tablet.note_progress(request.client, &request.progress))
}

#[command(async)]
pub fn evaluate_goal(session: State<'_, Session>, request: EvaluateGoal) -> Answer<EvaluateGoal> {
    session.write(|tablet| tablet.evaluate_goal(request.client, &request.evaluation))
}

#[command(async)]
pub fn review_plan(session: State<'_, Session>, request: ReviewPlan) -> Answer<ReviewPlan> {
    session.write(|tablet| tablet.review_plan(request.client, &request.review))
}
