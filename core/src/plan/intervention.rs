//! Interventions (tiltak): what is done, why, how, when and by whom.

use serde::{Deserialize, Serialize};

use crate::ids::{DecisionId, GoalId};
use crate::open_enum;

open_enum! {
    /// What the one who does it must be able to do.
    pub enum Competence {
        /// Anyone in the team.
        Anyone = "anyone",
        /// Course in handling medicines.
        Medicines = "medicines",
        /// A nurse.
        Nurse = "nurse",
        /// A therapist.
        Therapist = "therapist",
    }
}

open_enum! {
    /// Whether an intervention is in use.
    pub enum InterventionStatus {
        /// In use.
        Active = "active",
        /// Ended.
        Ended = "ended",
    }
}

/// An intervention in the care plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intervention {
    /// What: «Morgenstell».
    pub title: String,
    /// How: the procedure in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// Why: the need it meets. Shown beside the goal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// When, in words: «hver morgen».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<String>,
    /// By whom.
    pub competence: Competence,
    /// The goal it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<GoalId>,
    /// The decision that grants it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionId>,
    /// Whether it is in use.
    pub status: InterventionStatus,
}
