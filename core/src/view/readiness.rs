//! What must be on the tablet before its worker leaves the base, and how it gets there the first
//! time.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// Whether the day can be done without a network: proof, or exactly what is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadinessView {
    /// How many clients the worker's own visits of the day are to, as far as is known.
    pub due: u32,
    /// How many of them are whole on this tablet.
    pub ready: u32,
    /// What is missing, of all clients who may be on the day's list.
    pub missing: Vec<LackView>,
    /// When tablet and server were found equal for the last time, with nothing missing since;
    /// `None` until then, and nobody is ready.
    pub as_of: Option<NaiveDateTime>,
    /// For how many whole days the tablet opens without contact with the server.
    pub holds_days: u32,
    /// Whether that is so little that the worker is told to get a network.
    #[serde(default)]
    pub runs_out: bool,
}

/// Something that is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "lack", rename_all = "snake_case")]
pub enum LackView {
    /// A client's care document; without it not even the name is known, unless from an earlier
    /// version of it.
    Plan {
        /// The client's name.
        client_name: Option<String>,
    },
    /// A client's journal of this month.
    Journal {
        /// The client's name.
        client_name: Option<String>,
    },
}

/// The first filling of the tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillingView {
    /// How much is here, of a hundred; 0 also while the list of what there is has not come.
    pub percent: u8,
    /// About how long it takes still, once the pace is steady.
    pub seconds_left: Option<u32>,
}
