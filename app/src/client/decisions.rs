//! Decisions (vedtak), and how long they last.

use kjent_core::view::{ClientView, DecisionView};
use leptos::prelude::*;

use crate::components::icon::{ALERT, CALENDAR};
use crate::components::tag::tag;
use crate::i18n::{I18n, date, service_word, t, t_string, use_i18n};

/// When so few days are left, it is said.
const SOON: i64 = 42;

/// The decisions, newest first.
#[component]
pub fn Decisions(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let all = Memo::new(move |_| data.with(|data| data.decisions.clone()));
    view! {
        <section class="kj-card" aria-labelledby="decisions-heading">
            <h2 class="ds-heading" data-size="2xs" id="decisions-heading">{t!(i18n, client.decisions)}</h2>
            {move || all.with(Vec::is_empty).then(|| view! { <p class="kj-subtle">{t!(i18n, client.decisions_none)}</p> })}
            <ul class="kj-plain-list kj-rows">
                {move || all.get().into_iter().map(|it| item(i18n, it)).collect_view()}
            </ul>
        </section>
    }
}

fn item(i18n: I18n, it: DecisionView) -> impl IntoView {
    let period = t_string!(
        i18n,
        client.decision_period,
        from = date(i18n, it.valid_from),
        to = date(i18n, it.valid_to)
    )
    .to_string();
    let left = match it.days_left {
        days if days <= 0 => tag("danger", ALERT, t_string!(i18n, client.decision_over)).into_any(),
        days if days <= SOON => tag(
            "warning",
            CALENDAR,
            t_string!(i18n, client.decision_left, count = days).to_string(),
        )
        .into_any(),
        _ => ().into_any(),
    };
    let facts = [
        (t_string!(i18n, client.decision_scope), it.scope),
        (t_string!(i18n, client.decision_purpose), it.purpose),
        (t_string!(i18n, client.decision_goal), it.client_goal),
    ];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| {
        view! { <dt>{name}</dt><dd>{text}</dd> }
    });
    view! {
        <li class="kj-item" data-testid="decision">
            <h3 class="kj-item-heading">{service_word(i18n, &it.service)}</h3>
            <p>{it.content}</p>
            <p class="kj-subtle">{period}</p>
            {left}
            <dl class="kj-facts">{facts.collect_view()}</dl>
        </li>
    }
}
