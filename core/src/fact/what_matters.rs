//! «Hva er viktig for deg?»: the client's words and the worker's judgement, never mixed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Content;
use crate::open_enum;

open_enum! {
    /// How it went when the question was asked.
    pub enum ConversationOutcome {
        /// The client answered.
        Answered = "answered",
        /// The client did not want to; that is an answer too.
        Declined = "declined",
        /// The client could not; somebody else spoke.
        NotAble = "not_able",
        /// Another time.
        Later = "later",
    }
}

/// A what-matters conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatMatters {
    /// How it went.
    pub outcome: ConversationOutcome,
    /// The client's own words, verbatim.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Who spoke for the client, when the client was not able.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub spoken_by: String,
    /// The worker's professional judgement.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub judgement: String,
    /// When to ask again or follow up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_on: Option<NaiveDate>,
    /// Who took part, besides the client and the worker.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub participants: String,
}

impl Default for WhatMatters {
    fn default() -> Self {
        Self {
            outcome: ConversationOutcome::Answered,
            words: String::new(),
            spoken_by: String::new(),
            judgement: String::new(),
            follow_up_on: None,
            participants: String::new(),
        }
    }
}

impl Content for WhatMatters {
    fn texts(&self) -> Vec<&str> {
        vec![&self.words, &self.judgement]
    }
}
