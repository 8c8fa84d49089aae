//! Commands about decisions. Their fields are written with `EditPlan`.

use chrono::NaiveDate;

use crate::ids::{ClientId, DecisionId};

commands! {
    /// Say why something else was delivered than was granted.
    ExplainDelivery = "explain_delivery" -> () {
        /// Whose decision.
        client: ClientId,
        /// Which.
        decision: DecisionId,
        /// First day that it is about.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
        /// Why; not empty.
        reason: String,
    }
}
