//! A minute with somebody one has never met: who this is, how to come in, whom to ask. The client
//! should not have to tell it all again.

use kjent_core::plan::Interpreter;
use kjent_core::view::{ClientView, CriticalView, FirstTimeView, RingView};
use leptos::prelude::*;

use super::shown::facts;
use crate::components::icon::{PHONE, icon};
use crate::i18n::{
    I18n, address_word, contact_word, field_word, interpreter_word, t, t_string, use_i18n,
};

/// The card; nothing for those who have been here.
#[component]
pub fn FirstTime(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let is_first = Memo::new(move |_| data.with(|data| data.people.first_time.is_some()));
    view! {
        <Show when=move || is_first.get()>
            <section class="kj-card kj-first-time" aria-labelledby="first-time-heading" data-testid="first-time">
                <h2 class="ds-heading" data-size="2xs" id="first-time-heading">
                    {t!(i18n, people.first_time, name = move || called.get())}
                </h2>
                {move || data.with(|data| body(i18n, data))}
            </section>
        </Show>
    }
}

fn body(i18n: I18n, data: &ClientView) -> Option<impl IntoView + use<>> {
    let it = data.people.first_time.as_ref()?;
    let matters =
        data.what_matters.iter().find(|it| !it.words.is_empty()).map(|it| it.words.clone());
    let rows = [(t_string!(i18n, people.matters).to_owned(), matters)];
    Some(first_time_body(i18n, it, rows.into(), &data.critical))
}

/// What the card says, with what its screen adds.
pub fn first_time_body(
    i18n: I18n,
    it: &FirstTimeView,
    rows: Vec<(String, Option<String>)>,
    critical: &[CriticalView],
) -> impl IntoView + use<> {
    let own = it
        .about_me
        .clone()
        .map(|words| view! { <blockquote class="kj-quote"><p>{words}</p></blockquote> });
    let critical: Vec<&str> = critical.iter().map(|it| it.label.as_str()).collect();
    let said = |words: String| Some(words).filter(|words| !words.trim().is_empty());
    let interpreter = it.interpreter.as_ref().filter(|it| **it != Interpreter::None);
    let interpreter = interpreter.map(|it| interpreter_word(i18n, it));
    let language = it.language.clone().into_iter().chain(interpreter).collect::<Vec<_>>();
    let always = [
        (t_string!(i18n, people.critical).to_owned(), said(critical.join(", "))),
        (t_string!(i18n, client.address).to_owned(), Some(address_word(i18n, &it.address))),
        (field_word(i18n, "entry"), it.entry.clone()),
        (field_word(i18n, "house_rules"), it.house_rules.clone()),
        (field_word(i18n, "language"), said(language.join("\n"))),
    ];
    let rows: Vec<_> = rows.into_iter().chain(always).collect();
    let ring = (!it.ring.is_empty()).then(|| {
        let one = |it: &RingView| ring(i18n, it);
        view! {
            <h3 class="kj-item-heading">{t_string!(i18n, people.whom_to_ask)}</h3>
            <ul class="kj-plain-list kj-rows">{it.ring.iter().map(one).collect_view()}</ul>
        }
    });
    view! { {own} {facts(rows)} {ring} }
}

/// Somebody to ring, with the number as a button.
fn ring(i18n: I18n, it: &RingView) -> impl IntoView + use<> {
    let to = format!("tel:{}", it.phone.replace(' ', ""));
    let role = match &it.role {
        Some(role) => contact_word(i18n, role),
        None => field_word(i18n, "primary_contact"),
    };
    let who = [it.relation.clone(), role].into_iter().filter(|it| !it.is_empty());
    let who = who.collect::<Vec<_>>().join(" · ");
    view! {
        <li class="kj-person">
            <div>
                <p class="kj-strong">{it.name.clone()}</p>
                <p class="kj-subtle">{who}</p>
            </div>
            <a class="ds-button" data-variant="tertiary" rel="external" data-testid="ring" href=to>
                {icon(PHONE)} <span>{it.phone.clone()}</span>
            </a>
        </li>
    }
}
