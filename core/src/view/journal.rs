//! The journal's entries: who wrote what, and how far it has come.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::fact::{Direction, NotDoneReason, Note, ProgressSource};
use crate::ids::FactId;
use crate::problem::Problem;
use crate::team::Profession;

/// An entry in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    /// The fact.
    pub fact: FactId,
    /// Who wrote it.
    pub author: String,
    /// Their profession.
    pub profession: Profession,
    /// Whether it is the reader's own.
    pub mine: bool,
    /// When it happened.
    pub happened: NaiveDateTime,
    /// When it was written.
    pub written: NaiveDateTime,
    /// Whether the reader has not seen it yet.
    pub unread: bool,
    /// How far it has come.
    pub state: EntryState,
    /// The entry that this one corrects.
    pub amends: Option<FactId>,
    /// The entry that corrects this one.
    pub amended_by: Option<FactId>,
    /// What it says.
    pub body: EntryBody,
}

/// That something was erased, by decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedView {
    /// The fact that was: others may say that they correct it.
    pub fact: FactId,
    /// When it was erased.
    pub at: NaiveDateTime,
    /// On what legal ground.
    pub ground: String,
}

/// How far an entry has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EntryState {
    /// On this tablet only.
    Waiting,
    /// The server has it.
    Sent,
    /// The server refused it; it is still here.
    Refused {
        /// Why.
        reason: Problem,
    },
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EntryBody {
    /// A visit.
    Visit {
        /// When it began.
        started: NaiveDateTime,
        /// When it was signed.
        finished: NaiveDateTime,
        /// What became of each intervention.
        outcomes: Vec<OutcomeView>,
        /// How goals went.
        progress: Vec<EntryProgressView>,
        /// The note.
        note: Note,
    },
    /// A note.
    Note {
        /// The note.
        note: Note,
    },
    /// Written by a newer version of the app.
    Unknown,
}

/// What became of an intervention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeView {
    /// The intervention's title.
    pub title: String,
    /// Why it was not done; `None` when done.
    pub not_done: Option<NotDoneReason>,
}

/// Progress noted in an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryProgressView {
    /// The goal's title.
    pub goal: String,
    /// Which way.
    pub direction: Direction,
    /// According to whom.
    pub source: ProgressSource,
}
