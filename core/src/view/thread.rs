//! What is to be followed up, and what the follow-ups screen reads.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::fact::{Concern, FollowUpFrom};
use crate::ids::{ClientId, FactId};

/// Everything of the team's clients that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpsView {
    /// Which day it is.
    pub today: NaiveDate,
    /// What is open, the one that is due first at the front.
    pub threads: Vec<ThreadView>,
}

/// A thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadView {
    /// The fact that raised it.
    pub thread: FactId,
    /// About whom.
    pub client: ClientId,
    /// The client's name.
    pub client_name: String,
    /// Whether a conversation raised it: then it has no words of its own.
    pub is_conversation: bool,
    /// Whose worry it is, when it is one.
    pub concern: Option<Concern>,
    /// What is to be followed up.
    pub what: String,
    /// The last day for it.
    pub due: NaiveDate,
    /// From whom.
    pub from: FollowUpFrom,
    /// Their name; empty for the team, and for a primary contact that nobody is.
    pub from_name: String,
    /// Whether it awaits the reader.
    pub mine: bool,
    /// Who raised it.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
    /// Answers that left it open.
    pub answers: Vec<AnswerView>,
    /// Where it stands.
    pub standing: ThreadStanding,
}

/// A note that answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerView {
    /// The note.
    pub fact: FactId,
    /// By whom.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
    /// Its first words.
    pub text: String,
}

/// Where a thread stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum ThreadStanding {
    /// Its day has not come.
    ToCome,
    /// It waits for an answer.
    Open,
    /// Its last day is over.
    Overdue,
    /// Closed.
    Closed {
        /// By this note.
        answer: AnswerView,
    },
}

impl ThreadView {
    /// Whether it waits for an answer now.
    pub fn is_open(&self) -> bool {
        matches!(self.standing, ThreadStanding::Open | ThreadStanding::Overdue)
    }

    /// Whether its last day is over.
    pub fn is_overdue(&self) -> bool {
        self.standing == ThreadStanding::Overdue
    }
}

/// How much is to be seen to, for the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountsView {
    /// Follow-ups that are overdue, and the reader's own that are due today.
    pub follow_ups: u32,
    /// What is handed over to the reader or to the next shift, and not accepted.
    pub handovers: u32,
}
