//! On what ground something may be told in a talk. Pure.

use kjent_core::fact::{BasisKind, ContactLogged};
use kjent_core::ids::{ContactId, FactId};
use kjent_core::people::Disclosure;
use kjent_core::view::{ContactView, PeopleView};

use crate::people::holding;

/// A ground to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// This consent.
    Consent(FactId),
    /// A rule of law.
    Law,
    /// Nothing was told.
    ReceivedOnly,
}

/// The contact that a talk is with, of those around the client.
pub fn contact(people: &PeopleView, with: Option<ContactId>) -> Option<&ContactView> {
    people.contacts.iter().find(|it| Some(it.contact) == with)
}

/// The grounds there are. Outside what the client has consented to and what a role gives, what they
/// say may be written down, and nothing be told.
pub fn grounds(people: &PeopleView, with: Option<ContactId>) -> Vec<Ground> {
    let consents = holding(&people.consents, with).into_iter().map(|it| Ground::Consent(it.fact));
    let is_open = match contact(people, with) {
        Some(contact) => match contact.disclosure {
            Disclosure::Consented { .. } | Disclosure::Mandate | Disclosure::HealthCare => true,
            Disclosure::EconomyOnly | Disclosure::MandateOver | Disclosure::Nothing => false,
        },
        // A service that is none of the contacts: the emergency ward, the pharmacy.
        None => true,
    };
    consents.chain(is_open.then_some(Ground::Law)).chain([Ground::ReceivedOnly]).collect()
}

/// The ground that is chosen.
pub fn chosen(draft: &ContactLogged) -> Option<Ground> {
    match draft.basis.kind {
        BasisKind::Consent => draft.basis.consent.map(Ground::Consent),
        BasisKind::Law => Some(Ground::Law),
        BasisKind::ReceivedOnly => Some(Ground::ReceivedOnly),
        BasisKind::Unknown(_) => None,
    }
}

/// Chooses a ground.
pub fn choose(draft: &mut ContactLogged, ground: &Ground) {
    (draft.basis.kind, draft.basis.consent) = match ground {
        Ground::Consent(consent) => (BasisKind::Consent, Some(*consent)),
        Ground::Law => (BasisKind::Law, None),
        Ground::ReceivedOnly => (BasisKind::ReceivedOnly, None),
    };
}

/// Turns a talk to somebody else: a ground that they don't have is let go.
pub fn turn_to(draft: &mut ContactLogged, people: &PeopleView, with: Option<ContactId>) {
    draft.with = with;
    let grounds = grounds(people, with);
    if !chosen(draft).is_some_and(|ground| grounds.contains(&ground)) {
        choose(draft, &Ground::ReceivedOnly);
    }
}

/// The talk as it is signed: without loose spaces, and without words that belong to another choice.
pub fn to_sign(draft: &ContactLogged) -> ContactLogged {
    let mut draft = draft.clone();
    for text in [&mut draft.with_words, &mut draft.content, &mut draft.result] {
        *text = text.trim().to_owned();
    }
    if draft.with.is_some() {
        draft.with_words.clear();
    }
    if draft.basis.kind == BasisKind::Law {
        draft.basis.words = draft.basis.words.trim().to_owned();
    } else {
        draft.basis.words.clear();
    }
    draft
}

#[cfg(test)]
mod tests {
    use kjent_core::plan::ContactRole;
    use kjent_core::view::PlanFields;
    use uuid::Uuid;

    use super::*;

    fn people(disclosure: Disclosure) -> (PeopleView, ContactId) {
        let contact = ContactId(Uuid::from_u128(1));
        let view = ContactView {
            contact,
            name: "Harald Sund".into(),
            role: ContactRole::Guardian,
            relation: "verge".into(),
            phone: None,
            ended: None,
            disclosure,
            fields: PlanFields::new(),
        };
        (PeopleView { contacts: vec![view], ..PeopleView::default() }, contact)
    }

    #[test]
    fn a_guardian_of_money_only_is_told_nothing() {
        let (money, guardian) = people(Disclosure::EconomyOnly);
        assert_eq!(grounds(&money, Some(guardian)), [Ground::ReceivedOnly]);
        let (both, guardian) = people(Disclosure::Mandate);
        assert_eq!(grounds(&both, Some(guardian)), [Ground::Law, Ground::ReceivedOnly]);
        assert_eq!(grounds(&money, None), [Ground::Law, Ground::ReceivedOnly]);
    }

    #[test]
    fn a_ground_does_not_follow_to_somebody_else() {
        let (money, guardian) = people(Disclosure::EconomyOnly);
        let mut draft = ContactLogged::default();
        choose(&mut draft, &Ground::Law);
        draft.basis.words = " Nødrett ".into();
        draft.with_words = "Legevakten".into();
        assert_eq!(to_sign(&draft).basis.words, "Nødrett");
        turn_to(&mut draft, &money, Some(guardian));
        assert_eq!(chosen(&draft), Some(Ground::ReceivedOnly));
        let signed = to_sign(&draft);
        assert_eq!((signed.basis.words.as_str(), signed.with_words.as_str()), ("", ""));
    }
}
