//! Facts: what somebody saw, did or was told, once. Immutable.
//!
//! A fact is one value in a document's append-only map. A correction is a new fact that points at
//! the old one with `amends`. Here are the contents; the envelope with its bytes is in
//! `document::fact`.

mod goal_progress;
mod note;
mod visit_report;
mod what_matters;

pub use goal_progress::{Direction, GoalProgress, ProgressSource};
pub use note::Note;
pub use visit_report::{InterventionOutcome, NotDoneReason, VisitReport};
pub use what_matters::{ConversationOutcome, WhatMatters};

use crate::open_enum;

open_enum! {
    /// What a fact is about; decides how its body is read and which document holds it.
    pub enum FactKind {
        /// What a finished visit leaves. In the journal.
        VisitReport = "visit_report",
        /// A note outside a visit, or a correction of an entry. In the journal.
        Note = "note",
        /// A what-matters conversation. In the care document.
        WhatMatters = "what_matters",
        /// How a goal is going, outside a visit. In the care document.
        GoalProgress = "goal_progress",
    }
}

/// A fact's content, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactBody {
    /// What a finished visit leaves.
    VisitReport(VisitReport),
    /// A note outside a visit, or a correction.
    Note(Note),
    /// A what-matters conversation.
    WhatMatters(WhatMatters),
    /// How a goal is going.
    GoalProgress(GoalProgress),
    /// Written by a newer version; its bytes are kept, and the screen says so.
    Unknown,
}

impl FactBody {
    /// The kind that goes on the envelope; `None` for what this version can't have written.
    pub fn kind(&self) -> Option<FactKind> {
        match self {
            FactBody::VisitReport(_) => Some(FactKind::VisitReport),
            FactBody::Note(_) => Some(FactKind::Note),
            FactBody::WhatMatters(_) => Some(FactKind::WhatMatters),
            FactBody::GoalProgress(_) => Some(FactKind::GoalProgress),
            FactBody::Unknown => None,
        }
    }
}
