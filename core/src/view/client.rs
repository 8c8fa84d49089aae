//! A client's page: who this is, what matters and the plan. The journal is a `JournalView`.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{ConflictView, DecisionView, PeopleView, ProposalView, ReviewView, WordingView};
use crate::fact::{ConversationOutcome, Direction, GoalEvaluation, ProgressSource};
use crate::ids::{ClientId, DecisionId, FactId, GoalId, InterventionId};
use crate::plan::{
    Competence, CriticalKind, Currency, ExpressedBy, GoalStatus, InterventionCategory,
    InterventionGap, InterventionStatus, LegalBasis, NeedArea, Part, SelfManagement,
};
use crate::team::Profession;

/// One client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientView {
    /// The client.
    pub client: ClientId,
    /// Full name.
    pub name: String,
    /// The name to use in a sentence.
    pub called: String,
    /// National number, masked.
    pub national_number: Option<String>,
    /// Age in whole years today.
    pub age: Option<u32>,
    /// Street and number.
    pub address: String,
    /// Postal code and place.
    pub postal_place: String,
    /// Telephone.
    pub phone: Option<String>,
    /// How to get in.
    pub entry: Option<String>,
    /// House rules.
    pub house_rules: Option<String>,
    /// Language needs.
    pub language: Option<String>,
    /// Om meg.
    pub about_me: Option<String>,
    /// Own resources.
    pub strengths: Option<String>,
    /// GP; `None` is shown as «ukjent».
    pub gp: Option<String>,
    /// Primary contact's name. Two values when two tablets appointed at once.
    pub primary_contact: FieldView,
    /// Service lead's name.
    pub service_lead: FieldView,
    /// Critical information.
    pub critical: Vec<CriticalView>,
    /// Conversations about what matters, newest first.
    pub what_matters: Vec<WhatMattersView>,
    /// Goals, active first.
    pub goals: Vec<GoalView>,
    /// Interventions, active first.
    pub interventions: Vec<InterventionView>,
    /// Decisions, the one that lasts longest first.
    pub decisions: Vec<DecisionView>,
    /// Since when there are visits that no decision covers, when that is to be looked at.
    pub undecided_since: Option<NaiveDate>,
    /// The client's profile and the people around them.
    pub people: PeopleView,
    /// Who came in the last 28 days, most often first.
    pub carers_28_days: Vec<CarerView>,
    /// How many entries of the journal the reader has not seen yet.
    pub unread: u32,
    /// How many facts and plan objects of this client can't be read on this tablet: never zero in
    /// silence.
    #[serde(default)]
    pub unreadable: u32,
    /// Whether the client is in no team of the reader's any more, and here only for what is not
    /// finished.
    #[serde(default)]
    pub has_left: bool,
    /// Until when the reader is let in by break-glass, when nothing else lets them in.
    #[serde(default)]
    pub granted_until: Option<NaiveDateTime>,
    /// The parts of the plan that the one who reads may edit here.
    pub may_edit: Vec<Part>,
    /// Whether the reader may ask who has opened the record.
    #[serde(default)]
    pub may_read_access_log: bool,
    /// Fields that two tablets wrote at once, until a person chooses.
    pub conflicts: Vec<ConflictView>,
    /// Changes of the plan that are asked for and that nobody has answered, oldest first.
    pub proposals: Vec<ProposalView>,
    /// The last time that the plan was gone through.
    pub last_review: Option<ReviewView>,
    /// Where the plan stands between its reviews.
    pub currency: Currency,
}

impl ClientView {
    /// Whether the one who reads may edit a part of the plan here.
    pub fn may_edit(&self, part: Part) -> bool {
        self.may_edit.contains(&part)
    }
}

/// A plan's field: its value, and every other value that a colleague gave it at the same time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldView {
    /// The value that stands until a person chooses.
    pub value: String,
    /// All the values, this one included, when there are several; empty otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflict: Vec<ValueView>,
}

/// One of several values of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueView {
    /// The value.
    pub value: String,
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}

/// Critical information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriticalView {
    /// Kind.
    pub kind: CriticalKind,
    /// A few words.
    pub label: String,
    /// More.
    pub details: Option<String>,
}

/// A what-matters conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatMattersView {
    /// The fact.
    pub fact: FactId,
    /// How it went.
    pub outcome: ConversationOutcome,
    /// The client's words.
    pub words: String,
    /// Who spoke for the client.
    pub spoken_by: String,
    /// The worker's judgement.
    pub judgement: String,
    /// When to follow up.
    pub follow_up_on: Option<NaiveDate>,
    /// Who took part.
    #[serde(default)]
    pub participants: String,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub at: NaiveDateTime,
}

/// A goal with its interventions' titles and its progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalView {
    /// Which.
    pub goal: GoalId,
    /// The goal.
    pub title: FieldView,
    /// What the client does themself.
    pub own_part: FieldView,
    /// Whose wish.
    pub expressed_by: ExpressedBy,
    /// Due.
    pub due: Option<NaiveDate>,
    /// Where it stands.
    pub status: GoalStatus,
    /// The area of life that it is about.
    pub need_area: Option<NeedArea>,
    /// What serves it, as far as it is in use.
    pub interventions: Vec<String>,
    /// How it has gone, newest first.
    pub progress: Vec<ProgressView>,
    /// How far it was reached, each time that somebody looked, newest first.
    pub evaluations: Vec<EvaluationView>,
    /// What it was called before, newest first.
    pub wordings: Vec<WordingView>,
    /// How many visits there were since anybody noted how it goes.
    pub untouched: u32,
}

/// An evaluation of a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluationView {
    /// What it says.
    pub evaluation: GoalEvaluation,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}

/// Progress once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressView {
    /// Which way.
    pub direction: Direction,
    /// According to whom.
    pub source: ProgressSource,
    /// In words.
    pub words: String,
    /// Who wrote it down.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}

/// An intervention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterventionView {
    /// Which.
    pub intervention: InterventionId,
    /// What.
    pub title: String,
    /// How.
    pub how: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// When.
    pub schedule: Option<String>,
    /// By whom.
    pub competence: Competence,
    /// The goal it serves.
    pub goal: Option<GoalId>,
    /// The goal's title.
    pub goal_title: Option<String>,
    /// The decision that grants it.
    pub decision: Option<DecisionId>,
    /// Whether it is in use.
    pub status: InterventionStatus,
    /// When, as a text that `Recurrence` reads.
    pub recurrence: Option<String>,
    /// What it does for the client.
    pub category: Option<InterventionCategory>,
    /// The area of life that it is about.
    pub need_area: Option<NeedArea>,
    /// What grants it.
    pub legal_basis: Option<LegalBasis>,
    /// What it is good for, in words for the client.
    pub purpose: Option<String>,
    /// With what the client could manage it.
    #[serde(default)]
    pub self_management: Option<SelfManagement>,
    /// What it should say and doesn't.
    pub gaps: Vec<InterventionGap>,
    /// Whether it would rather be a health service.
    pub basis_is_doubtful: bool,
}

/// A carer and how often they came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarerView {
    /// Name.
    pub name: String,
    /// Profession.
    pub profession: Profession,
    /// Visits in 28 days.
    pub visits: u32,
    /// The last.
    pub last: NaiveDate,
}
