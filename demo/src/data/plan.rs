//! The plan in a client's file: decisions, goals and interventions.

use kjent_core::fact::{Direction, GoalAttainment, NotDoneReason, ProgressSource};
use kjent_core::plan::{
    Competence, ExpressedBy, GoalStatus, InterventionCategory, LegalBasis, NeedArea,
    SelfManagement, ServiceType,
};
use serde::Deserialize;

use super::MeasuredData;

/// A decision.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // as in `kjent_core::plan::Decision`
pub struct DecisionData {
    pub key: String,
    pub service: ServiceType,
    pub case_number: String,
    pub caseworker: String,
    pub days: DecisionDays,
    pub content: String,
    pub scope: String,
    pub purpose: String,
    pub client_goal: String,
    pub reasons: String,
    pub legal_basis: String,
    pub copayment: bool,
    /// How often, where the scope can be counted.
    pub granted: Option<GrantedData>,
}

/// How often a decision grants a visit, and how long.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantedData {
    /// Visits.
    pub visits: u32,
    /// In so many days.
    pub days: u32,
    /// Minutes each.
    pub minutes: Option<u32>,
}

/// A decision's dates, counted from today.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionDays {
    /// The application.
    pub applied: i64,
    /// The decision.
    pub decided: i64,
    /// First day, inclusive.
    pub from: i64,
    /// Last day, inclusive.
    pub to: i64,
}

/// A goal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalData {
    /// Key.
    pub key: String,
    /// The goal.
    pub title: String,
    /// Whose wish.
    pub expressed_by: ExpressedBy,
    /// What the client does themself.
    pub own_part: Option<String>,
    /// Due, counted from today.
    pub due: Option<i64>,
    /// Where it stands today.
    #[serde(default = "active")]
    pub status: GoalStatus,
    /// The conversation it came from.
    pub conversation: Option<String>,
    /// The area of life that it is about.
    pub need_area: Option<NeedArea>,
    /// How it goes.
    #[serde(default)]
    pub progress: Vec<ProgressData>,
    /// How far it was reached, when somebody looked.
    #[serde(default)]
    pub evaluations: Vec<EvaluationData>,
}

/// An evaluation of a goal, by the client's primary contact and with the client.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvaluationData {
    /// Day.
    pub day: i64,
    /// How far.
    pub outcome: GoalAttainment,
    /// The worker's words.
    pub words: String,
    /// The client's.
    pub client_view: String,
    /// What comes next.
    #[serde(default)]
    pub next: String,
}

fn active() -> GoalStatus {
    GoalStatus::Active
}

/// How a goal goes between two days.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgressData {
    /// First and last day.
    pub days: [i64; 2],
    /// Which way.
    pub direction: Direction,
    /// According to whom.
    pub source: ProgressSource,
    /// What is said, one of these at a time.
    #[serde(default)]
    pub words: Vec<String>,
}

/// An intervention.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterventionData {
    /// Key.
    pub key: String,
    /// What.
    pub title: String,
    /// How.
    pub how: String,
    /// Why.
    pub why: String,
    /// When, in words.
    pub schedule: String,
    /// By whom.
    pub competence: Competence,
    /// The goal it serves.
    pub goal: Option<String>,
    /// The decision that grants it.
    pub decision: String,
    /// The weekdays it is due on; empty for every visit that lists it.
    #[serde(default)]
    pub days: Vec<String>,
    /// Why it is sometimes not done; empty when it always is.
    #[serde(default)]
    pub not_done: Vec<NotDoneReason>,
    /// When, as in `kjent_core::plan::Recurrence`, without its first day.
    pub recurrence: Option<String>,
    /// What it does for the client.
    pub category: Option<InterventionCategory>,
    /// The area of life that it is about.
    pub need_area: Option<NeedArea>,
    /// What grants it.
    pub legal_basis: Option<LegalBasis>,
    /// What it is good for, in words for the client.
    pub purpose: Option<String>,
    /// With what the client could manage it.
    pub self_management: Option<SelfManagement>,
    /// What is read off and written in words.
    pub readings: Option<Readings>,
    /// What is measured.
    #[serde(default)]
    pub measured: Vec<MeasuredData>,
}

/// A measurement's values from thirty days ago to today.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readings {
    /// The sentence, with `{}` for the value.
    pub text: String,
    /// The values, oldest first.
    pub values: Vec<String>,
}
