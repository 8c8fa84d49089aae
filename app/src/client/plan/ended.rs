//! What the plan has behind it: ended goals and interventions, folded away.

use kjent_core::plan::{GoalStatus, InterventionStatus};
use kjent_core::view::ClientView;
use leptos::prelude::*;

use super::goal_card;
use super::intervention_card::{InterventionCard, Place};
use crate::i18n::{t, use_i18n};

/// Both folds.
#[component]
pub fn Ended(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let goals = Memo::new(move |_| {
        data.with(|data| {
            let ended = data.goals.iter().filter(|goal| goal.status != GoalStatus::Active);
            ended.map(|goal| goal.goal).collect::<Vec<_>>()
        })
    });
    let interventions = Memo::new(move |_| {
        data.with(|data| {
            let ended = data.interventions.iter();
            let ended = ended.filter(|it| it.status == InterventionStatus::Ended);
            ended.map(|it| it.intervention).collect::<Vec<_>>()
        })
    });
    view! {
        <details class="kj-details" hidden=move || goals.with(Vec::is_empty) data-testid="ended-goals">
            <summary>{t!(i18n, plan.ended_goals)}</summary>
            <div class="kj-journal">
                <For each=move || goals.get() key=|goal| *goal let(goal)>{goal_card(data, goal)}</For>
            </div>
        </details>
        <details class="kj-details" hidden=move || interventions.with(Vec::is_empty) data-testid="ended-interventions">
            <summary>{t!(i18n, client.ended)}</summary>
            <div class="kj-card kj-rows">
                <For each=move || interventions.get() key=|id| *id let(id)><InterventionCard data id place=Place::Alone /></For>
            </div>
        </details>
    }
}
