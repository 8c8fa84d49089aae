//! The steps to reach a client who doesn't open, and what a tap does to the draft. Pure.

use chrono::NaiveDateTime;
use kjent_core::command::{MissedContactDraft, TappedStep};
use kjent_core::fact::ContactStep;
use kjent_core::view::MissedContactView;

/// A step that can be taken.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Offered {
    /// Which.
    pub step: ContactStep,
    /// Who is phoned, by name; empty when the step says it.
    pub whom: String,
    /// What they are to the client.
    pub relation: String,
    /// The number.
    pub phone: String,
}

/// The steps in the order of the routine. Nobody is offered a number that isn't known.
pub fn offered(view: &MissedContactView) -> Vec<Offered> {
    let plain =
        |step| Offered { step, whom: String::new(), relation: String::new(), phone: String::new() };
    let client =
        view.phone.clone().map(|phone| Offered { phone, ..plain(ContactStep::PhonedClient) });
    let contacts = view.contacts.iter().map(|contact| Offered {
        step: ContactStep::PhonedContact,
        whom: contact.name.clone(),
        relation: contact.relation.clone(),
        phone: contact.phone.clone(),
    });
    let last = [ContactStep::WentIn, ContactStep::PhonedLead, ContactStep::PhonedEmergency];
    std::iter::once(plain(ContactStep::Rang))
        .chain(client)
        .chain(contacts)
        .chain(last.into_iter().map(plain))
        .collect()
}

/// When a step was taken.
pub fn taken_at(draft: &MissedContactDraft, offered: &Offered) -> Option<NaiveDateTime> {
    let is_it = |tapped: &&TappedStep| tapped.step == offered.step && tapped.whom == offered.whom;
    draft.steps.iter().find(is_it).map(|tapped| tapped.at)
}

/// Notes that a step is taken now; a second tap takes it back.
pub fn toggle_step(draft: &mut MissedContactDraft, offered: &Offered, now: NaiveDateTime) {
    if taken_at(draft, offered).is_some() {
        draft.steps.retain(|one| one.step != offered.step || one.whom != offered.whom);
    } else {
        let (step, whom) = (offered.step.clone(), offered.whom.clone());
        draft.steps.push(TappedStep { step, whom, at: now });
    }
}

#[cfg(test)]
mod tests {
    use kjent_core::ids::{ClientId, VisitId};
    use kjent_core::view::{ReachableView, VisitState};

    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        format!("2026-11-21T{text}:00").parse().unwrap_or_default()
    }

    fn view() -> MissedContactView {
        let tone = ReachableView {
            name: "Tone".into(),
            relation: "datter".into(),
            phone: "11 31 20 07".into(),
        };
        MissedContactView {
            visit: VisitId::from_bytes(&[1; 16]).unwrap_or_else(|| unreachable!()),
            client: ClientId::from_bytes(&[1; 16]).unwrap_or_else(|| unreachable!()),
            name: "Line Danser".into(),
            called: "Line".into(),
            starts: at("08:15"),
            state: VisitState::Planned,
            agreed: None,
            entry: None,
            key: None,
            phone: None,
            contacts: vec![tone],
            draft: MissedContactDraft::default(),
        }
    }

    #[test]
    fn a_client_without_a_number_is_not_phoned() {
        use ContactStep::{PhonedClient, PhonedContact, PhonedEmergency, PhonedLead, Rang, WentIn};
        let kinds = |view: &MissedContactView| -> Vec<_> {
            offered(view).into_iter().map(|one| one.step).collect()
        };
        let all = [Rang, PhonedContact, WentIn, PhonedLead, PhonedEmergency];
        assert_eq!(kinds(&view()), all);
        let with_phone = MissedContactView { phone: Some("11 20 44 81".into()), ..view() };
        assert_eq!(kinds(&with_phone).get(1), Some(&PhonedClient));
    }

    #[test]
    fn a_second_tap_takes_a_step_back_and_leaves_the_others() {
        let all = offered(&view());
        let mut draft = MissedContactDraft::default();
        for (minute, one) in all.iter().enumerate() {
            toggle_step(&mut draft, one, at(&format!("08:{minute:02}")));
        }
        assert_eq!(taken_at(&draft, &all[1]), Some(at("08:01")));
        toggle_step(&mut draft, &all[1], at("08:30"));
        assert_eq!(taken_at(&draft, &all[1]), None);
        assert_eq!(draft.steps.len(), all.len() - 1);
        toggle_step(&mut draft, &all[1], at("08:31"));
        assert_eq!(taken_at(&draft, &all[1]), Some(at("08:31")));
    }
}
