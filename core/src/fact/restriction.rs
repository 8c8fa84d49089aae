//! A bar (sperring): whom the client does not let read about them, in the client's words.
//!
//! Facts, so that it can be said at the bedside, by whom and when it was is never lost, and two
//! tablets that write at once can't undo each other's.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::ids::{FactId, WorkerId};
use crate::team::Role;

/// That the client bars a worker, or everyone in a role. One of the two is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// Which worker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<WorkerId>,
    /// Which role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Why, as the client puts it.
    pub words: String,
}

impl Restriction {
    /// Whether it keeps out a worker in a role.
    pub fn bars(&self, worker: WorkerId, role: Option<&Role>) -> bool {
        self.worker == Some(worker) || self.role.is_some() && self.role.as_ref() == role
    }
}

impl Content for Restriction {
    fn texts(&self) -> Vec<&str> {
        vec![&self.words]
    }
}

/// That a bar is over, and why, as the client puts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestrictionEnded {
    /// Which bar.
    pub restriction: FactId,
    /// Why.
    pub words: String,
}

impl Content for RestrictionEnded {
    fn texts(&self) -> Vec<&str> {
        vec![&self.words]
    }
}
