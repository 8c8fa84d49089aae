//! Whether the client can decide in one matter, on one day. Never for everything and for ever.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::open_enum;

open_enum! {
    /// What an assessment came to.
    pub enum CapacityOutcome {
        /// The client can decide in this.
        Has = "has",
        /// The client can't decide in this now.
        Lacks = "lacks",
        /// It is not clear, and is to be assessed again.
        Unclear = "unclear",
    }
}

/// An assessment of the capacity to decide (samtykkekompetanse).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapacityAssessment {
    /// In what.
    pub matter: String,
    /// What it came to.
    pub outcome: CapacityOutcome,
    /// Why.
    pub reasons: String,
}

impl Content for CapacityAssessment {
    fn texts(&self) -> Vec<&str> {
        vec![&self.matter, &self.reasons]
    }
}
