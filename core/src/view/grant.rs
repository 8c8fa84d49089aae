//! Break-glass, as a team lead goes through it.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, GrantId};

/// That somebody was let in to a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantView {
    /// Which.
    pub grant: GrantId,
    /// To whom.
    pub client: ClientId,
    /// Their name; empty when the plan has not come yet.
    pub client_name: String,
    /// Who was let in.
    pub worker_name: String,
    /// From when.
    pub from: NaiveDateTime,
    /// Until when.
    pub until: NaiveDateTime,
    /// Why, in the worker's words.
    pub reason: String,
    /// What was found.
    pub reviewed: Option<ReviewedGrantView>,
}

/// What a team lead found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewedGrantView {
    /// Who says so.
    pub by: String,
    /// In what words.
    pub comment: String,
}
