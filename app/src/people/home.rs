//! The home: first of all it is the client's.

use kjent_core::plan::Part;
use kjent_core::view::ClientView;
use leptos::prelude::*;

use super::person_form::{Kind, PersonForm, Spec};
use super::shown::{edit_button, facts, text};
use crate::i18n::{I18n, address_word, field_word, t, t_string, use_i18n};

/// The card.
#[component]
pub fn Home(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let editing = RwSignal::new(false);
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let body = move || {
        if editing.get() {
            form(i18n, data, editing).into_any()
        } else {
            data.with(|data| shown(i18n, data, editing)).into_any()
        }
    };
    view! {
        <section class="kj-card" aria-labelledby="home-heading" data-testid="home">
            <h2 class="ds-heading" data-size="2xs" id="home-heading">{t!(i18n, client.home, name = move || called.get())}</h2>
            {body}
        </section>
    }
}

fn form(i18n: I18n, data: Memo<ClientView>, editing: RwSignal<bool>) -> impl IntoView {
    let (client, before) = data.with_untracked(|data| (data.client, data.people.profile.clone()));
    let specs = vec![
        Spec::new("address", Kind::Line),
        Spec::new("postal_place", Kind::Line),
        Spec::new("address_protected", Kind::Flag)
            .hint(t_string!(i18n, people.hint_address_protected)),
        Spec::new("phone", Kind::Phone),
        Spec::new("entry", Kind::Line).hint(t_string!(i18n, people.hint_key)),
        Spec::new("key", Kind::Line).hint(t_string!(i18n, people.hint_key)),
        Spec::new("missed_contact_plan", Kind::Lines)
            .hint(t_string!(i18n, routine.hint_missed_contact_plan)),
        Spec::new("house_rules", Kind::Lines).hint(t_string!(i18n, people.hint_house_rules)),
        Spec::new("gp", Kind::Line),
        Spec::new("gp_unknown", Kind::Flag),
    ];
    let close = Callback::new(move |()| {
        editing.try_set(false);
    });
    view! { <PersonForm client part=Part::Client object=None before specs close /> }
}

fn shown(i18n: I18n, data: &ClientView, editing: RwSignal<bool>) -> impl IntoView + use<> {
    let profile = &data.people.profile;
    let row = |field: &str| (field_word(i18n, field), text(profile, field));
    // Not asked and not known are one thing to whoever needs the GP tonight.
    let gp = text(profile, "gp");
    let no_gp = gp.is_none().then(|| {
        view! { <p class="kj-invite" data-testid="gp-unknown">{t!(i18n, people.gp_ask)}</p> }
    });
    let rules = text(profile, "house_rules").is_none().then(|| {
        let name = data.called.clone();
        let words = t_string!(i18n, people.ask_house_rules, name = name).to_string();
        view! { <p class="kj-invite">{words}</p> }
    });
    let rows = facts([
        (
            t_string!(i18n, client.address).to_owned(),
            Some(match data.address.as_str() {
                "" => address_word(i18n, ""),
                address => format!("{address}\n{}", data.postal_place),
            }),
        ),
        row("entry"),
        row("key"),
        row("missed_contact_plan"),
        row("house_rules"),
        row("phone"),
        (field_word(i18n, "gp"), gp),
    ]);
    let may = data.people.may.profile;
    let about = t_string!(i18n, client.home, name = data.called.clone()).to_string();
    let edit = edit_button(may, "edit-home", t_string!(i18n, people.edit), about, move || {
        editing.set(true);
    });
    view! { {rows} {no_gp} {rules} {edit} }
}
