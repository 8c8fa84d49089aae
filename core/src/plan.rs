//! The plan: what the team agrees on, and changes. Field by field in the documents.
//!
//! Every field of every struct here is one scalar in an Automerge object: texts are replaced whole
//! and never merged letter by letter. A struct is read from its fields with serde, so an older app
//! skips the fields that it doesn't know, and writes only the ones that a person changed.

mod client;
mod currency;
pub mod decision;
#[cfg(feature = "documents")]
mod form;
mod goal;
mod ids_text;
mod intervention;
mod limits;
mod lines;
mod need;
mod planned_visit;
mod recurrence;
mod scalar;

pub use client::{
    Client, Contact, ContactRole, CriticalInfo, CriticalKind, Interpreter, MandateArea,
};
pub use currency::{Currency, UNTOUCHED_VISITS, currency, untouched_visits};
pub use decision::{Decision, DecisionOutcome, ServiceType};
pub use goal::{ExpressedBy, Goal, GoalStatus};
pub use intervention::{
    Competence, Intervention, InterventionCategory, InterventionGap, InterventionStatus,
    LegalBasis, SelfManagement,
};
pub use limits::{ClientLimits, limit_field, of_limit_field};
pub use need::{Aspect, NeedArea, NeedsAndStrengths};
pub use planned_visit::{PlannedVisit, VisitKind};
pub use recurrence::{DayPart, NotARecurrence, Recurrence, Rhythm, TimeOfDay, weekday};
pub use scalar::Scalar;

#[cfg(feature = "documents")]
pub use form::{FieldFault, FieldProblem};

use serde::{Deserialize, Serialize};

/// The parts of a plan: each is a root map of a document, and each has its rule in `policy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The client's profile: one object.
    Client,
    /// People around the client.
    Contacts,
    /// Critical information.
    CriticalInfo,
    /// Decisions (vedtak).
    Decisions,
    /// Goals.
    Goals,
    /// Interventions.
    Interventions,
    /// Planned visits, in the month's journal.
    Visits,
}

impl Part {
    /// The name of the root map in the document.
    pub const fn key(self) -> &'static str {
        match self {
            Part::Client => "client",
            Part::Contacts => "contacts",
            Part::CriticalInfo => "critical_info",
            Part::Decisions => "decisions",
            Part::Goals => "goals",
            Part::Interventions => "interventions",
            Part::Visits => "visits",
        }
    }

    /// The parts of a care document, in the order of its genesis change.
    pub const CARE: [Part; 6] = [
        Part::Client,
        Part::Contacts,
        Part::CriticalInfo,
        Part::Decisions,
        Part::Goals,
        Part::Interventions,
    ];

    /// The parts of a journal, in the order of its genesis change.
    pub const JOURNAL: [Part; 1] = [Part::Visits];
}
