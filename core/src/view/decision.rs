//! A decision, what is to be said of it, and what was delivered against it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::DecisionId;
use crate::plan::Decision;
use crate::plan::decision::{DecisionWarning, Delivered, Granted, Standing};

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    /// Which.
    pub id: DecisionId,
    /// As it is written.
    pub decision: Decision,
    /// Where it stands today.
    pub standing: Standing,
    /// What can't be right, then what is missing.
    pub warnings: Vec<DecisionWarning>,
    /// The last day to appeal, while it is to come and when it is known when the client got it.
    pub appeal_by: Option<NaiveDate>,
    /// What was delivered in the last four weeks; nothing when it doesn't say how often.
    pub delivery: Option<DeliveryView>,
}

/// Delivered against granted, in whole weeks up to yesterday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryView {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// What the decision grants in these days.
    pub granted: Granted,
    /// What was delivered in them.
    pub delivered: Delivered,
    /// Why it differs, newest first, as far as somebody has said.
    pub explained: Vec<ExplanationView>,
}

impl DeliveryView {
    /// Whether other than what was granted was delivered, by more than a tenth.
    pub fn differs(&self) -> bool {
        self.granted.visits.abs_diff(self.delivered.visits) * 10 > self.granted.visits
    }
}

/// Why delivered differs from granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplanationView {
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: String,
    /// When it was said.
    pub on: NaiveDate,
}
