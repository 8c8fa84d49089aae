//! That a worker didn't meet the client at an agreed visit, what she did about it and when, and how
//! it ended.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::ids::VisitId;
use crate::open_enum;
use crate::time::Timestamp;

open_enum! {
    /// What is done to reach a client, in the order of the routine.
    pub enum ContactStep {
        /// Rang and knocked again, looked in at the windows.
        Rang = "rang",
        /// Phoned the client.
        PhonedClient = "phoned_client",
        /// Phoned somebody close to the client.
        PhonedContact = "phoned_contact",
        /// Went in with the key, as agreed.
        WentIn = "went_in",
        /// Phoned the shift lead.
        PhonedLead = "phoned_lead",
        /// Phoned 113.
        PhonedEmergency = "phoned_emergency",
    }
}

open_enum! {
    /// How it ended.
    pub enum ContactOutcome {
        /// Found, and well.
        Well = "well",
        /// Found, and needs help.
        NeedsHelp = "needs_help",
        /// In hospital.
        InHospital = "in_hospital",
        /// With relatives, or out.
        Away = "away",
        /// Not found; somebody else goes on looking.
        NotFound = "not_found",
    }
}

/// One step, when it was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactAttempt {
    /// Which step.
    pub step: ContactStep,
    /// Who was phoned, by name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub whom: String,
    /// When.
    pub at: Timestamp,
}

/// A visit at which nobody was met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedContact {
    /// Which visit.
    pub visit: VisitId,
    /// What was done, by time.
    pub steps: Vec<ContactAttempt>,
    /// How it ended.
    pub outcome: ContactOutcome,
    /// Who took the search over, when the client was not found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alarm_to: String,
    /// More about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

impl MissedContact {
    /// The field that is missing: at least one step; who has the search when nobody was found; and what help
    /// somebody needs.
    pub fn missing(&self) -> Option<&'static str> {
        match self.outcome {
            _ if self.steps.is_empty() => Some("steps"),
            ContactOutcome::NotFound if self.alarm_to.trim().is_empty() => Some("alarm_to"),
            ContactOutcome::NeedsHelp if self.words.trim().is_empty() => Some("words"),
            _ => None,
        }
    }
}

impl Content for MissedContact {
    fn texts(&self) -> Vec<&str> {
        let whom = self.steps.iter().map(|step| step.whom.as_str());
        whom.chain([self.alarm_to.as_str(), self.words.as_str()]).collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn who_looks_on_and_what_help_is_needed_must_be_said() {
        let whole = MissedContact {
            visit: VisitId(Uuid::nil()),
            steps: vec![ContactAttempt {
                step: ContactStep::Rang,
                whom: String::new(),
                at: Timestamp::from_millis(0),
            }],
            outcome: ContactOutcome::Well,
            alarm_to: " ".into(),
            words: " ".into(),
        };
        assert_eq!(whole.missing(), None);
        let cases = [
            (MissedContact { steps: Vec::new(), ..whole.clone() }, Some("steps")),
            (
                MissedContact { outcome: ContactOutcome::NotFound, ..whole.clone() },
                Some("alarm_to"),
            ),
            (MissedContact { outcome: ContactOutcome::NeedsHelp, ..whole.clone() }, Some("words")),
            (MissedContact { outcome: ContactOutcome::Away, ..whole }, None),
        ];
        for (one, field) in cases {
            assert_eq!(one.missing(), field, "{one:?}");
        }
    }
}
