//! Commands of the shift report.

use crate::fact::HandoverTo;
use crate::ids::{ClientId, FactId, WorkerId};
use crate::view::HandoverView;

commands! {
    /// The shift report.
    ReadHandover = "read_handover" -> HandoverView {}

    /// Hand something over.
    HandOver = "hand_over" -> () {
        /// About whom.
        client: ClientId,
        /// To whom.
        to: HandoverTo,
        /// Which colleague, when one is named.
        worker: Option<WorkerId>,
        /// What; not empty.
        text: String,
        /// The entry that it is about.
        about: Option<FactId>,
    }

    /// Take it over.
    AcceptHandover = "accept_handover" -> () {
        /// About whom.
        client: ClientId,
        /// Which.
        handover: FactId,
    }
}
