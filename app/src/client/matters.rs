//! What matters to the client, in the client's words; and the way to ask.

use kjent_core::fact::ConversationOutcome;
use kjent_core::view::{ClientView, WhatMattersView};
use leptos::prelude::*;

use crate::components::icon::{HEART, icon};
use crate::components::quote::quote;
use crate::i18n::{I18n, moment, relative_day, t, t_string, use_i18n};

/// The card; earlier conversations fold away.
#[component]
pub fn Matters(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let all = Memo::new(move |_| data.with(|data| data.what_matters.clone()));
    let latest = move || match all.with(|all| all.first().cloned()) {
        Some(it) => view! { <div class="kj-matters">{conversation(i18n, it, called.get())}</div> }
            .into_any(),
        None => view! { <p>{t!(i18n, client.matters_none, name = called.get())}</p> }.into_any(),
    };
    let earlier = move || {
        let earlier: Vec<_> = all.get().into_iter().skip(1).collect();
        (!earlier.is_empty()).then(|| {
            let one = |it| view! { <li class="kj-matters">{conversation(i18n, it, called.get())}</li> };
            view! {
                <details class="kj-details">
                    <summary>{t!(i18n, client.earlier)}</summary>
                    <ul class="kj-plain-list kj-rows">{earlier.into_iter().map(one).collect_view()}</ul>
                </details>
            }
        })
    };
    view! {
        <section class="kj-card" aria-labelledby="matters-heading" data-testid="what-matters">
            <div class="kj-card__head">
                <h2 class="ds-heading" data-size="2xs" id="matters-heading">
                    {t!(i18n, client.matters_heading, name = move || called.get())}
                </h2>
                <a class="ds-button" data-testid="start-conversation" href=format!("/client/{client}/conversation")>
                    {icon(HEART)}
                    <span>{t!(i18n, client.matters_ask)}</span>
                </a>
            </div>
            {latest}
            {earlier}
        </section>
    }
}

fn conversation(i18n: I18n, it: WhatMattersView, called: String) -> impl IntoView {
    let spoken = (!it.spoken_by.is_empty()).then(|| {
        t_string!(
            i18n,
            client.matters_spoken,
            speaker = it.spoken_by.clone(),
            name = called.clone()
        )
        .to_string()
    });
    let outcome = match it.outcome {
        ConversationOutcome::Declined => {
            Some(t_string!(i18n, client.matters_declined, name = called).to_string())
        }
        ConversationOutcome::NotAble if spoken.is_none() => {
            Some(t_string!(i18n, client.matters_not_able, name = called).to_string())
        }
        ConversationOutcome::Later => Some(t_string!(i18n, client.matters_later).to_owned()),
        _ => None,
    };
    let words = (!it.words.is_empty())
        .then(|| view! { <div class="kj-quote--large">{quote(it.words)}</div> });
    let judgement = (!it.judgement.is_empty()).then(|| {
        view! {
            <div>
                <p class="kj-subtle">{t!(i18n, client.judgement)}</p>
                <p class="kj-text">{it.judgement}</p>
            </div>
        }
    });
    let follow_up = it.follow_up_on.map(|day| {
        view! { <p class="kj-subtle">{t!(i18n, client.follow_up, day = relative_day(i18n, day))}</p> }
    });
    let with = (!it.participants.is_empty()).then(|| {
        t_string!(i18n, plan.participants_were, who = it.participants.clone()).to_string()
    });
    view! {
        {words}
        {spoken.map(|spoken| view! { <p>{spoken}</p> })}
        {outcome.map(|outcome| view! { <p>{outcome}</p> })}
        <p class="kj-subtle">{t!(i18n, client.matters_by, name = it.asked_by, when = moment(i18n, it.at))}</p>
        {with.map(|with| view! { <p class="kj-subtle">{with}</p> })}
        {judgement}
        {follow_up}
    }
}
