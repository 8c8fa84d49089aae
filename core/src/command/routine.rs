//! Commands about the two routines of a visit: nobody opens, and the client resists care.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::fact::{
    Capacity, CoercionDecision, CoercionRefusal, CoerciveMeasure, ContactOutcome, ContactStep,
    Notified, TrustTried,
};
use crate::ids::{InterventionId, VisitId};
use crate::view::{MissedContactView, ResistedCareView};

commands! {
    /// What to do when nobody opens, and what has been done.
    ReadMissedContact = "read_missed_contact" -> MissedContactView {
        /// At which visit.
        visit: VisitId,
    }

    /// Save what has been done so far.
    SaveMissedContactDraft = "save_missed_contact_draft" -> () {
        /// At which visit.
        visit: VisitId,
        /// Everything so far.
        draft: MissedContactDraft,
    }

    /// Sign what was done and how it ended; the visit's own draft is gone then.
    FinishMissedContact = "finish_missed_contact" -> () {
        /// At which visit.
        visit: VisitId,
        /// What is signed.
        draft: MissedContactDraft,
    }

    /// What can have been resisted, and what is written of it.
    ReadResistedCare = "read_resisted_care" -> ResistedCareView {
        /// At which visit.
        visit: VisitId,
    }

    /// Save what is written so far.
    SaveResistedCareDraft = "save_resisted_care_draft" -> () {
        /// At which visit.
        visit: VisitId,
        /// Everything so far.
        draft: ResistedCareDraft,
    }

    /// Sign that care was resisted; the visit's draft says so of what it was.
    FinishResistedCare = "finish_resisted_care" -> () {
        /// At which visit.
        visit: VisitId,
        /// What is signed.
        draft: ResistedCareDraft,
    }
}

/// One step that was tapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TappedStep {
    /// Which.
    pub step: ContactStep,
    /// Who was phoned, by name.
    #[serde(default)]
    pub whom: String,
    /// When it was tapped.
    pub at: NaiveDateTime,
}

/// What has been done because nobody opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedContactDraft {
    /// The steps, in the order they were tapped.
    #[serde(default)]
    pub steps: Vec<TappedStep>,
    /// How it ended, once that is known.
    #[serde(default)]
    pub outcome: Option<ContactOutcome>,
    /// Who took the search over.
    #[serde(default)]
    pub alarm_to: String,
    /// More about it.
    #[serde(default)]
    pub words: String,
}

/// What a coercive measure rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoercionBasis {
    /// A decision after chapter 4A.
    Decision,
    /// An emergency.
    Emergency,
}

/// Resisted care as far as it has been written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResistedCareDraft {
    /// What was resisted.
    pub interventions: Vec<InterventionId>,
    /// In words.
    pub what: String,
    /// What was tried to win trust.
    pub tried: Vec<TrustTried>,
    /// How that went.
    pub tried_words: String,
    /// Whether the client can consent in this matter.
    pub capacity: Option<Capacity>,
    /// What that rests on.
    pub capacity_words: String,
    /// What harm it does to leave it.
    pub harm: String,
    /// Who has been told.
    pub notified: Vec<Notified>,
    /// Whether a decision is needed.
    pub decision_needed: Option<bool>,
    /// What a measure rests on; none was taken when absent, whatever else is written of one.
    pub basis: Option<CoercionBasis>,
    /// What was done against the client's will.
    pub measure: String,
    /// The decision's reference.
    pub reference: String,
    /// The day it was made.
    pub decided_on: Option<NaiveDate>,
    /// What made it an emergency.
    pub emergency: String,
}

impl ResistedCareDraft {
    /// The measure that was taken, if one was: refused unless it rests on something. A decision
    /// without its reference or its day is none.
    pub fn coercion(&self, today: NaiveDate) -> Result<Option<CoerciveMeasure>, CoercionRefusal> {
        let Some(basis) = self.basis else { return Ok(None) };
        let (decision, emergency) = match basis {
            CoercionBasis::Decision => {
                let decision = self.decided_on.map(|decided_on| CoercionDecision {
                    reference: self.reference.clone(),
                    decided_on,
                });
                (decision, "")
            }
            CoercionBasis::Emergency => (None, self.emergency.as_str()),
        };
        CoerciveMeasure::new(&self.measure, decision, emergency, today).map(Some)
    }
}
