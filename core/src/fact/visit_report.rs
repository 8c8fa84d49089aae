//! What a finished visit leaves: one bundle, because ids are the part that does not compress.

use serde::{Deserialize, Serialize};

use super::{Content, GoalProgress, Note, Observations};
use crate::ids::{InterventionId, VisitId};
use crate::open_enum;
use crate::time::Timestamp;

open_enum! {
    /// Why an intervention was not done. No reason blames anybody.
    pub enum NotDoneReason {
        /// The client did not want it.
        Declined = "declined",
        /// The client did it without help.
        DidItAlone = "did_it_alone",
        /// Somebody else had done it.
        DoneByOther = "done_by_other",
        /// The client was not well enough.
        NotWellEnough = "not_well_enough",
        /// It was not needed today.
        NotNeeded = "not_needed",
        /// There was no time.
        NoTime = "no_time",
        /// Equipment or medicine was missing.
        Missing = "missing",
    }
}

/// What became of one intervention. One that nobody answered for is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterventionOutcome {
    /// Which intervention.
    pub intervention: InterventionId,
    /// Why it was not done; absent when it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_done: Option<NotDoneReason>,
}

open_enum! {
    /// What led to a visit that nobody had planned.
    pub enum UnplannedReason {
        /// The client's alarm.
        Alarm = "alarm",
        /// The client or somebody else rang.
        Called = "called",
        /// To see how it is going.
        Check = "check",
        /// Something else; the words say what.
        Other = "other",
    }
}

/// What a visit report has in place of a planned visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplanned {
    /// The visit's own name, by which its report is found again.
    pub visit: VisitId,
    /// What led to it.
    pub reason: UnplannedReason,
    /// More about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl Unplanned {
    /// Whether the reason is one that says nothing without words, and has none.
    pub fn lacks_words(&self) -> bool {
        self.reason == UnplannedReason::Other && self.words.trim().is_empty()
    }
}

/// A visit report (besøksrapport).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitReport {
    /// The planned visit; absent for a visit that nobody planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    /// What led to a visit that nobody planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unplanned: Option<Unplanned>,
    /// When the worker began.
    pub started: Timestamp,
    /// When the worker signed.
    pub finished: Timestamp,
    /// What became of each intervention.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<InterventionOutcome>,
    /// How goals are going.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub progress: Vec<GoalProgress>,
    /// The note.
    #[serde(default, skip_serializing_if = "Note::is_empty")]
    pub note: Note,
    /// What was measured and asked.
    #[serde(default, skip_serializing_if = "Observations::is_empty")]
    pub observations: Observations,
}

impl VisitReport {
    /// The visit that it is about, planned or not.
    pub fn of_visit(&self) -> Option<VisitId> {
        self.visit.or(self.unplanned.as_ref().map(|it| it.visit))
    }
}

impl Content for VisitReport {
    fn texts(&self) -> Vec<&str> {
        let mut texts = self.note.texts();
        texts.extend(self.unplanned.iter().map(|it| it.words.as_str()));
        texts.extend(self.progress.iter().flat_map(Content::texts));
        texts
    }
}
