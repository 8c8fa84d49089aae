//! What happens in a client's file: visits, conversations, events and phases.

use kjent_core::fact::{ConversationOutcome, FollowUpFrom, Note};
use kjent_core::plan::VisitKind;
use serde::Deserialize;

/// A conversation about what matters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConversationData {
    /// Key.
    pub key: String,
    /// Day.
    pub day: i64,
    /// Time.
    pub at: String,
    /// Who asked.
    pub by: String,
    /// How it went.
    pub outcome: ConversationOutcome,
    /// The words, verbatim.
    #[serde(default)]
    pub words: String,
    /// Who spoke.
    #[serde(default)]
    pub spoken_by: String,
    /// Who took part.
    #[serde(default)]
    pub participants: String,
    /// The worker's judgement.
    pub judgement: String,
    /// When to ask again.
    pub follow_up: Option<i64>,
}

/// A review of the plan, by the client's primary contact and with the client.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewData {
    /// Day.
    pub day: i64,
    /// Who took part.
    #[serde(default)]
    pub participants: String,
    /// What came of it.
    pub words: String,
    /// The day by which to do it again.
    pub next: i64,
}

/// A visit of the pattern.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitData {
    /// Key.
    pub key: String,
    /// Start.
    pub at: String,
    /// Length.
    pub minutes: u32,
    /// Whether the time is given by a medicine or a bus: such visits find their worker first.
    #[serde(default)]
    pub fixed: bool,
    /// Why somebody comes.
    #[serde(default = "planned")]
    pub kind: VisitKind,
    /// The weekdays; empty for all.
    #[serde(default)]
    pub days: Vec<String>,
    /// The weeks; all when absent.
    pub weeks: Option<Weeks>,
    /// Who usually goes, the most usual first.
    pub workers: Vec<String>,
    /// What is done, in order.
    pub interventions: Vec<String>,
}

fn planned() -> VisitKind {
    VisitKind::Planned
}

/// Every second week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weeks {
    /// Weeks with an odd number.
    Odd,
    /// Weeks with an even number.
    Even,
}

/// A visit that goes to a certain worker on a certain day.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwapData {
    /// Day.
    pub day: i64,
    /// Visit.
    pub visit: String,
    /// Worker.
    pub worker: String,
}

/// A note that always comes: on a visit, or at a time by somebody.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventData {
    /// Day.
    pub day: i64,
    /// On this visit.
    pub visit: Option<String>,
    /// Or at this time,
    pub at: Option<String>,
    /// by this worker.
    pub by: Option<String>,
    /// Observation.
    #[serde(default)]
    pub observation: String,
    /// Judgement.
    #[serde(default)]
    pub judgement: String,
    /// Done.
    #[serde(default)]
    pub done: String,
    /// Further plan.
    #[serde(default)]
    pub further_plan: String,
    /// The client's view.
    #[serde(default)]
    pub client_view: String,
    /// Whether the next one must see it first.
    #[serde(default)]
    pub important: bool,
    /// What is to be followed up.
    pub follow_up: Option<FollowUpData>,
}

/// What a note asks to be followed up.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpData {
    /// The last day for it.
    pub day: i64,
    /// From whom.
    pub from: FollowUpFrom,
    /// What.
    pub what: String,
}

impl EventData {
    /// The event as a note.
    pub fn note(&self) -> Note {
        Note {
            observation: self.observation.clone(),
            judgement: self.judgement.clone(),
            done: self.done.clone(),
            further_plan: self.further_plan.clone(),
            client_view: self.client_view.clone(),
            important_for_next: self.important,
            ..Note::default()
        }
    }
}

/// Sentences that fit together between two days.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhaseData {
    /// First and last day.
    pub days: [i64; 2],
    /// The visits it is for; empty for all.
    #[serde(default)]
    pub visits: Vec<String>,
    /// Observations.
    pub observation: Vec<String>,
    /// Judgements.
    #[serde(default)]
    pub judgement: Vec<String>,
    /// What the client says.
    #[serde(default)]
    pub client_view: Vec<String>,
    /// Plans.
    #[serde(default)]
    pub further_plan: Vec<String>,
}
