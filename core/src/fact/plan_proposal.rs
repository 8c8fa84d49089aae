//! A proposal to change the plan, by somebody who sees that it no longer fits.
//!
//! It never edits the plan by itself: following it is a `PlanChange` that names it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Content, FieldChange};
use crate::ids::FactId;
use crate::plan::Part;

/// A change that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanProposal {
    /// Which part of the plan.
    pub part: Part,
    /// Which object; absent when a new one is proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<Uuid>,
    /// The fields as they would be.
    pub fields: Vec<FieldChange>,
    /// Why.
    pub reason: String,
}

impl Content for PlanProposal {
    fn texts(&self) -> Vec<&str> {
        vec![&self.reason]
    }
}

/// That a proposal was not followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalDeclined {
    /// Which.
    pub proposal: FactId,
    /// Why.
    pub reason: String,
}

impl Content for ProposalDeclined {
    fn texts(&self) -> Vec<&str> {
        vec![&self.reason]
    }
}
