//! How a goal is going, and according to whom.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::ids::GoalId;
use crate::open_enum;

open_enum! {
    /// Closer, the same or further away.
    pub enum Direction {
        /// Lenger unna.
        Further = "further",
        /// Som før.
        Same = "same",
        /// Nærmere.
        Closer = "closer",
    }
}

open_enum! {
    /// Whose impression it is. The client's own and the worker's are never mixed.
    pub enum ProgressSource {
        /// The client says so.
        Client = "client",
        /// A relative says so.
        Relative = "relative",
        /// The worker's impression.
        Worker = "worker",
    }
}

/// Progress on one goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalProgress {
    /// Which goal.
    pub goal: GoalId,
    /// Which way.
    pub direction: Direction,
    /// According to whom.
    pub source: ProgressSource,
    /// In words, when there are any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl Content for GoalProgress {
    fn texts(&self) -> Vec<&str> {
        vec![&self.words]
    }
}
