//! A note: what was seen, what it means, what was done, what comes next, and the client's view.
//!
//! Audits find notes without observation, judgement or the client's voice, so each has a field of
//! its own.

use serde::{Deserialize, Serialize};

use super::{Content, FollowUp};
use crate::ids::{FactId, GoalId, InterventionId};
use crate::open_enum;

open_enum! {
    /// What a note outside a visit is about.
    pub enum NoteOccasion {
        /// A phone call.
        Phone = "phone",
        /// A message or a letter.
        Message = "message",
        /// A talk in passing.
        Talk = "talk",
        /// A meeting.
        Meeting = "meeting",
    }
}

open_enum! {
    /// Who worries that something may go wrong.
    pub enum Concern {
        /// The client.
        Client = "client",
        /// A relative.
        Relative = "relative",
        /// A worker.
        Worker = "worker",
    }
}

/// A journal note. All parts may be empty in a draft; a signed note has at least one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Observasjon: what the worker saw.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub observation: String,
    /// Vurdering: what the worker judges it to mean.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub judgement: String,
    /// Utført, beyond the interventions.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub done: String,
    /// Videre plan.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub further_plan: String,
    /// Brukerens syn: what the client says about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub client_view: String,
    /// Whether the next one who comes must see it first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub important_for_next: bool,
    /// What led to a note outside a visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<NoteOccasion>,
    /// The goals that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalId>,
    /// The interventions that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interventions: Vec<InterventionId>,
    /// Whose worry about a risk it passes on; such a note asks for a follow-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concern: Option<Concern>,
    /// What is to be followed up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
    /// The threads that it answers and leaves open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<FactId>,
    /// The threads that it closes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closes: Vec<FactId>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_false(value: &bool) -> bool {
    !value
}

impl Note {
    /// Whether nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.texts().iter().all(|text| text.trim().is_empty())
    }

    /// Whether it says something beside what is to be followed up: only that closes a thread.
    pub fn says_something(&self) -> bool {
        self.own_texts().iter().any(|text| !text.trim().is_empty())
    }

    /// The first text in which something stands.
    pub fn first_text(&self) -> Option<&str> {
        self.own_texts().into_iter().find(|text| !text.trim().is_empty())
    }

    /// Without the spaces around its texts.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        let follow_up = self.follow_up.as_mut().map(|it| &mut it.what);
        for text in [
            &mut self.observation,
            &mut self.judgement,
            &mut self.done,
            &mut self.further_plan,
            &mut self.client_view,
        ]
        .into_iter()
        .chain(follow_up)
        {
            *text = text.trim().to_owned();
        }
        self
    }

    fn own_texts(&self) -> [&str; 5] {
        [&self.observation, &self.judgement, &self.done, &self.further_plan, &self.client_view]
    }
}

impl Content for Note {
    fn texts(&self) -> Vec<&str> {
        let asked = self.follow_up.iter().map(|it| it.what.as_str());
        self.own_texts().into_iter().chain(asked).collect()
    }
}
