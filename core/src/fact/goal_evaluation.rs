//! The evaluation of a goal: how far it was reached, in the worker's words and in the client's.

use serde::{Deserialize, Serialize};

use super::{Content, Discussed};
use crate::ids::GoalId;
use crate::open_enum;
use crate::plan::GoalStatus;

open_enum! {
    /// How far a goal was reached.
    pub enum GoalAttainment {
        /// Nådd.
        Reached = "reached",
        /// Delvis nådd.
        Partly = "partly",
        /// Ikke nådd.
        Not = "not",
        /// The goal is another one now.
        Changed = "changed",
        /// It is of no interest any more.
        Ended = "ended",
    }
}

/// An evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalEvaluation {
    /// Which goal.
    pub goal: GoalId,
    /// How far.
    pub outcome: GoalAttainment,
    /// Whether it is worked on further, where that is a choice.
    #[serde(default, skip_serializing_if = "is_false")]
    pub goes_on: bool,
    /// The worker's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// What the client says of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub client_view: String,
    /// What comes next.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub next: String,
    /// With whom it was talked over.
    pub discussed: Discussed,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_false(value: &bool) -> bool {
    !value
}

impl GoalAttainment {
    /// Whether one can choose to go on or not: half-way and not there yet.
    pub fn leaves_a_choice(&self) -> bool {
        matches!(self, GoalAttainment::Partly | GoalAttainment::Not)
    }
}

impl GoalEvaluation {
    /// Where the goal stands after it; `None` when a newer version's outcome says so.
    pub fn status(&self) -> Option<GoalStatus> {
        Some(match &self.outcome {
            GoalAttainment::Reached => GoalStatus::Reached,
            GoalAttainment::Changed => GoalStatus::Active,
            GoalAttainment::Partly | GoalAttainment::Not if self.goes_on => GoalStatus::Active,
            GoalAttainment::Partly => GoalStatus::PartlyReached,
            GoalAttainment::Not | GoalAttainment::Ended => GoalStatus::Ended,
            GoalAttainment::Unknown(_) => return None,
        })
    }
}

impl Content for GoalEvaluation {
    fn texts(&self) -> Vec<&str> {
        vec![&self.words, &self.client_view, &self.next, &self.discussed.words]
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::fact::DiscussedWith;

    #[test]
    fn the_outcome_says_where_the_goal_stands() {
        let cases = [
            (GoalAttainment::Reached, GoalStatus::Reached, GoalStatus::Reached),
            (GoalAttainment::Partly, GoalStatus::Active, GoalStatus::PartlyReached),
            (GoalAttainment::Not, GoalStatus::Active, GoalStatus::Ended),
            (GoalAttainment::Changed, GoalStatus::Active, GoalStatus::Active),
            (GoalAttainment::Ended, GoalStatus::Ended, GoalStatus::Ended),
        ];
        for (outcome, going_on, not) in cases {
            let mut evaluation = GoalEvaluation {
                goal: GoalId(Uuid::nil()),
                outcome: outcome.clone(),
                goes_on: true,
                words: String::new(),
                client_view: String::new(),
                next: String::new(),
                discussed: Discussed { with: DiscussedWith::Client, words: String::new() },
            };
            assert_eq!(evaluation.status(), Some(going_on), "{outcome:?}");
            evaluation.goes_on = false;
            assert_eq!(evaluation.status(), Some(not), "{outcome:?}");
        }
    }
}
