//! Goals: what the client wants to reach, in their own terms.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::NeedArea;
use crate::ids::FactId;
use crate::open_enum;

open_enum! {
    /// Whose wish a goal is.
    pub enum ExpressedBy {
        /// The client's own.
        Client = "client",
        /// A relative's.
        Relative = "relative",
        /// The staff's.
        Worker = "worker",
    }
}

open_enum! {
    /// Where a goal stands.
    pub enum GoalStatus {
        /// Being worked on.
        Active = "active",
        /// Reached.
        Reached = "reached",
        /// Partly reached, and ended.
        PartlyReached = "partly_reached",
        /// Ended without being reached.
        Ended = "ended",
    }
}

/// A goal in the care plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// The goal: «Gå til postkassen selv».
    pub title: String,
    /// Whose wish it is.
    pub expressed_by: ExpressedBy,
    /// What the client does themself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_part: Option<String>,
    /// When it should be reached or looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// Where it stands.
    pub status: GoalStatus,
    /// The what-matters conversation that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<FactId>,
    /// The area of life that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need_area: Option<NeedArea>,
}
