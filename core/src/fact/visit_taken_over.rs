//! A colleague's visit that a worker takes over, and gives back.
//!
//! The plan stays as it is: who was to go is the planner's, who goes is a fact. Two who take over
//! the same visit out of each other's sight both have it, until one gives it back.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::ids::VisitId;

/// The author goes instead of the one who was to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitTakenOver {
    /// Which visit.
    pub visit: VisitId,
}

/// The author doesn't go after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitGivenBack {
    /// Which visit.
    pub visit: VisitId,
}

impl Content for VisitTakenOver {
    fn texts(&self) -> Vec<&str> {
        Vec::new()
    }
}

impl Content for VisitGivenBack {
    fn texts(&self) -> Vec<&str> {
        Vec::new()
    }
}
