//! The two routines of a visit: nobody opens, and the client resists care.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::VisitState;
use crate::command::{MissedContactDraft, ResistedCareDraft};
use crate::fact::ContactStep;
use crate::ids::{ClientId, InterventionId, VisitId};

/// What to do when nobody opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedContactView {
    /// The visit.
    pub visit: VisitId,
    /// The client.
    pub client: ClientId,
    /// The client's name.
    pub name: String,
    /// The name to use in a sentence.
    pub called: String,
    /// When the visit was to begin.
    pub starts: NaiveDateTime,
    /// Where it stands.
    pub state: VisitState,
    /// What is agreed for this client when nobody opens.
    pub agreed: Option<String>,
    /// How to get in.
    pub entry: Option<String>,
    /// Who has a key and where it is.
    pub key: Option<String>,
    /// The client's telephone.
    pub phone: Option<String>,
    /// Those who can be phoned, in order.
    pub contacts: Vec<ReachableView>,
    /// What has been done.
    pub draft: MissedContactDraft,
}

/// Somebody around the client who can be phoned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachableView {
    /// Name.
    pub name: String,
    /// What they are to the client, in words.
    pub relation: String,
    /// Telephone.
    pub phone: String,
}

/// What can have been resisted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResistedCareView {
    /// The visit.
    pub visit: VisitId,
    /// The client.
    pub client: ClientId,
    /// The client's name.
    pub name: String,
    /// The name to use in a sentence.
    pub called: String,
    /// What the visit is for.
    pub interventions: Vec<ResistibleView>,
    /// What is written so far.
    pub draft: ResistedCareDraft,
}

/// An intervention that can have been resisted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResistibleView {
    /// Which.
    pub intervention: InterventionId,
    /// What.
    pub title: String,
}

/// A step of those that were taken because nobody opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactAttemptView {
    /// Which.
    pub step: ContactStep,
    /// Who was phoned.
    pub whom: String,
    /// When.
    pub at: NaiveDateTime,
}
