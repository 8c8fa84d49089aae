//! What is going on in a plan: fields with two values, changes that are asked for, reviews.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fact::{PlanProposal, PlanReview};
use crate::ids::FactId;
use crate::plan::{Part, Scalar};

/// A field that two tablets wrote at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictView {
    /// Which part of the plan.
    pub part: Part,
    /// Which object; nil for the client's profile.
    pub object: Uuid,
    /// What the object is called; empty for the profile.
    pub title: String,
    /// Which field.
    pub field: String,
    /// All its values.
    pub values: Vec<StandingView>,
}

/// One of the values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingView {
    /// The value; `None` when one of them took it away.
    pub value: Option<Scalar>,
    /// What an id stands for: a worker's name, a goal's title.
    pub means: Option<String>,
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}

/// A change of the plan that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalView {
    /// The fact.
    pub fact: FactId,
    /// What the object is called now; empty for a new one.
    pub title: String,
    /// What is asked for.
    pub proposal: PlanProposal,
    /// Who asks.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}

/// That the plan was gone through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewView {
    /// What came of it.
    pub review: PlanReview,
    /// Who wrote it.
    pub by: String,
    /// The day.
    pub on: NaiveDate,
}

/// What a goal was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordingView {
    /// The words.
    pub words: String,
    /// Who wrote others in their place.
    pub changed_by: String,
    /// When.
    pub at: NaiveDateTime,
    /// Why.
    pub reason: String,
}
