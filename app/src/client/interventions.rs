//! The interventions of the plan: what, why, how, when and by whom.

use kjent_core::plan::InterventionStatus;
use kjent_core::view::{ClientView, InterventionView};
use leptos::prelude::*;

use crate::i18n::{I18n, competence_word, t, t_string, use_i18n};

/// Those in use, and the ended ones folded away.
#[component]
pub fn Interventions(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let all = Memo::new(move |_| data.with(|data| data.interventions.clone()));
    let (active, ended) = (move || split(all.get()).0, move || split(all.get()).1);
    let folded = move || {
        let ended = ended();
        (!ended.is_empty()).then(|| {
            view! {
                <details class="kj-details">
                    <summary>{t!(i18n, client.ended)}</summary>
                    <ul class="kj-plain-list kj-rows">{ended.into_iter().map(|it| item(i18n, it)).collect_view()}</ul>
                </details>
            }
        })
    };
    view! {
        <section class="kj-card" aria-labelledby="plan-heading">
            <h2 class="ds-heading" data-size="2xs" id="plan-heading">{t!(i18n, client.interventions)}</h2>
            {move || active().is_empty().then(|| view! { <p class="kj-subtle">{t!(i18n, client.interventions_none)}</p> })}
            <ul class="kj-plain-list kj-rows">
                {move || active().into_iter().map(|it| item(i18n, it)).collect_view()}
            </ul>
            {folded}
        </section>
    }
}

fn split(all: Vec<InterventionView>) -> (Vec<InterventionView>, Vec<InterventionView>) {
    all.into_iter().partition(|it| it.status != InterventionStatus::Ended)
}

fn item(i18n: I18n, it: InterventionView) -> impl IntoView {
    let facts = [
        (t_string!(i18n, client.why), it.why),
        (t_string!(i18n, client.how), it.how),
        (t_string!(i18n, client.when), it.schedule),
        (t_string!(i18n, client.by_whom), Some(competence_word(i18n, &it.competence))),
        (t_string!(i18n, client.for_goal), it.goal),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(name, text)| text.map(|text| view! { <dt>{name}</dt><dd>{text}</dd> }));
    view! {
        <li data-testid="plan-intervention">
            <h3 class="kj-item-heading">{it.title}</h3>
            <dl class="kj-facts">{facts.collect_view()}</dl>
        </li>
    }
}
