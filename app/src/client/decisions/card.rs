//! One decision.

use kjent_core::ids::ClientId;
use kjent_core::plan::decision::Standing;
use kjent_core::view::DecisionView;
use leptos::prelude::*;

use super::decision_form::DecisionForm;
use super::delivery::Delivery;
use super::fields::{FIELDS, label, shown};
use super::warnings::warnings;
use crate::components::icon::{ALERT, CALENDAR, PENCIL, icon};
use crate::components::tag::tag;
use crate::i18n::{I18n, date, service_word, t, t_string, use_i18n};

/// What is granted, how long, what can't be right, and what was delivered; the rest folded away.
#[component]
pub fn Card(
    client: ClientId,
    decision: Memo<Option<DecisionView>>,
    may_edit: Memo<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_editing = RwSignal::new(false);
    let edit = move || {
        (may_edit.get() && !is_editing.get()).then(|| {
            view! {
                <button type="button" class="ds-button" data-variant="tertiary" data-testid="edit-decision" on:click=move |_| is_editing.set(true)>
                    {icon(PENCIL)}
                    <span>{t!(i18n, decisions.edit)}</span>
                </button>
            }
        })
    };
    let content = move || {
        let view = decision.get()?;
        Some(if is_editing.get() {
            view! { <DecisionForm client decision=Some(view) is_open=is_editing /> }.into_any()
        } else {
            facts(i18n, &view).into_any()
        })
    };
    view! {
        <article class="kj-card" data-testid="decision">
            {content}
            {move || (!is_editing.get()).then(|| view! { <Delivery client decision /> })}
            {edit}
        </article>
    }
}

fn facts(i18n: I18n, view: &DecisionView) -> impl IntoView + use<> {
    let it = &view.decision;
    let period = t_string!(
        i18n,
        client.decision_period,
        from = date(i18n, it.valid_from),
        to = date(i18n, it.valid_to)
    )
    .to_string();
    let lead = [it.content.clone(), it.scope.clone()];
    let lead: Vec<String> = lead.into_iter().filter(|text| !text.is_empty()).collect();
    let appeal = view.appeal_by.map(|day| {
        let words = t_string!(i18n, decisions.appeal_by, day = date(i18n, day)).to_string();
        view! { <p class="kj-subtle">{words}</p> }
    });
    let goal = (!it.client_goal.is_empty()).then(|| {
        view! {
            <dl class="kj-facts"><dt>{t!(i18n, client.decision_goal)}</dt><dd>{it.client_goal.clone()}</dd></dl>
        }
    });
    let rest: Vec<_> = FIELDS
        .iter()
        .filter_map(|field| {
            let value = shown(i18n, field, it)?;
            Some(view! { <dt>{label(i18n, field.name)}</dt><dd class="kj-text">{value}</dd> })
        })
        .collect();
    view! {
        <div class="kj-card__head">
            <h3 class="ds-heading" data-size="2xs">{service_word(i18n, &it.service)}</h3>
            {standing(i18n, view.standing)}
        </div>
        <p>{lead.join(", ")}</p>
        <p class="kj-subtle">{period}</p>
        {appeal}
        {goal}
        {warnings(i18n, &view.warnings)}
        <details class="kj-details">
            <summary data-testid="whole-decision">{t!(i18n, decisions.whole)}</summary>
            <dl class="kj-facts">{rest}</dl>
        </details>
    }
}

fn standing(i18n: I18n, standing: Standing) -> impl IntoView + use<> {
    match standing {
        Standing::Valid => None,
        Standing::Coming => {
            Some(tag("info", CALENDAR, t_string!(i18n, decisions.coming)).into_any())
        }
        Standing::RunsOut { days_left, within } => {
            let color = if within > 7 { "warning" } else { "danger" };
            let words = t_string!(i18n, client.decision_left, count = days_left).to_string();
            Some(tag(color, CALENDAR, words).into_any())
        }
        Standing::Ended => {
            Some(tag("danger", ALERT, t_string!(i18n, client.decision_over)).into_any())
        }
    }
}
