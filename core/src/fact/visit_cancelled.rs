//! A visit that nobody needs to make, with the reason; and that it is to be made after all.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::ids::VisitId;
use crate::open_enum;

open_enum! {
    /// Why a visit is not made.
    pub enum CancelReason {
        /// The client is in hospital.
        InHospital = "in_hospital",
        /// The client said no to it beforehand.
        ByClient = "by_client",
        /// The client is away.
        Away = "away",
        /// Something else; the words say what.
        Other = "other",
    }
}

/// A visit is not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitCancelled {
    /// Which visit.
    pub visit: VisitId,
    /// Why.
    pub reason: CancelReason,
    /// More about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl VisitCancelled {
    /// Whether the reason is one that says nothing without words, and has none.
    pub fn lacks_words(&self) -> bool {
        self.reason == CancelReason::Other && self.words.trim().is_empty()
    }
}

/// A cancelled visit is made after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitReinstated {
    /// Which visit.
    pub visit: VisitId,
}

impl Content for VisitCancelled {
    fn texts(&self) -> Vec<&str> {
        vec![&self.words]
    }
}

impl Content for VisitReinstated {
    fn texts(&self) -> Vec<&str> {
        Vec::new()
    }
}
