//! Planned visits: when, by whom, and what is to be done.

use serde::{Deserialize, Serialize};

use super::ids_text;
use crate::ids::{InterventionId, WorkerId};
use crate::open_enum;
use crate::time::Timestamp;

open_enum! {
    /// Why somebody comes.
    pub enum VisitKind {
        /// An ordinary visit of the plan.
        Planned = "planned",
        /// Tilsyn: to see that all is well.
        Check = "check",
    }
}

/// A planned visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedVisit {
    /// When it starts.
    pub starts: Timestamp,
    /// How long it should take, in minutes.
    pub minutes: u32,
    /// Who is to go.
    pub worker: WorkerId,
    /// Why.
    pub kind: VisitKind,
    /// What is to be done, in order.
    #[serde(with = "ids_text", default)]
    pub interventions: Vec<InterventionId>,
}
