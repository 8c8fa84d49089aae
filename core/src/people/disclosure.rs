//! What may be told to somebody around the client, before they are rung.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::fact::{Consent, ConsentScope};
use crate::plan::{Contact, ContactRole, MandateArea};

/// What may be told to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Disclosure {
    /// What the client has consented to.
    Consented {
        /// What.
        scopes: Vec<ConsentScope>,
    },
    /// A mandate for personal matters holds: what it needs may be told.
    Mandate,
    /// A mandate for money only: nothing about health.
    EconomyOnly,
    /// A mandate that does not hold today.
    MandateOver,
    /// They are one of those who give health care: what that takes may be told.
    HealthCare,
    /// Nothing: what they say may be written down.
    Nothing,
}

impl Disclosure {
    /// Whether anything about health may be told.
    pub fn covers_health(&self) -> bool {
        match self {
            Disclosure::Consented { scopes } => {
                scopes.iter().any(|it| matches!(it, ConsentScope::Health | ConsentScope::All))
            }
            Disclosure::Mandate | Disclosure::HealthCare => true,
            Disclosure::EconomyOnly | Disclosure::MandateOver | Disclosure::Nothing => false,
        }
    }
}

/// What may be told to a contact on a day, given the consents that hold for them. A consent of the
/// client's own goes before what a role gives.
pub fn disclosure(contact: &Contact, holding: &[&Consent], today: NaiveDate) -> Disclosure {
    if !holding.is_empty() {
        let mut scopes: Vec<ConsentScope> = holding.iter().map(|one| one.what.clone()).collect();
        scopes.sort();
        scopes.dedup();
        return Disclosure::Consented { scopes };
    }
    match contact.role {
        ContactRole::Guardian | ContactRole::EnduringAttorney => {
            let begun = contact.mandate_from.is_none_or(|from| from <= today);
            let lasts = contact.mandate_to.is_none_or(|to| today <= to);
            match &contact.mandate {
                _ if !(begun && lasts) => Disclosure::MandateOver,
                Some(MandateArea::Personal | MandateArea::Both) => Disclosure::Mandate,
                Some(MandateArea::Economic) => Disclosure::EconomyOnly,
                // A mandate that nobody has written down opens nothing.
                None | Some(MandateArea::Unknown(_)) => Disclosure::Nothing,
            }
        }
        ContactRole::Gp => Disclosure::HealthCare,
        _ => Disclosure::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{ConsentForm, ConsentGiver};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn contact(role: ContactRole, mandate: Option<MandateArea>) -> Contact {
        Contact { mandate, ..Contact::new("Berit", role) }
    }

    fn consent(what: ConsentScope) -> Consent {
        Consent {
            what,
            words: String::new(),
            to: None,
            to_words: String::new(),
            from: day("2026-01-01"),
            until: None,
            how: ConsentForm::Spoken,
            given_by: ConsentGiver::Client,
        }
    }

    #[test]
    fn a_mandate_for_money_opens_nothing_about_health() {
        use ContactRole::{EnduringAttorney, Gp, Guardian, NextOfKin, Volunteer};
        use MandateArea::{Both, Economic, Personal};
        let today = day("2026-11-21");
        let cases = [
            (Guardian, Some(Economic), Disclosure::EconomyOnly, false),
            (Guardian, Some(Personal), Disclosure::Mandate, true),
            (EnduringAttorney, Some(Both), Disclosure::Mandate, true),
            (Guardian, None, Disclosure::Nothing, false),
            // Kin is no ground by itself.
            (NextOfKin, None, Disclosure::Nothing, false),
            (Volunteer, None, Disclosure::Nothing, false),
            (Gp, None, Disclosure::HealthCare, true),
        ];
        for (role, mandate, expected, health) in cases {
            let found = disclosure(&contact(role.clone(), mandate), &[], today);
            assert_eq!(found, expected, "{role:?}");
            assert_eq!(found.covers_health(), health, "{role:?}");
        }
    }

    #[test]
    fn a_mandate_holds_between_its_days() {
        let mut guardian = contact(ContactRole::Guardian, Some(MandateArea::Both));
        guardian.mandate_from = Some(day("2026-11-01"));
        guardian.mandate_to = Some(day("2026-11-30"));
        for (today, expected) in [
            ("2026-10-31", Disclosure::MandateOver),
            ("2026-11-01", Disclosure::Mandate),
            ("2026-11-30", Disclosure::Mandate),
            ("2026-12-01", Disclosure::MandateOver),
        ] {
            assert_eq!(disclosure(&guardian, &[], day(today)), expected, "{today}");
        }
    }

    #[test]
    fn a_consent_says_what_and_no_more() {
        let daughter = contact(ContactRole::NextOfKin, None);
        let (practical, health) = (consent(ConsentScope::Practical), consent(ConsentScope::Health));
        let told = disclosure(&daughter, &[&practical], day("2026-11-21"));
        assert!(!told.covers_health());
        let told = disclosure(&daughter, &[&health, &practical, &health], day("2026-11-21"));
        let scopes = vec![ConsentScope::Practical, ConsentScope::Health];
        assert_eq!(told, Disclosure::Consented { scopes });
        assert!(told.covers_health());
    }
}
