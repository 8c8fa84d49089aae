//! What the client lets the service tell others, and that it is taken back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Content;
use crate::ids::{ContactId, FactId};
use crate::open_enum;

open_enum! {
    /// What may be told.
    pub enum ConsentScope {
        /// When somebody comes, and other practical matters.
        Practical = "practical",
        /// Health and treatment.
        Health = "health",
        /// Money and post.
        Economy = "economy",
        /// Everything that the service knows.
        All = "all",
        /// What the words say.
        Other = "other",
    }
}

open_enum! {
    /// How a consent was given.
    pub enum ConsentForm {
        /// Said.
        Spoken = "spoken",
        /// Written and signed.
        Written = "written",
        /// Shown by what the client did.
        Shown = "shown",
    }
}

open_enum! {
    /// Who gave it.
    pub enum ConsentGiver {
        /// The client.
        Client = "client",
        /// A guardian within the mandate.
        Guardian = "guardian",
        /// An attorney within the mandate.
        Attorney = "attorney",
    }
}

/// A consent to tell somebody something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// What may be told.
    pub what: ConsentScope,
    /// More about what, or what it does not cover.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// To whom, of the people around the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<ContactId>,
    /// To whom, when it is somebody else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to_words: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, inclusive; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// How it was given.
    pub how: ConsentForm,
    /// By whom.
    pub given_by: ConsentGiver,
}

impl Content for Consent {
    fn texts(&self) -> Vec<&str> {
        vec![&self.to_words, &self.words]
    }
}

/// That a consent is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentWithdrawn {
    /// Which.
    pub consent: FactId,
    /// How: who said so, and when.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how: String,
}

impl Content for ConsentWithdrawn {
    fn texts(&self) -> Vec<&str> {
        vec![&self.how]
    }
}
