//! A visit under way: the plan to document against, and the draft as it was last typed.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{
    BeforeDoorView, CriticalView, ErasedView, LinksView, TakenOverView, VisitState, WrongPersonView,
};
use crate::command::VisitDraft;
use crate::fact::{Direction, Unplanned};
use crate::ids::{ClientId, GoalId, InterventionId, VisitId};
use crate::plan::Competence;

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitView {
    /// The visit.
    pub visit: VisitId,
    /// The client.
    pub client: ClientId,
    /// The client's name.
    pub name: String,
    /// The name to use in a sentence: what they are called, or the first name.
    pub called: String,
    /// Planned start.
    pub starts: NaiveDateTime,
    /// Planned length in minutes.
    pub minutes: u32,
    /// Whether the worker is to go: it was planned so, or she has taken it over.
    pub mine: bool,
    /// Whether it has to be given to somebody else: the client bars whoever was to go.
    #[serde(default)]
    pub to_give: bool,
    /// Who was to go; empty when the client bars her by now.
    pub worker_name: String,
    /// Who goes instead, when somebody has taken it over.
    pub taken_over: Option<TakenOverView>,
    /// What led to it, of a visit that nobody planned.
    #[serde(default)]
    pub unplanned: Option<Unplanned>,
    /// Where it stands.
    pub state: VisitState,
    /// That a report of it was erased, and it has no other.
    #[serde(default)]
    pub erased: Option<ErasedView>,
    /// Who signed its report about the wrong person, of a visit that nobody else has reported on.
    #[serde(default)]
    pub wrong_person: Option<WrongPersonView>,
    /// What to know before the door; `None` once the visit is over.
    #[serde(default)]
    pub before: Option<BeforeDoorView>,
    /// What matters, in the client's own words.
    pub what_matters: Option<String>,
    /// Critical information.
    pub critical: Vec<CriticalView>,
    /// What a colleague flagged for whoever comes next.
    pub important: Vec<String>,
    /// What is to be done.
    pub interventions: Vec<VisitInterventionView>,
    /// The goals that these interventions serve.
    pub goals: Vec<VisitGoalView>,
    /// The draft, as it was last saved; empty before the visit is started.
    pub draft: VisitDraft,
    /// What the note can be linked to, and what waits for an answer about this client.
    #[serde(default)]
    pub links: LinksView,
    /// When the draft was last saved.
    pub saved_at: Option<NaiveDateTime>,
}

/// An intervention to answer for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitInterventionView {
    /// Which.
    pub intervention: InterventionId,
    /// What.
    pub title: String,
    /// How.
    pub how: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// The goal it serves.
    pub goal: Option<GoalId>,
    /// What it asks for, when the worker's profession isn't known to have it.
    pub asks_for: Option<Competence>,
}

/// A goal to ask about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitGoalView {
    /// Which.
    pub goal: GoalId,
    /// The goal.
    pub title: String,
    /// What was said the last time.
    pub last: Option<Direction>,
}
