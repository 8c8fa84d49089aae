//! Commands about who makes a visit, whether it is made, and one that nobody planned.

use serde::{Deserialize, Serialize};

use crate::fact::{CancelReason, UnplannedReason};
use crate::ids::{ClientId, InterventionId, VisitId};

commands! {
    /// Go instead of the colleague who was to.
    TakeOverVisit = "take_over_visit" -> () {
        /// Which visit.
        visit: VisitId,
    }

    /// Don't go after all.
    GiveBackVisit = "give_back_visit" -> () {
        /// Which visit.
        visit: VisitId,
    }

    /// Note that a visit is not made.
    CancelVisit = "cancel_visit" -> () {
        /// Which visit.
        visit: VisitId,
        /// Why.
        reason: CancelReason,
        /// More about it; not empty for `CancelReason::Other`.
        words: String,
    }

    /// Note that a cancelled visit is made after all.
    ReinstateVisit = "reinstate_visit" -> () {
        /// Which visit.
        visit: VisitId,
    }

    /// Begin a visit that nobody planned; answers by which name it goes from now on.
    StartUnplannedVisit = "start_unplanned_visit" -> VisitId {
        /// With whom.
        client: ClientId,
        /// What led to it.
        reason: UnplannedReason,
        /// More about it; not empty for `UnplannedReason::Other`.
        words: String,
    }

    /// Take back the start of a visit that nobody planned and in which nothing is written.
    DiscardVisit = "discard_visit" -> () {
        /// Which visit.
        visit: VisitId,
    }
}

/// A visit under way that nobody planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnplannedVisit {
    /// With whom.
    pub client: ClientId,
    /// What led to it.
    pub reason: UnplannedReason,
    /// More about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// An intervention that was done in another way than the plan says. Signing the visit makes it a
/// proposal to change the plan, and a line in the note; the plan stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment {
    /// Which intervention.
    pub intervention: InterventionId,
    /// What was done instead.
    #[serde(default)]
    pub instead: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

impl Adjustment {
    /// Whether nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.instead.trim().is_empty() && self.reason.trim().is_empty()
    }
}
