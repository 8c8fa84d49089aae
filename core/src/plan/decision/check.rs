//! What is missing in a decision, and what can't be right. Warnings, never refusals: the letter is
//! as it is, and somebody must look at it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Decision, ServiceType};

/// How many days may lie between a decision and its first day before that is worth asking about.
const LONG_WAIT: i64 = 90;

/// Something in a decision that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum DecisionWarning {
    /// A field that every decision should have is empty.
    Missing {
        /// Its name.
        field: String,
    },
    /// The application is dated after the decision.
    AppliedAfterDecided,
    /// Papers that it rests on are dated after it.
    SourcesAfterDecided {
        /// How many.
        count: usize,
        /// The latest.
        latest: NaiveDate,
    },
    /// It ends before it begins.
    EndsBeforeItBegins,
    /// It begins long after it was decided: a year may be misprinted.
    BeginsLongAfterDecided {
        /// How many days.
        days: i64,
    },
    /// It was decided after it began.
    DecidedAfterItBegan {
        /// How many days.
        days: i64,
    },
    /// Bands of income that leave a gap or lie over each other.
    BandsDontMeet,
}

impl Decision {
    /// What is missing, field by field, in the order of the letter.
    pub fn missing(&self) -> Vec<DecisionWarning> {
        let text = |text: &str| !text.trim().is_empty();
        let optional =
            |text: &Option<String>| text.as_deref().is_some_and(|it| !it.trim().is_empty());
        let pays = self.copayment || self.service == ServiceType::PracticalAssistance;
        let fields = [
            ("outcome", self.outcome.is_some()),
            ("case_number", text(&self.case_number)),
            ("decided_on", self.decided_on.is_some()),
            ("applied_on", self.applied_on.is_some()),
            ("disclosure_marking", optional(&self.disclosure_marking)),
            ("content", text(&self.content)),
            ("scope", text(&self.scope)),
            ("granted_visits", self.granted_visits.is_some() && self.granted_days.is_some()),
            ("purpose", text(&self.purpose)),
            ("client_goal", text(&self.client_goal)),
            ("reassess_at_expiry", self.reassess_at_expiry.is_some()),
            ("sources", !self.sources.is_empty()),
            ("legal_basis", text(&self.legal_basis)),
            ("reasons", text(&self.reasons)),
            ("information", !self.information.is_empty()),
            ("supplier", optional(&self.supplier)),
            ("copayment_bands", !pays || !self.copayment_bands.is_empty()),
            ("appeal", optional(&self.appeal)),
            ("caseworker", text(&self.caseworker)),
            ("decided_by", optional(&self.decided_by)),
        ];
        let missing = fields.into_iter().filter(|(_, is_there)| !is_there);
        missing.map(|(field, _)| DecisionWarning::Missing { field: field.to_owned() }).collect()
    }

    /// What can't be right.
    pub fn contradictions(&self) -> Vec<DecisionWarning> {
        let mut found = Vec::new();
        if self.valid_to < self.valid_from {
            found.push(DecisionWarning::EndsBeforeItBegins);
        }
        if let Some(decided) = self.decided_on {
            if self.applied_on.is_some_and(|applied| applied > decided) {
                found.push(DecisionWarning::AppliedAfterDecided);
            }
            let days = (self.valid_from - decided).num_days();
            if days > LONG_WAIT {
                found.push(DecisionWarning::BeginsLongAfterDecided { days });
            }
            if days < 0 {
                found.push(DecisionWarning::DecidedAfterItBegan { days: -days });
            }
            let after = self.sources.iter().map(|it| it.date).filter(|date| *date > decided);
            let count = after.clone().count();
            if let Some(latest) = after.max() {
                found.push(DecisionWarning::SourcesAfterDecided { count, latest });
            }
        }
        let mut bands = self.copayment_bands.clone();
        bands.sort_by_key(|band| band.from);
        let meets =
            bands.windows(2).all(|two| matches!(two, [one, next] if one.below == Some(next.from)));
        if !meets {
            found.push(DecisionWarning::BandsDontMeet);
        }
        found
    }
}

#[cfg(all(test, feature = "documents"))]
mod tests;
