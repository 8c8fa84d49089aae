//! Commands about what is measured. In a visit it is part of the visit's draft.

use crate::fact::Observations;
use crate::ids::{ClientId, FactId};
use crate::view::CurvesView;

commands! {
    /// All that has been measured of a client and is on the tablet, with the client's limits.
    ReadCurves = "read_curves" -> CurvesView {
        /// Which client.
        client: ClientId,
    }

    /// What has been measured outside a visit so far and is not signed.
    ReadObservationsDraft = "read_observations_draft" -> Observations {
        /// Of whom.
        client: ClientId,
    }

    /// Save what has been measured so far.
    SaveObservationsDraft = "save_observations_draft" -> () {
        /// Of whom.
        client: ClientId,
        /// Everything so far.
        draft: Observations,
    }

    /// Sign what was measured outside a visit.
    FinishObservations = "finish_observations" -> () {
        /// Of whom.
        client: ClientId,
        /// What is signed.
        draft: Observations,
    }

    /// Put right what was measured: these observations take the place of those of an entry.
    RecordObservations = "record_observations" -> () {
        /// Of whom.
        client: ClientId,
        /// The entry whose observations were wrong.
        amends: FactId,
        /// What is right; nothing when nothing was measured.
        observations: Observations,
    }
}
