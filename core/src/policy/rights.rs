//! The one table of rights: what each role reads and writes. Everything else that asks whether
//! somebody may, asks here; `kjent-server policy` prints it.
//!
//! Each `match` names every part, every kind of fact and every act, so that a new one does not
//! compile until it has its row.

use crate::fact::{FactKind, IncidentState};
use crate::plan::Part;
use crate::team::Role;

/// Something that takes a right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Right {
    /// Reads a part of the plan.
    ReadPart(Part),
    /// Makes and edits objects of a part of the plan.
    EditPart(Part),
    /// Reads facts of a kind.
    ReadFact(FactKind),
    /// Writes facts of a kind.
    WriteFact(FactKind),
    /// Takes an incident to a state.
    StepIncident(IncidentState),
    /// Anything else.
    Do(Deed),
}

/// What takes a right, and is neither a part of the plan nor a kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Reads where a client lives whose address is protected, also on a day without a visit there.
    ReadProtectedAddress,
    /// Reads the list of work that came late.
    ReadLateWork,
    /// Reads the list of clients who lack somebody responsible.
    ReadGaps,
    /// Appoints the primary contact and the service lead.
    Appoint,
    /// Corrects an own entry, or says that it is about the wrong person.
    CorrectOwn,
    /// Puts right what a colleague measured. The colleague is told.
    CorrectMeasurement,
    /// Corrects a colleague's note, or says that it is about the wrong person.
    CorrectOthers,
    /// Restricts an own entry to those whom the client lets read it.
    RestrictOwn,
    /// Restricts a colleague's entry so.
    RestrictOthers,
    /// Lets herself in to a client of another team by break-glass.
    BreakGlass,
    /// Goes through what was done by break-glass.
    ReviewBreakGlass,
}

impl Deed {
    /// All of them, in the table's order.
    pub const ALL: [Self; 11] = [
        Self::ReadProtectedAddress,
        Self::ReadLateWork,
        Self::ReadGaps,
        Self::Appoint,
        Self::CorrectOwn,
        Self::CorrectMeasurement,
        Self::CorrectOthers,
        Self::RestrictOwn,
        Self::RestrictOthers,
        Self::BreakGlass,
        Self::ReviewBreakGlass,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::ReadProtectedAddress => "read a protected address on any day",
            Self::ReadLateWork => "read the list of late work",
            Self::ReadGaps => "read the list of gaps in responsibility",
            Self::Appoint => "appoint primary contact and service lead",
            Self::CorrectOwn => "correct an own entry",
            Self::CorrectMeasurement => "put right a colleague's measurement",
            Self::CorrectOthers => "correct a colleague's entry",
            Self::RestrictOwn => "restrict an own entry",
            Self::RestrictOthers => "restrict a colleague's entry",
            Self::BreakGlass => "open a client by break-glass",
            Self::ReviewBreakGlass => "review break-glass",
        }
    }
}

/// What a role has of a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It has it.
    Has,
    /// It has it towards a client whose primary contact or service lead the worker is today.
    WhenResponsible,
    /// It hasn't.
    Lacks,
}

impl Cell {
    /// The sign in the printed table.
    pub const fn sign(self) -> char {
        match self {
            Cell::Has => 'x',
            Cell::WhenResponsible => 'r',
            Cell::Lacks => '-',
        }
    }
}

/// The table's columns.
pub const COLUMNS: [Role; 6] =
    [Role::Helper, Role::Nurse, Role::Therapist, Role::Planner, Role::TeamLead, Role::BreakGlass];

/// One row of the table, in the order of `COLUMNS`.
type Row = [Cell; 6];

const X: Cell = Cell::Has;
const R: Cell = Cell::WhenResponsible;
const O: Cell = Cell::Lacks;

impl Right {
    /// Every right, in the table's order.
    pub fn all() -> Vec<Self> {
        let parts: Vec<Part> = Part::CARE.into_iter().chain(Part::JOURNAL).collect();
        let kinds = FactKind::ALL;
        let steps = IncidentState::ALL.iter().filter(|state| **state != IncidentState::Reported);
        parts
            .iter()
            .map(|part| Self::ReadPart(*part))
            .chain(parts.iter().map(|part| Self::EditPart(*part)))
            .chain(kinds.iter().cloned().map(Self::ReadFact))
            .chain(kinds.iter().cloned().map(Self::WriteFact))
            .chain(steps.cloned().map(Self::StepIncident))
            .chain(Deed::ALL.map(Self::Do))
            .collect()
    }

    /// The row's name in the printed table.
    pub fn name(&self) -> String {
        match self {
            Self::ReadPart(part) => format!("read {}", part.key()),
            Self::EditPart(part) => format!("edit {}", part.key()),
            Self::ReadFact(kind) => format!("read {kind}"),
            Self::WriteFact(kind) => format!("write {kind}"),
            Self::StepIncident(state) => format!("take an incident to {state}"),
            Self::Do(deed) => deed.name().to_owned(),
        }
    }

    /// What a role has of it; nothing for a role that this version doesn't know.
    pub fn cell(&self, role: &Role) -> Cell {
        let row = self.row();
        let column = COLUMNS.iter().position(|column| column == role);
        column.and_then(|column| row.get(column).copied()).unwrap_or(Cell::Lacks)
    }

    fn row(&self) -> Row {
        match self {
            Self::ReadPart(part) => read_part(*part),
            Self::EditPart(part) => edit_part(*part),
            Self::ReadFact(kind) => read_fact(kind),
            Self::WriteFact(kind) => write_fact(kind),
            Self::StepIncident(state) => step_incident(state),
            Self::Do(deed) => act(*deed),
        }
    }
}

/// A planner reads whom to visit, where and when, and what was granted; nothing of how they are.
const fn read_part(part: Part) -> Row {
    use Part::{Client, Contacts, CriticalInfo, Decisions, Goals, Interventions, Visits};
    match part {
        //       helper nurse therapist planner lead break-glass
        Client => [X, X, X, X, X, X],
        Contacts => [X, X, X, O, X, X],
        CriticalInfo => [X, X, X, O, X, X],
        Decisions => [X, X, X, X, X, X],
        Goals => [X, X, X, O, X, X],
        Interventions => [X, X, X, O, X, X],
        Visits => [X, X, X, X, X, X],
    }
}

/// Whoever answers for a client edits that client's plan, whatever the profession; a therapist has
/// the parts of the trade as it is.
const fn edit_part(part: Part) -> Row {
    use Part::{Client, Contacts, CriticalInfo, Decisions, Goals, Interventions, Visits};
    match part {
        //       helper nurse therapist planner lead break-glass
        Client => [R, X, O, O, X, O],
        Contacts => [R, X, O, O, X, O],
        CriticalInfo => [O, X, X, O, X, O],
        Decisions => [O, O, O, O, X, O],
        Goals => [R, X, X, O, X, O],
        Interventions => [R, X, X, O, X, O],
        Visits => [O, O, O, X, X, O],
    }
}

const fn read_fact(kind: &FactKind) -> Row {
    use FactKind as K;
    match kind {
        //   helper nurse therapist planner lead break-glass
        // Who goes, and whether anybody does.
        K::VisitTakenOver
        | K::VisitGivenBack
        | K::VisitCancelled
        | K::VisitReinstated
        | K::DeliveryExplained => [X, X, X, X, X, X],
        K::VisitReport
        | K::Note
        | K::WhatMatters
        | K::GoalProgress
        | K::PlanChange
        | K::PlanProposal
        | K::ProposalDeclined
        | K::MissedContact
        | K::ResistedCare
        | K::Observations
        | K::Incident
        | K::IncidentStep
        | K::WrongPerson
        | K::Handover
        | K::HandoverAccepted
        | K::GoalEvaluation
        | K::PlanReview
        | K::Consent
        | K::ConsentWithdrawn
        | K::CapacityAssessment
        | K::ContactLogged
        | K::Restriction
        | K::RestrictionEnded
        | K::EntryReaders
        | K::EntryRestricted
        | K::EntryRestrictionEnded
        | K::Unknown(_) => [X, X, X, O, X, X],
    }
}

/// Everyone who meets clients documents, and asks for what they may not decide. One who was let in
/// by break-glass writes notes and reports what went wrong.
const fn write_fact(kind: &FactKind) -> Row {
    use FactKind as K;
    match kind {
        //   helper nurse therapist planner lead break-glass
        K::Note | K::WrongPerson => [X, X, X, O, X, X],
        K::Incident => [X, X, X, X, X, X],
        K::VisitCancelled | K::VisitReinstated | K::DeliveryExplained | K::ContactLogged => {
            [X, X, X, X, X, O]
        }
        K::VisitReport
        | K::VisitTakenOver
        | K::VisitGivenBack
        | K::WhatMatters
        | K::GoalProgress
        | K::PlanProposal
        | K::MissedContact
        | K::ResistedCare
        | K::Observations
        | K::Handover
        | K::HandoverAccepted
        | K::Consent
        | K::ConsentWithdrawn
        | K::CapacityAssessment
        // Of which entry it may be, `RestrictOwn` and `RestrictOthers` say.
        | K::EntryReaders
        | K::EntryRestricted
        | K::EntryRestrictionEnded
        | K::Unknown(_) => [X, X, X, O, X, O],
        // They go with an edit of the plan, or say that there is none.
        K::PlanChange | K::ProposalDeclined | K::PlanReview | K::GoalEvaluation => {
            [R, X, X, O, X, O]
        }
        K::Restriction | K::RestrictionEnded => [R, X, R, O, X, O],
        K::IncidentStep => [O, X, O, O, X, O],
    }
}

const fn step_incident(state: &IncidentState) -> Row {
    use IncidentState::{Acted, Assessed, Closed, Measured, Reported, Unknown};
    match state {
        //       helper nurse therapist planner lead break-glass
        Assessed | Acted | Measured => [O, X, O, O, X, O],
        Closed => [O, O, O, O, X, O],
        Reported | Unknown(_) => [O, O, O, O, X, O],
    }
}

const fn act(deed: Deed) -> Row {
    match deed {
        //       helper nurse therapist planner lead break-glass
        Deed::ReadProtectedAddress => [O, O, O, O, X, O],
        Deed::ReadLateWork | Deed::ReadGaps => [O, O, O, O, X, O],
        Deed::Appoint => [O, X, O, O, X, O],
        Deed::CorrectOwn => [X, X, X, O, X, X],
        Deed::CorrectMeasurement => [X, X, X, O, X, O],
        Deed::CorrectOthers => [O, O, O, O, O, O],
        Deed::RestrictOwn => [X, X, X, O, X, O],
        // As with a bar: whoever answers for the client, and those who edit the plan.
        Deed::RestrictOthers => [R, X, R, O, X, O],
        Deed::BreakGlass => [X, X, X, O, X, X],
        Deed::ReviewBreakGlass => [O, O, O, O, X, O],
    }
}

/// Whether a role has a right; `responsible` is true for the client's primary contact and service
/// lead of today.
pub fn may(right: &Right, role: &Role, responsible: bool) -> bool {
    match right.cell(role) {
        Cell::Has => true,
        Cell::WhenResponsible => responsible,
        Cell::Lacks => false,
    }
}

/// The table in plain text: one row a right, one column a role, and the office last. `office` names
/// what the office alone does, on the server's command line.
pub fn printed(office: &[&str]) -> String {
    let width = 44;
    let mut text = format!("{:width$}", "");
    for column in &COLUMNS {
        text.push_str(&format!(" {:>11}", column.code()));
    }
    text.push_str(&format!(" {:>11}\n", "office"));
    for right in Right::all() {
        text.push_str(&format!("{:width$}", right.name()));
        for column in &COLUMNS {
            text.push_str(&format!(" {:>11}", right.cell(column).sign()));
        }
        text.push_str(&format!(" {:>11}\n", '-'));
    }
    for name in office {
        text.push_str(&format!("{:width$}", format!("kjent-server {name}")));
        for _ in &COLUMNS {
            text.push_str(&format!(" {:>11}", '-'));
        }
        text.push_str(&format!(" {:>11}\n", 'x'));
    }
    text.push_str(
        "\nx has it   r as the client's primary contact or service lead   - has it not\n",
    );
    text
}

#[cfg(test)]
#[path = "rights_tests.rs"]
mod tests;
