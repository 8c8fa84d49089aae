//! Who answers for the client: somebody named, or a gap that is said.

use kjent_core::people::Responsibility;
use kjent_core::plan::Part;
use kjent_core::view::{ClientView, ResponsibleView};
use leptos::prelude::*;

use super::person_form::{Kind, PersonForm, Spec};
use super::shown::edit_button;
use crate::client::Conflicts;
use crate::components::icon::{ALERT, PHONE, icon};
use crate::components::tag::tag;
use crate::i18n::{I18n, date, t, t_string, use_i18n};

/// The two roles.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RoleField {
    Primary,
    Lead,
}

/// The card.
#[component]
pub fn Responsible(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let editing = RwSignal::new(None::<RoleField>);
    let body = move || match editing.get() {
        Some(role) => form(i18n, data, role, editing).into_any(),
        None => data.with(|data| shown(i18n, data, editing)).into_any(),
    };
    view! {
        <section class="kj-card" aria-labelledby="responsible-heading" data-testid="responsible">
            <h2 class="ds-heading" data-size="2xs" id="responsible-heading">{t!(i18n, client.responsible)}</h2>
            <Conflicts data part=Part::Client />
            {body}
        </section>
    }
}

fn form(
    i18n: I18n,
    data: Memo<ClientView>,
    role: RoleField,
    editing: RwSignal<Option<RoleField>>,
) -> impl IntoView {
    let (client, mut before) =
        data.with_untracked(|data| (data.client, data.people.profile.clone()));
    let workers = data.with_untracked(|data| {
        let all = data.people.appointable.iter();
        all.map(|it| (it.worker.to_string(), it.name.clone())).collect::<Vec<_>>()
    });
    let [worker, from, to, phone] = match role {
        RoleField::Primary => [
            "primary_contact",
            "primary_contact_from",
            "primary_contact_to",
            "primary_contact_phone",
        ],
        RoleField::Lead => {
            ["service_lead", "service_lead_from", "service_lead_to", "service_lead_phone"]
        }
    };
    // They are the predecessor's: a new one begins with none of them.
    for field in [from, to, phone] {
        before.remove(field);
    }
    let specs = vec![
        Spec::new(worker, Kind::Choice(workers)),
        Spec::new(from, Kind::Day)
            .label(t_string!(i18n, people.from))
            .hint(t_string!(i18n, people.hint_role_from)),
        Spec::new(to, Kind::Day)
            .label(t_string!(i18n, people.to))
            .hint(t_string!(i18n, people.hint_role_to)),
        Spec::new(phone, Kind::Phone).label(t_string!(i18n, client.phone)),
    ];
    let close = Callback::new(move |()| {
        editing.try_set(None);
    });
    view! { <PersonForm client part=Part::Client object=None before specs close /> }
}

fn shown(
    i18n: I18n,
    data: &ClientView,
    editing: RwSignal<Option<RoleField>>,
) -> impl IntoView + use<> {
    let may = data.people.may.appoint;
    let roles = [
        (
            RoleField::Primary,
            "primary-contact",
            t_string!(i18n, client.primary_contact),
            &data.people.primary_contact,
        ),
        (
            RoleField::Lead,
            "service-lead",
            t_string!(i18n, client.service_lead),
            &data.people.service_lead,
        ),
    ];
    let rows = roles.map(|(role, code, word, it)| {
        let edit = edit_button(
            may,
            "appoint",
            t_string!(i18n, people.appoint),
            word.to_owned(),
            move || {
                editing.set(Some(role));
            },
        );
        view! {
            <li class="kj-area" data-testid=code data-gap=it.state.is_gap().to_string()>
                <div class="kj-card__head">
                    <div>
                        <p class="kj-subtle">{word}</p>
                        {holder(i18n, word, it)}
                    </div>
                    {edit}
                </div>
            </li>
        }
    });
    view! { <ul class="kj-plain-list kj-rows">{rows.into_iter().collect_view()}</ul> }
}

fn holder(i18n: I18n, word: &str, it: &ResponsibleView) -> impl IntoView + use<> {
    if let Some(words) = gap_words(i18n, word, it) {
        return tag("warning", ALERT, words).into_any();
    }
    let from = it.from.map(|day| t_string!(i18n, people.since, day = date(i18n, day)).to_string());
    let to = it.to.map(|day| t_string!(i18n, people.until, day = date(i18n, day)).to_string());
    let period = from.into_iter().chain(to).collect::<Vec<_>>().join(" · ");
    let phone = it.phone.clone().map(|phone| {
        let to = format!("tel:{}", phone.replace(' ', ""));
        view! { <a class="ds-button" data-variant="tertiary" rel="external" href=to>{icon(PHONE)} <span>{phone}</span></a> }
    });
    view! {
        <p class="kj-strong">{it.name.clone()}</p>
        <p class="kj-subtle">{period}</p>
        {phone}
    }
    .into_any()
}

/// «Ingen primærkontakt siden 20. november 2026»; nothing when somebody has the role.
pub fn gap_words(i18n: I18n, word: &str, it: &ResponsibleView) -> Option<String> {
    let role = word.to_lowercase();
    match it.state {
        Responsibility::Held => None,
        Responsibility::NotYet { from } => {
            let (name, day) = (it.name.clone(), date(i18n, from));
            Some(
                t_string!(i18n, people.gap_not_yet, role = role, name = name, day = day)
                    .to_string(),
            )
        }
        Responsibility::Gap { since: Some(day) } => {
            Some(t_string!(i18n, people.gap_since, role = role, day = date(i18n, day)).to_string())
        }
        Responsibility::Gap { since: None } => {
            Some(t_string!(i18n, people.gap, role = role).to_string())
        }
    }
}
