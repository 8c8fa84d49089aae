//! Commands that change the plan, or ask for a change of it.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::fact::{Discussed, GoalEvaluation, GoalProgress, PlanReview};
use crate::ids::{ClientId, FactId};
use crate::plan::{Part, Scalar};

commands! {
    /// Write fields of an object of the plan, or make a new one; answers which.
    EditPlan = "edit_plan" -> Uuid {
        /// Whose plan.
        client: ClientId,
        /// Which part.
        part: Part,
        /// Which object; absent to make a new one. The client's profile has none.
        object: Option<Uuid>,
        /// The fields' new values; null takes one away.
        fields: BTreeMap<String, Option<Scalar>>,
        /// With whom it was talked over; needed for goals and interventions.
        discussed: Option<Discussed>,
        /// Why; may be empty.
        reason: String,
    }

    /// Choose between the values of a field that two tablets wrote at once.
    SettleField = "settle_field" -> () {
        /// Whose plan.
        client: ClientId,
        /// Which part.
        part: Part,
        /// Which object; nil for the client's profile.
        object: Uuid,
        /// Which field.
        field: String,
        /// The value that is to stand.
        value: Option<Scalar>,
        /// Why; not empty.
        reason: String,
    }

    /// Ask for a change of the plan.
    ProposePlanChange = "propose_plan_change" -> () {
        /// Whose plan.
        client: ClientId,
        /// Which part.
        part: Part,
        /// Which object; absent when a new one is proposed.
        object: Option<Uuid>,
        /// The fields as they would be.
        fields: BTreeMap<String, Option<Scalar>>,
        /// Why; not empty.
        reason: String,
    }

    /// Make the plan as a proposal says.
    FollowProposal = "follow_proposal" -> () {
        /// Whose plan.
        client: ClientId,
        /// Which proposal.
        proposal: FactId,
        /// With whom it was talked over.
        discussed: Option<Discussed>,
    }

    /// Answer a proposal with no.
    DeclineProposal = "decline_proposal" -> () {
        /// Whose plan.
        client: ClientId,
        /// Which proposal.
        proposal: FactId,
        /// Why; not empty.
        reason: String,
    }

    /// Note how a goal is going, outside a visit.
    NoteProgress = "note_progress" -> () {
        /// Whose goal.
        client: ClientId,
        /// How.
        progress: GoalProgress,
    }

    /// Evaluate a goal: it stands from now on where the outcome says.
    EvaluateGoal = "evaluate_goal" -> () {
        /// Whose goal.
        client: ClientId,
        /// The evaluation.
        evaluation: GoalEvaluation,
    }

    /// The plan was gone through as a whole.
    ReviewPlan = "review_plan" -> () {
        /// Whose plan.
        client: ClientId,
        /// The review.
        review: PlanReview,
    }
}
