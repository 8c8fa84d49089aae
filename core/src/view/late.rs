//! Work that came after its author had lost access: accepted, and marked for all to see.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::WorkView;
use crate::ids::{ClientId, FactId};
use crate::policy::LateReason;

/// What made a piece of work late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateView {
    /// Who wrote it.
    pub author: String,
    /// When it was written, by the tablet's clock.
    pub written: NaiveDateTime,
    /// When it came, by the server's clock.
    pub received: NaiveDateTime,
    /// What the tablet's clock showed then, when it was off by more than two minutes.
    pub tablet_clock: Option<NaiveDateTime>,
    /// What had changed in between.
    pub reason: LateReason,
}

/// An item of the team lead's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateWorkView {
    /// About whom.
    pub client: ClientId,
    /// Their name.
    pub client_name: String,
    /// What it is.
    pub what: WorkView,
    /// The entry in the journal, when it is one.
    pub fact: Option<FactId>,
    /// What made it late.
    pub late: LateView,
}
