//! A change of the plan: what it was, what it is, why, and with whom it was talked over.
//!
//! Written in the same change as the fields it tells of, so that neither is there without the other.
//! «Siden du var her sist» and the history of wordings are read from these.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Content;
use crate::ids::FactId;
use crate::open_enum;
use crate::plan::{Part, Scalar};

open_enum! {
    /// What led to a change of the plan.
    pub enum Occasion {
        /// Something new was written into the plan.
        Made = "made",
        /// Something was changed.
        Edited = "edited",
        /// Two tablets had written a field at once, and a person chose.
        Settled = "settled",
        /// A proposal was followed.
        Proposal = "proposal",
    }
}

open_enum! {
    /// With whom a change was talked over («drøftet med bruker»).
    pub enum DiscussedWith {
        /// With the client.
        Client = "client",
        /// With the client and a relative.
        ClientAndRelative = "client_and_relative",
        /// With a relative, guardian or attorney, because the client can't.
        Representative = "representative",
        /// With nobody; `Discussed::words` says why.
        Nobody = "nobody",
    }
}

/// Whether a change was talked over with the one whom it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discussed {
    /// With whom.
    pub with: DiscussedWith,
    /// What they said to it, or why it was not talked over.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl Discussed {
    /// Whether a reason is due and missing: nothing about somebody without them, and if so, why.
    pub fn lacks_reason(&self) -> bool {
        self.with == DiscussedWith::Nobody && self.words.trim().is_empty()
    }
}

/// One field of the change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field's name.
    pub field: String,
    /// What stood there; absent when nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Scalar>,
    /// What stands there now; absent when it was taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Scalar>,
    /// The values that were put aside when a person chose: nobody's words are thrown away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub put_aside: Vec<Scalar>,
}

/// A change of one object of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChange {
    /// Which part of the plan.
    pub part: Part,
    /// Which object; nil for the client's profile.
    pub object: Uuid,
    /// What led to it.
    pub occasion: Occasion,
    /// The fields.
    pub fields: Vec<FieldChange>,
    /// With whom it was talked over; absent where that is not asked, as for a telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discussed: Option<Discussed>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The proposal that it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<FactId>,
}

impl Content for PlanChange {
    fn texts(&self) -> Vec<&str> {
        let words = self.discussed.as_ref().map(|it| it.words.as_str());
        std::iter::once(self.reason.as_str()).chain(words).collect()
    }
}
