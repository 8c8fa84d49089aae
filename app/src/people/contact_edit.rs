//! The form of a person around the client.

use kjent_core::ids::ContactId;
use kjent_core::plan::{ContactRole, MandateArea, Part};
use kjent_core::view::ClientView;
use leptos::prelude::*;

use super::person_form::{Kind, PersonForm, Spec};
use crate::i18n::{I18n, contact_word, mandate_word, t_string};

/// The form; of a new person when there is none.
pub fn contact_form(
    i18n: I18n,
    data: Memo<ClientView>,
    contact: Option<ContactId>,
    close: Callback<()>,
) -> impl IntoView + use<> {
    let (client, before) = data.with_untracked(|data| {
        let found = data.people.contacts.iter().find(|it| Some(it.contact) == contact);
        (data.client, found.map(|it| it.fields.clone()).unwrap_or_default())
    });
    let object = contact.map(|contact| contact.0);
    let of = object.map(|id| id.to_string()).unwrap_or_default();
    view! { <PersonForm client part=Part::Contacts object before specs=specs(i18n, contact.is_some()) of close /> }
}

fn specs(i18n: I18n, exists: bool) -> Vec<Spec> {
    let roles = ContactRole::ALL
        .iter()
        .map(|role| (role.code().to_owned(), contact_word(i18n, role)))
        .collect();
    let mandates = MandateArea::ALL
        .iter()
        .map(|area| (area.code().to_owned(), mandate_word(i18n, area)))
        .collect();
    let mandate = |field, kind| {
        Spec::new(field, kind).shown(|texts| {
            matches!(texts.get("role").map(String::as_str), Some("guardian" | "enduring_attorney"))
        })
    };
    let kin = |field, kind| {
        Spec::new(field, kind).shown(|texts| {
            matches!(texts.get("role").map(String::as_str), Some("next_of_kin" | "relative"))
        })
    };
    let mut specs = vec![
        Spec::new("name", Kind::Line).label(t_string!(i18n, people_fields.name)),
        Spec::new("role", Kind::Choice(roles)),
        Spec::new("relation", Kind::Line).hint(t_string!(i18n, people.hint_relation)),
        Spec::new("phone", Kind::Phone),
        Spec::new("has_key", Kind::Flag),
        mandate("mandate", Kind::Choice(mandates)),
        mandate("mandate_from", Kind::Day),
        mandate("mandate_to", Kind::Day),
        mandate("mandate_document", Kind::Line).hint(t_string!(i18n, people.hint_document)),
        Spec::new("contributes", Kind::Lines).hint(t_string!(i18n, people.hint_contributes)),
        kin("burden", Kind::Lines).hint(t_string!(i18n, people.hint_burden)),
        kin("respite_considered", Kind::Day),
        kin("own_needs", Kind::Lines).hint(t_string!(i18n, people.hint_own_needs)),
    ];
    if exists {
        specs.push(Spec::new("ended", Kind::Day).hint(t_string!(i18n, people.hint_contact_ended)));
    }
    specs
}
