//! What the journal's entries are, as they are looked for by name. Pure.

use kjent_core::fact::{FactKind, Note};
use kjent_core::plan::Part;
use kjent_core::view::{EntryBody, EntryView};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// Visits, made or not, and what happened at them.
    Visits,
    /// Notes outside visits.
    Notes,
    /// What was measured.
    Measurements,
    /// Talks with the client and with those around.
    Talks,
    /// How goals go.
    Goals,
    /// Changes of the plan, and going through it.
    Plan,
    /// Decisions (vedtak), and what was delivered against them.
    Decisions,
    /// Incidents.
    Incidents,
    /// Consents, and whether the client can decide.
    Consents,
    /// What was handed over.
    Handovers,
}

impl EntryKind {
    /// All of them, in order.
    pub const ALL: [EntryKind; 10] = [
        EntryKind::Visits,
        EntryKind::Notes,
        EntryKind::Measurements,
        EntryKind::Talks,
        EntryKind::Goals,
        EntryKind::Plan,
        EntryKind::Decisions,
        EntryKind::Incidents,
        EntryKind::Consents,
        EntryKind::Handovers,
    ];

    /// For the list of choices and test ids.
    pub const fn code(self) -> &'static str {
        match self {
            EntryKind::Visits => "visits",
            EntryKind::Notes => "notes",
            EntryKind::Measurements => "measurements",
            EntryKind::Talks => "talks",
            EntryKind::Goals => "goals",
            EntryKind::Plan => "plan",
            EntryKind::Decisions => "decisions",
            EntryKind::Incidents => "incidents",
            EntryKind::Consents => "consents",
            EntryKind::Handovers => "handovers",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether an entry is one of these. One entry can be several: a visit with measurements is both.
    pub fn is(self, entry: &EntryView) -> bool {
        of_fact(&entry.kind) == Some(self)
            || match &entry.body {
                EntryBody::Visit { note, progress, observations, .. } => match self {
                    EntryKind::Goals => !progress.is_empty() || is_about_goals(note),
                    EntryKind::Measurements => !observations.is_empty(),
                    _ => false,
                },
                EntryBody::Note { note } => self == EntryKind::Goals && is_about_goals(note),
                EntryBody::Incident { incident } => {
                    self == EntryKind::Measurements && !incident.observations.is_empty()
                }
                EntryBody::PlanChange { change, .. } => of_part(change.part) == Some(self),
                EntryBody::PlanProposal { proposal, .. } => of_part(proposal.part) == Some(self),
                _ => false,
            }
    }
}

fn is_about_goals(note: &Note) -> bool {
    !note.goals.is_empty()
}

/// What a kind of fact is; nothing for one of a newer version.
pub const fn of_fact(kind: &FactKind) -> Option<EntryKind> {
    Some(match kind {
        FactKind::VisitReport
        | FactKind::VisitTakenOver
        | FactKind::VisitGivenBack
        | FactKind::VisitCancelled
        | FactKind::VisitReinstated
        | FactKind::MissedContact
        | FactKind::ResistedCare => EntryKind::Visits,
        FactKind::Note | FactKind::WrongPerson | FactKind::EntryRestricted => EntryKind::Notes,
        FactKind::Observations => EntryKind::Measurements,
        FactKind::WhatMatters | FactKind::ContactLogged => EntryKind::Talks,
        FactKind::GoalProgress | FactKind::GoalEvaluation => EntryKind::Goals,
        FactKind::PlanChange
        | FactKind::PlanProposal
        | FactKind::ProposalDeclined
        | FactKind::PlanReview => EntryKind::Plan,
        FactKind::DeliveryExplained => EntryKind::Decisions,
        FactKind::Incident | FactKind::IncidentStep => EntryKind::Incidents,
        FactKind::Consent
        | FactKind::ConsentWithdrawn
        | FactKind::CapacityAssessment
        | FactKind::Restriction
        | FactKind::RestrictionEnded
        | FactKind::EntryReaders
        | FactKind::EntryRestrictionEnded => EntryKind::Consents,
        FactKind::Handover | FactKind::HandoverAccepted => EntryKind::Handovers,
        FactKind::Unknown(_) => return None,
    })
}

/// What a change of a part of the plan is beside a change of the plan.
fn of_part(part: Part) -> Option<EntryKind> {
    match part {
        Part::Goals => Some(EntryKind::Goals),
        Part::Decisions => Some(EntryKind::Decisions),
        _ => None,
    }
}
