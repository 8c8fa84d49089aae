//! Whether a consent holds on a day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::fact::Consent;

/// When so few days are left, it is said.
pub const EXPIRES_SOON_DAYS: i64 = 30;

/// Where a consent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// It holds.
    Holds,
    /// It holds, and runs out soon.
    RunsOut,
    /// It does not hold yet.
    NotYet,
    /// It has run out.
    Over,
    /// It was taken back.
    Withdrawn,
}

impl ConsentState {
    /// Whether something may be told on the ground of it.
    pub const fn holds(self) -> bool {
        matches!(self, ConsentState::Holds | ConsentState::RunsOut)
    }
}

/// Where a consent stands on a day.
pub fn consent_state(consent: &Consent, is_withdrawn: bool, today: NaiveDate) -> ConsentState {
    if is_withdrawn {
        return ConsentState::Withdrawn;
    }
    if today < consent.from {
        return ConsentState::NotYet;
    }
    match consent.until.map(|until| (until - today).num_days()) {
        Some(left) if left < 0 => ConsentState::Over,
        Some(left) if left <= EXPIRES_SOON_DAYS => ConsentState::RunsOut,
        _ => ConsentState::Holds,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{ConsentForm, ConsentGiver, ConsentScope};

    #[test]
    fn a_consent_holds_from_its_first_to_its_last_day_unless_it_is_taken_back() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let consent = |until: Option<&str>| Consent {
            what: ConsentScope::Health,
            words: String::new(),
            to: None,
            to_words: "Fysikalsk institutt".into(),
            from: day("2026-11-01"),
            until: until.map(day),
            how: ConsentForm::Spoken,
            given_by: ConsentGiver::Client,
        };
        let cases = [
            (None, false, "2026-10-31", ConsentState::NotYet),
            (None, false, "2026-11-01", ConsentState::Holds),
            (None, false, "2036-11-01", ConsentState::Holds),
            (None, true, "2026-11-02", ConsentState::Withdrawn),
            (Some("2027-06-01"), false, "2026-11-02", ConsentState::Holds),
            (Some("2026-12-01"), false, "2026-11-01", ConsentState::RunsOut),
            (Some("2026-12-01"), false, "2026-12-01", ConsentState::RunsOut),
            (Some("2026-12-01"), false, "2026-12-02", ConsentState::Over),
        ];
        for (until, is_withdrawn, today, expected) in cases {
            let found = consent_state(&consent(until), is_withdrawn, day(today));
            assert_eq!(found, expected, "until {until:?} on {today}");
            let holds = matches!(expected, ConsentState::Holds | ConsentState::RunsOut);
            assert_eq!(found.holds(), holds);
        }
    }
}
