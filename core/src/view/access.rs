//! Who has opened a client's record, as the lead or a nurse reads it.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::access::{AccessAct, AccessOutcome, AccessReason};
use crate::team::Profession;

/// The log of one client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLogView {
    /// The newest openings, the newest first.
    pub lines: Vec<AccessLineView>,
    /// Whether there are older ones, which the office can list.
    pub more: bool,
    /// Whether the log has become shorter than this tablet knows it to have been: something was
    /// taken out of it.
    pub is_broken: bool,
    /// The log's control number: with it the office proves that nothing was taken out.
    pub head: String,
}

/// One opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLineView {
    /// Who; empty for the office when nobody there has said their name.
    pub name: String,
    /// The worker's profession; absent for the office.
    pub profession: Option<Profession>,
    /// The unit; empty for the office and for somebody who was in none.
    pub unit: String,
    /// What was done.
    pub act: AccessAct,
    /// Why; absent when nobody has said.
    pub why: Option<AccessReason>,
    /// The reason in words.
    pub words: String,
    /// How it went.
    pub outcome: AccessOutcome,
    /// How many times.
    pub count: u32,
    /// When, by the tablet's clock.
    pub at: NaiveDateTime,
    /// When the server heard of it, when that is long after: it was done without a network.
    pub received: Option<NaiveDateTime>,
}
