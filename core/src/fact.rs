//! Facts: what somebody saw, did or was told, once. Immutable.
//!
//! A fact is one value in a document's append-only map. A correction is a new fact that points at
//! the old one with `amends`. Here are the contents; the envelope with its bytes is in
//! `document::fact`.

mod capacity_assessment;
mod coercion;
mod consent;
mod contact_logged;
mod delivery_explained;
mod follow_up;
mod goal_evaluation;
mod goal_progress;
mod handover;
mod incident;
mod missed_contact;
mod note;
mod observations;
mod plan_change;
mod plan_proposal;
mod plan_review;
mod resisted_care;
mod restricted_entry;
mod restriction;
mod visit_cancelled;
mod visit_report;
mod visit_taken_over;
mod what_matters;
mod wrong_person;

pub use capacity_assessment::{CapacityAssessment, CapacityOutcome};
pub use coercion::{CoercionDecision, CoercionRefusal, CoerciveMeasure};
pub use consent::{Consent, ConsentForm, ConsentGiver, ConsentScope, ConsentWithdrawn};
pub use contact_logged::{Basis, BasisKind, Caller, Channel, ContactLogged};
pub use delivery_explained::DeliveryExplained;
pub use follow_up::{FollowUp, FollowUpFrom};
pub use goal_evaluation::{GoalAttainment, GoalEvaluation};
pub use goal_progress::{Direction, GoalProgress, ProgressSource};
pub use handover::{Handover, HandoverAccepted, HandoverTo};
pub use incident::{Harm, Incident, IncidentKind, IncidentState, IncidentStep, InjurySign, Told};
pub use missed_contact::{ContactAttempt, ContactOutcome, ContactStep, MissedContact};
pub use note::{Concern, Note, NoteOccasion};
pub use observations::Observations;
pub use plan_change::{Discussed, DiscussedWith, FieldChange, Occasion, PlanChange};
pub use plan_proposal::{PlanProposal, ProposalDeclined};
pub use plan_review::PlanReview;
pub use resisted_care::{Capacity, Notified, ResistedCare, TrustTried};
pub use restricted_entry::{EntryReaders, EntryRestricted, EntryRestrictionEnded, Readers};
pub use restriction::{Restriction, RestrictionEnded};
pub use visit_cancelled::{CancelReason, VisitCancelled, VisitReinstated};
pub use visit_report::{
    InterventionOutcome, NotDoneReason, Unplanned, UnplannedReason, VisitReport,
};
pub use visit_taken_over::{VisitGivenBack, VisitTakenOver};
pub use what_matters::{ConversationOutcome, WhatMatters};
pub use wrong_person::WrongPerson;

use crate::open_enum;

/// The document that a kind of fact belongs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// The client's care document: what stays for years.
    Care,
    /// The journal of the month in which it happened.
    Journal,
    /// The document of a single entry that the client restricts.
    Entry,
}

/// A fact's content.
pub trait Content {
    /// What it says in words, in the order of the screen: search finds it, and work that was refused
    /// is shown by it.
    fn texts(&self) -> Vec<&str>;
}

/// Names every kind of fact once: its struct, its code, and where it belongs.
macro_rules! facts {
    ($($(#[$doc:meta])* $kind:ident = $code:literal in $home:ident,)*) => {
        open_enum! {
            /// What a fact is about; decides how its body is read and which document holds it.
            pub enum FactKind { $($(#[$doc])* $kind = $code,)* }
        }

        impl FactKind {
            /// Where facts of this kind belong; `None` for a newer version's kind.
            pub const fn home(&self) -> Option<Home> {
                match self {
                    $(FactKind::$kind => Some(Home::$home),)*
                    FactKind::Unknown(_) => None,
                }
            }
        }

        /// A fact's content, read.
        #[derive(Clone, Debug, PartialEq, Eq)]
        // Most facts are reports, the largest: boxes would cost the many to spare the few.
        #[allow(clippy::large_enum_variant)]
        pub enum FactBody {
            $($(#[$doc])* $kind($kind),)*
            /// Written by a newer version; its bytes are kept, and the screen says so.
            Unknown,
        }

        $(impl From<$kind> for FactBody {
            fn from(content: $kind) -> Self {
                FactBody::$kind(content)
            }
        })*

        impl FactBody {
            /// The kind that goes on the envelope; `None` for what this version can't have written.
            pub fn kind(&self) -> Option<FactKind> {
                match self {
                    $(FactBody::$kind(_) => Some(FactKind::$kind),)*
                    FactBody::Unknown => None,
                }
            }

            /// What it says in words.
            pub fn texts(&self) -> Vec<&str> {
                match self {
                    $(FactBody::$kind(content) => content.texts(),)*
                    FactBody::Unknown => Vec::new(),
                }
            }
        }

        #[cfg(feature = "documents")]
        impl FactBody {
            /// The body's bytes; fails on one of an unknown kind.
            pub fn to_bytes(&self) -> Result<Vec<u8>, crate::cbor::NotCbor> {
                match self {
                    $(FactBody::$kind(content) => crate::cbor::write(content),)*
                    FactBody::Unknown => Err(crate::cbor::NotCbor),
                }
            }

            /// Reads a body; `Unknown` for a kind that this version doesn't know.
            pub fn from_bytes(kind: &FactKind, bytes: &[u8]) -> Result<Self, crate::cbor::NotCbor> {
                match kind {
                    $(FactKind::$kind => crate::cbor::read(bytes).map(FactBody::$kind),)*
                    FactKind::Unknown(_) => Ok(FactBody::Unknown),
                }
            }

            /// The body for people who look at it outside the app.
            pub fn to_json(&self) -> serde_json::Value {
                let json = match self {
                    $(FactBody::$kind(content) => serde_json::to_value(content),)*
                    FactBody::Unknown => Ok(serde_json::Value::Null),
                };
                json.unwrap_or_default()
            }
        }
    };
}

impl FactBody {
    /// How goals are going, as it tells it.
    pub fn progress(&self) -> &[GoalProgress] {
        match self {
            FactBody::VisitReport(report) => &report.progress,
            FactBody::GoalProgress(progress) => std::slice::from_ref(progress),
            _ => &[],
        }
    }

    /// What was measured, as it tells it.
    pub fn observations(&self) -> Option<&Observations> {
        let observations = match self {
            FactBody::VisitReport(report) => &report.observations,
            FactBody::Observations(observations) => observations,
            FactBody::Incident(incident) => &incident.observations,
            _ => return None,
        };
        Some(observations).filter(|it| !it.is_empty())
    }
}

facts! {
    /// What a finished visit leaves.
    VisitReport = "visit_report" in Journal,
    /// A note outside a visit, or a correction of an entry.
    Note = "note" in Journal,
    /// A what-matters conversation.
    WhatMatters = "what_matters" in Care,
    /// How a goal is going, outside a visit.
    GoalProgress = "goal_progress" in Care,
    /// That the plan was changed, why, and with whom it was talked over.
    PlanChange = "plan_change" in Care,
    /// A change of the plan that somebody asks for.
    PlanProposal = "plan_proposal" in Care,
    /// That a proposal was not followed, and why.
    ProposalDeclined = "proposal_declined" in Care,
    /// Why something else was delivered than a decision grants.
    DeliveryExplained = "delivery_explained" in Care,
    /// That a worker makes a colleague's visit.
    VisitTakenOver = "visit_taken_over" in Journal,
    /// That she doesn't after all.
    VisitGivenBack = "visit_given_back" in Journal,
    /// That a visit is not made, and why.
    VisitCancelled = "visit_cancelled" in Journal,
    /// That a cancelled visit is made after all.
    VisitReinstated = "visit_reinstated" in Journal,
    /// That the client wasn't met at a visit, and what was done about it.
    MissedContact = "missed_contact" in Journal,
    /// That the client resisted care, and what was done about it.
    ResistedCare = "resisted_care" in Journal,
    /// What was measured outside a visit, or a correction of what was.
    Observations = "observations" in Journal,
    /// Something that should not have happened.
    Incident = "incident" in Journal,
    /// That the work with an incident came a step on.
    IncidentStep = "incident_step" in Journal,
    /// That an entry was written about the wrong person.
    WrongPerson = "wrong_person" in Journal,
    /// What is handed over to a colleague or the next shift.
    Handover = "handover" in Journal,
    /// That a handover was taken over.
    HandoverAccepted = "handover_accepted" in Journal,
    /// How far a goal was reached.
    GoalEvaluation = "goal_evaluation" in Care,
    /// That the plan was gone through as a whole.
    PlanReview = "plan_review" in Care,
    /// What the client lets the service tell somebody.
    Consent = "consent" in Care,
    /// That a consent is taken back.
    ConsentWithdrawn = "consent_withdrawn" in Care,
    /// Whether the client can decide in one matter.
    CapacityAssessment = "capacity_assessment" in Care,
    /// A talk with somebody around the client.
    ContactLogged = "contact_logged" in Journal,
    /// That the client bars somebody from the record.
    Restriction = "restriction" in Care,
    /// That a bar is over.
    RestrictionEnded = "restriction_ended" in Care,
    /// Who reads an entry that the client restricts.
    EntryReaders = "entry_readers" in Entry,
    /// That the client restricts an entry.
    EntryRestricted = "entry_restricted" in Journal,
    /// That the client restricts an entry no more.
    EntryRestrictionEnded = "entry_restriction_ended" in Entry,
}

impl FactKind {
    /// Whether a client can restrict a single entry of this kind. What others have to know to give
    /// care (a visit and what was measured, an incident, a consent) stays in the common record: words
    /// that are for few are written as a note of their own.
    pub const fn may_be_restricted(&self) -> bool {
        matches!(self, FactKind::Note | FactKind::ContactLogged)
    }
}
