//! What to know before the door: who this is, to somebody who has never been there; otherwise what is
//! new since she was.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::EntryView;
use crate::fact::{Direction, ProgressSource};
use crate::ids::FactId;
use crate::plan::{ContactRole, Interpreter};

/// What to know before the door, beside what the visit shows anyway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BeforeDoorView {
    /// To somebody who has never been there.
    FirstTime(FirstTimeView),
    /// To somebody who has.
    Since(SinceView),
}

/// A minute with somebody whom one has never met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstTimeView {
    /// Om meg, in the client's own words.
    pub about_me: Option<String>,
    /// Street and number.
    pub address: String,
    /// How to get in.
    pub entry: Option<String>,
    /// House rules.
    pub house_rules: Option<String>,
    /// Language needs.
    pub language: Option<String>,
    /// Whether an interpreter is needed, and how.
    pub interpreter: Option<Interpreter>,
    /// People to ring, those the primary contact first.
    pub ring: Vec<RingView>,
}

/// Somebody to ring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RingView {
    /// Name.
    pub name: String,
    /// Role; `None` for the primary contact.
    pub role: Option<ContactRole>,
    /// In words; may be empty.
    pub relation: String,
    /// Telephone.
    pub phone: String,
}

/// What colleagues did and wrote since the reader's own last visit, newest first in each group. An
/// entry is in the first group that it fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SinceView {
    /// The reader's own last visit.
    pub last_here: NaiveDateTime,
    /// What was flagged for whoever comes next.
    pub important: Vec<EntryView>,
    /// Changes of the plan, and what was asked and answered about it.
    pub plan: Vec<EntryView>,
    /// How goals went.
    pub progress: Vec<SinceProgressView>,
    /// Everything else.
    pub others: Vec<EntryView>,
}

impl SinceView {
    /// How much there is.
    pub fn count(&self) -> usize {
        self.important.len() + self.plan.len() + self.progress.len() + self.others.len()
    }
}

/// How a goal went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SinceProgressView {
    /// The fact that tells of it.
    pub fact: FactId,
    /// The goal.
    pub goal: String,
    /// Which way.
    pub direction: Direction,
    /// According to whom.
    pub source: ProgressSource,
    /// Who wrote it down.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}
