//! The plan of a visit that nobody has begun, and of one that is signed: to read.

use kjent_core::view::{VisitInterventionView, VisitView};
use leptos::prelude::*;

use super::intervention_row::how_and_why;
use crate::i18n::{I18n, direction_word, t, t_string, use_i18n};

/// The interventions and the goals, without anything to tap.
#[component]
pub fn PlanAhead(view: Memo<VisitView>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="kj-card">
            <h2 class="ds-heading" data-size="2xs">{t!(i18n, visit.interventions)}</h2>
            {move || view.with(|view| interventions(i18n, &view.interventions))}
        </section>
        {move || view.with(|view| goals(i18n, view))}
    }
}

fn interventions(i18n: I18n, all: &[VisitInterventionView]) -> impl IntoView + use<> {
    if all.is_empty() {
        return view! { <p class="kj-subtle">{t!(i18n, visit.interventions_none)}</p> }.into_any();
    }
    let row = |it: &VisitInterventionView| {
        view! {
            <li>
                <p class="kj-do__title">{it.title.clone()}</p>
                <p class="kj-subtle">{how_and_why(i18n, it)}</p>
            </li>
        }
    };
    view! { <ul class="kj-plain-list kj-rows">{all.iter().map(row).collect_view()}</ul> }.into_any()
}

fn goals(i18n: I18n, view: &VisitView) -> impl IntoView + use<> {
    let goal = |it: &kjent_core::view::VisitGoalView| {
        let last = it.last.as_ref().map(|last| {
            t_string!(i18n, visit.goal_last, direction = direction_word(i18n, last)).to_string()
        });
        view! {
            <section class="kj-card">
                <div class="kj-card__head">
                    <h2 class="ds-heading" data-size="2xs">{t!(i18n, visit.goal, title = it.title.clone())}</h2>
                    <p class="kj-subtle">{last}</p>
                </div>
            </section>
        }
    };
    view.goals.iter().map(goal).collect_view()
}
