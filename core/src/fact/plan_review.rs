//! That the plan was gone through as a whole, with whom, and when to do it again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Content, Discussed};

/// A review of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanReview {
    /// With whom it was talked over.
    pub discussed: Discussed,
    /// Who took part, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub participants: String,
    /// What came of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The day by which to do it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_on: Option<NaiveDate>,
}

impl Content for PlanReview {
    fn texts(&self) -> Vec<&str> {
        vec![&self.words, &self.participants, &self.discussed.words]
    }
}
