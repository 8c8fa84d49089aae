//! A coercive measure. It is never recorded alone: the only way to make one asks for the decision or
//! the emergency that it rests on.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A decision after chapter 4A that a measure rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoercionDecision {
    /// Its reference, such as a case number.
    pub reference: String,
    /// The day it was made.
    pub decided_on: NaiveDate,
}

/// A measure against the client's will, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoerciveMeasure {
    what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decision: Option<CoercionDecision>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    emergency: String,
}

/// Why a measure can't be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoercionRefusal {
    /// Neither a decision nor an emergency.
    #[error("a coercive measure rests on a decision or an emergency")]
    NoBasis,
    /// Nothing says what was done.
    #[error("a coercive measure says what was done")]
    NoWords,
    /// The decision is of a day to come.
    #[error("a decision has been made before it is used")]
    DecidedLater,
}

impl CoerciveMeasure {
    /// A measure, if it rests on a decision made by `today` or on an emergency that is described.
    pub fn new(
        what: &str,
        decision: Option<CoercionDecision>,
        emergency: &str,
        today: NaiveDate,
    ) -> Result<Self, CoercionRefusal> {
        let emergency = emergency.trim().to_owned();
        let decision = decision
            .map(|decision| CoercionDecision {
                reference: decision.reference.trim().to_owned(),
                ..decision
            })
            .filter(|decision| !decision.reference.is_empty());
        if decision.is_none() && emergency.is_empty() {
            return Err(CoercionRefusal::NoBasis);
        }
        if decision.as_ref().is_some_and(|decision| decision.decided_on > today) {
            return Err(CoercionRefusal::DecidedLater);
        }
        let what = what.trim().to_owned();
        if what.is_empty() {
            return Err(CoercionRefusal::NoWords);
        }
        Ok(Self { what, decision, emergency })
    }

    /// What was done.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The decision that it rests on.
    pub const fn decision(&self) -> Option<&CoercionDecision> {
        self.decision.as_ref()
    }

    /// The emergency that it rests on; empty for none.
    pub fn emergency(&self) -> &str {
        &self.emergency
    }

    /// Everything in words.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let reference = self.decision.as_ref().map(|decision| decision.reference.as_str());
        [self.what.as_str(), self.emergency.as_str()].into_iter().chain(reference)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_measure_without_a_decision_or_an_emergency_is_not_recorded() {
        let today = day("2026-11-22");
        let made = |reference: &str, on: &str| {
            Some(CoercionDecision { reference: reference.into(), decided_on: day(on) })
        };
        let new = |what, decision, emergency| {
            CoerciveMeasure::new(what, decision, emergency, today).map(drop)
        };
        assert_eq!(new("Holdt i armen", None, ""), Err(CoercionRefusal::NoBasis));
        assert_eq!(new("Holdt i armen", None, "  \n"), Err(CoercionRefusal::NoBasis));
        assert_eq!(
            new("Holdt i armen", made(" ", "2026-11-01"), ""),
            Err(CoercionRefusal::NoBasis)
        );
        let later = made("4A-12", "2026-11-23");
        assert_eq!(new("Holdt i armen", later.clone(), ""), Err(CoercionRefusal::DecidedLater));
        assert_eq!(new("Holdt", later, "Brann"), Err(CoercionRefusal::DecidedLater));
        assert_eq!(new(" ", made("4A-12", "2026-11-22"), ""), Err(CoercionRefusal::NoWords));
        assert_eq!(new("Holdt i armen", made("4A-12", "2026-11-22"), ""), Ok(()));
        assert_eq!(new("Dro bort", None, "Det brant på kjøkkenet"), Ok(()));
    }
}
