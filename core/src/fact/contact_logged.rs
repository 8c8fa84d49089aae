//! That somebody around the client was talked to: about what, and on what ground.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::ids::{ContactId, FactId};
use crate::open_enum;

open_enum! {
    /// By what means.
    pub enum Channel {
        /// Telephone.
        Phone = "phone",
        /// Face to face.
        Meeting = "meeting",
        /// Video.
        Video = "video",
        /// Message or letter.
        Message = "message",
    }
}

open_enum! {
    /// Who turned to whom.
    pub enum Caller {
        /// They turned to us.
        They = "they",
        /// We turned to them.
        We = "we",
    }
}

open_enum! {
    /// On what ground something was told.
    pub enum BasisKind {
        /// The client's consent.
        Consent = "consent",
        /// A rule of law, named in the words.
        Law = "law",
        /// Nothing was told: information was received only.
        ReceivedOnly = "received_only",
    }
}

/// The ground of what was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Which kind.
    pub kind: BasisKind,
    /// The consent, when it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<FactId>,
    /// The rule, when it is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl Basis {
    /// Whether what the kind asks for is missing.
    pub fn is_incomplete(&self) -> bool {
        match self.kind {
            BasisKind::Consent => self.consent.is_none(),
            BasisKind::Law => self.words.trim().is_empty(),
            BasisKind::ReceivedOnly | BasisKind::Unknown(_) => false,
        }
    }
}

/// A talk with somebody around the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactLogged {
    /// With whom, of the people around the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<ContactId>,
    /// With whom, when it is somebody else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub with_words: String,
    /// By what means.
    pub channel: Channel,
    /// Who turned to whom.
    pub caller: Caller,
    /// What it was about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// What came of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub result: String,
    /// On what ground something was told.
    pub basis: Basis,
}

impl Default for ContactLogged {
    fn default() -> Self {
        Self {
            with: None,
            with_words: String::new(),
            channel: Channel::Phone,
            caller: Caller::They,
            content: String::new(),
            result: String::new(),
            basis: Basis { kind: BasisKind::ReceivedOnly, consent: None, words: String::new() },
        }
    }
}

impl Content for ContactLogged {
    fn texts(&self) -> Vec<&str> {
        vec![&self.with_words, &self.content, &self.result]
    }
}
