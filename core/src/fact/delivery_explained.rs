//! Why something else was delivered than a decision grants.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Content;
use crate::ids::DecisionId;

/// The reason, for a span of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryExplained {
    /// Which decision.
    pub decision: DecisionId,
    /// First day that it is about.
    pub from: NaiveDate,
    /// Last day that it is about.
    pub to: NaiveDate,
    /// Why.
    pub reason: String,
}

impl Content for DeliveryExplained {
    fn texts(&self) -> Vec<&str> {
        vec![&self.reason]
    }
}
