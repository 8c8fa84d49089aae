//! A client's page: who this is, what matters, the plan and the journal.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{DecisionView, EntryView, ErasedView, OlderView, PeopleView};
use crate::fact::{ConversationOutcome, Direction, ProgressSource};
use crate::ids::{ClientId, FactId, GoalId, InterventionId};
use crate::plan::{Competence, CriticalKind, ExpressedBy, GoalStatus, InterventionStatus};
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
    /// Whether the one who reads may edit decisions here.
    pub may_edit_decisions: bool,
    /// The client's profile and the people around them.
    pub people: PeopleView,
    /// Who came in the last 28 days, most often first.
    pub carers_28_days: Vec<CarerView>,
    /// The journal, newest first.
    pub journal: Vec<EntryView>,
    /// What comes after them.
    pub older: OlderView,
    /// What was erased, in the journal and beside it: never in silence.
    #[serde(default)]
    pub erased: Vec<ErasedView>,
    /// How many facts and plan objects of this client can't be read on this tablet: never zero in
    /// silence.
    #[serde(default)]
    pub unreadable: u32,
    /// Whether the client is in no team of the reader's any more, and here only for what is not
    /// finished.
    #[serde(default)]
    pub has_left: bool,
    /// Whether the one who reads may edit goals here.
    pub may_edit_goals: bool,
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
    /// Other values of `status`, when two tablets changed it at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status_conflict: Vec<ValueView>,
    /// What serves it.
    pub interventions: Vec<String>,
    /// How it has gone, newest first.
    pub progress: Vec<ProgressView>,
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
    /// The goal it serves, by title.
    pub goal: Option<String>,
    /// Whether it is in use.
    pub status: InterventionStatus,
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
