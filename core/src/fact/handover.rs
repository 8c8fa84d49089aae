//! What one worker hands over to another, and that it was taken over.
//!
//! It is the sender's until somebody has accepted it: a handover that nobody saw is not handed over.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::ids::{FactId, WorkerId};
use crate::open_enum;

open_enum! {
    /// To whom.
    pub enum HandoverTo {
        /// Whoever is at work next.
        NextShift = "next_shift",
        /// A colleague who is named.
        Worker = "worker",
    }
}

/// Something that is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// To whom.
    pub to: HandoverTo,
    /// Which colleague, when one is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<WorkerId>,
    /// What.
    pub text: String,
    /// The entry that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<FactId>,
}

impl Content for Handover {
    fn texts(&self) -> Vec<&str> {
        vec![&self.text]
    }
}

/// That a handover was taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverAccepted {
    /// Which.
    pub handover: FactId,
}

impl Content for HandoverAccepted {
    fn texts(&self) -> Vec<&str> {
        Vec::new()
    }
}
