//! Commands about who makes a visit, and whether it is made.

use crate::fact::CancelReason;
use crate::ids::VisitId;

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
}
