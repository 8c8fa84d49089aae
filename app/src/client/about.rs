//! The home, the people, the known faces.

use kjent_core::plan::Part;
use kjent_core::view::{ClientView, FieldView};
use leptos::prelude::*;

use super::conflicts::Conflicts;
use crate::components::icon::{PHONE, icon};
use crate::i18n::{I18n, contact_word, profession_word, relative_day, t, t_string, use_i18n};

/// The cards.
#[component]
pub fn About(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    view! {
        {move || data.with(|data| about_me(i18n, data))}
        <section class="kj-card" aria-labelledby="home-heading">
            <h2 class="ds-heading" data-size="2xs" id="home-heading">{t!(i18n, client.home, name = move || called.get())}</h2>
            {move || data.with(|data| home(i18n, data))}
        </section>
        <section class="kj-card" aria-labelledby="responsible-heading">
            <h2 class="ds-heading" data-size="2xs" id="responsible-heading">{t!(i18n, client.responsible)}</h2>
            {move || data.with(|data| responsible(i18n, data))}
            <Conflicts data part=Part::Client />
        </section>
        <section class="kj-card" aria-labelledby="contacts-heading">
            <h2 class="ds-heading" data-size="2xs" id="contacts-heading">{t!(i18n, client.contacts)}</h2>
            {move || data.with(|data| contacts(i18n, data))}
        </section>
        <section class="kj-card" aria-labelledby="carers-heading">
            <h2 class="ds-heading" data-size="2xs" id="carers-heading">{t!(i18n, client.carers)}</h2>
            {move || data.with(|data| carers(i18n, data))}
        </section>
    }
}

fn facts(rows: impl IntoIterator<Item = (&'static str, Option<String>)>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .filter_map(|(name, text)| text.map(|text| view! { <dt>{name}</dt><dd>{text}</dd> }));
    view! { <dl class="kj-facts">{rows.collect_view()}</dl> }
}

fn about_me(i18n: I18n, data: &ClientView) -> Option<impl IntoView + use<>> {
    (data.about_me.is_some() || data.strengths.is_some()).then(|| {
        let part = |heading: &'static str, text: Option<String>| {
            text.map(|text| {
                view! {
                    <h2 class="ds-heading" data-size="2xs">{heading}</h2>
                    <p class="kj-text">{text}</p>
                }
            })
        };
        view! {
            <section class="kj-card">
                {part(t_string!(i18n, client.about_me), data.about_me.clone())}
                {part(t_string!(i18n, client.strengths), data.strengths.clone())}
            </section>
        }
    })
}

fn home(i18n: I18n, data: &ClientView) -> impl IntoView + use<> {
    facts([
        (t_string!(i18n, client.address), Some(format!("{}\n{}", data.address, data.postal_place))),
        (t_string!(i18n, client.entry), data.entry.clone()),
        (t_string!(i18n, client.house_rules), data.house_rules.clone()),
        (t_string!(i18n, client.language), data.language.clone()),
        (t_string!(i18n, client.phone), data.phone.clone()),
    ])
}

fn responsible(i18n: I18n, data: &ClientView) -> impl IntoView + use<> {
    let unknown = || t_string!(i18n, app.unknown).to_owned();
    let name =
        |field: &FieldView| if field.value.is_empty() { unknown() } else { field.value.clone() };
    view! {
        {facts([
            (t_string!(i18n, client.primary_contact), Some(name(&data.primary_contact))),
            (t_string!(i18n, client.service_lead), Some(name(&data.service_lead))),
            (t_string!(i18n, client.gp), Some(data.gp.clone().unwrap_or_else(unknown))),
        ])}
    }
}

fn contacts(i18n: I18n, data: &ClientView) -> impl IntoView + use<> {
    if data.contacts.is_empty() {
        return view! { <p class="kj-subtle">{t!(i18n, client.contacts_none)}</p> }.into_any();
    }
    let one = |it: &kjent_core::view::ContactView| {
        let phone = it.phone.clone().map(|phone| {
            let to = format!("tel:{}", phone.replace(' ', ""));
            view! { <a class="ds-button" data-variant="tertiary" rel="external" href=to>{icon(PHONE)} <span>{phone}</span></a> }
        });
        view! {
            <li class="kj-person" data-testid="contact">
                <div>
                    <p class="kj-strong">{it.name.clone()}</p>
                    <p class="kj-subtle">{format!("{} · {}", it.relation, contact_word(i18n, &it.role))}</p>
                </div>
                {phone}
            </li>
        }
    };
    view! { <ul class="kj-plain-list kj-rows">{data.contacts.iter().map(one).collect_view()}</ul> }
        .into_any()
}

fn carers(i18n: I18n, data: &ClientView) -> impl IntoView + use<> {
    if data.carers_28_days.is_empty() {
        return view! { <p class="kj-subtle">{t!(i18n, client.carers_none)}</p> }.into_any();
    }
    let one = |it: &kjent_core::view::CarerView| {
        let visits = t_string!(
            i18n,
            client.carer_visits,
            count = it.visits,
            day = relative_day(i18n, it.last)
        )
        .to_string();
        view! {
            <li class="kj-person" data-testid="carer">
                <div>
                    <p class="kj-strong">{it.name.clone()}</p>
                    <p class="kj-subtle">{profession_word(i18n, &it.profession)}</p>
                </div>
                <p>{visits}</p>
            </li>
        }
    };
    view! { <ul class="kj-plain-list kj-rows">{data.carers_28_days.iter().map(one).collect_view()}</ul> }.into_any()
}
