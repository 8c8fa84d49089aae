//! What a note asks to be followed up: it opens a thread that only a new note closes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::WorkerId;
use crate::open_enum;

open_enum! {
    /// Whose answer is awaited.
    pub enum FollowUpFrom {
        /// Whoever of the team comes to it.
        Team = "team",
        /// The client's primary contact.
        PrimaryContact = "primary_contact",
        /// A worker who is named.
        Worker = "worker",
    }
}

/// «Krever oppfølging innen …».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The last day for it.
    pub by: NaiveDate,
    /// From whom.
    pub from: FollowUpFrom,
    /// Who, when a worker is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<WorkerId>,
    /// What is to be done or found out.
    pub what: String,
}
