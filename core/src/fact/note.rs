//! A note: what was seen, what it means, what was done, what comes next, and the client's view.
//!
//! Audits find notes without observation, judgement or the client's voice, so each has a field of
//! its own.

use serde::{Deserialize, Serialize};

use super::Content;

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
}

impl Content for Note {
    fn texts(&self) -> Vec<&str> {
        vec![&self.observation, &self.judgement, &self.done, &self.further_plan, &self.client_view]
    }
}
