//! The plan: goals with what serves them, needs without goals, what is asked for, and when it was
//! gone through. Everything is edited where it stands.

mod ended;
mod evaluation_form;
mod goal_card;
mod goal_form;
mod goal_history;
mod intervention_card;
mod intervention_form;
mod item_form;
mod notes_about;
mod plan_model;
mod progress;
mod proposals;
mod recurrence_field;
mod review;

use kjent_core::ids::GoalId;
use kjent_core::plan::{GoalStatus, InterventionStatus, Part};
use kjent_core::view::{ClientView, InterventionView};
use leptos::prelude::*;

pub use goal_history::unquoted;

use crate::components::icon::{PLUS, icon};
use crate::i18n::{t, use_i18n};
use goal_card::GoalCard;
use goal_form::NewGoal;
use intervention_card::{InterventionCard, Place};
use intervention_form::NewIntervention;

/// The part of the client's page.
#[component]
pub fn Plan(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let active = Memo::new(move |_| {
        data.with(|data| {
            let goals = data.goals.iter().filter(|goal| goal.status == GoalStatus::Active);
            goals.map(|goal| goal.goal).collect::<Vec<_>>()
        })
    });
    let stray = Memo::new(move |_| {
        data.with(|data| {
            let goals = active.get();
            let is_stray = |it: &&InterventionView| {
                it.status != InterventionStatus::Ended
                    && it.goal.is_none_or(|goal| !goals.contains(&goal))
            };
            data.interventions.iter().filter(is_stray).map(|it| it.intervention).collect::<Vec<_>>()
        })
    });
    let adding_goal = RwSignal::new(false);
    let adding = RwSignal::new(false);
    let may = move |part| data.with(|data| data.may_edit(part));
    let new_goal = move || {
        if adding_goal.get() {
            view! { <NewGoal data open=adding_goal /> }.into_any()
        } else {
            may(Part::Goals).then(|| view! {
                <button type="button" class="ds-button" data-variant="secondary" data-testid="new-goal" on:click=move |_| adding_goal.set(true)>
                    {icon(PLUS)} <span>{t!(i18n, plan.goals_new)}</span>
                </button>
            }).into_any()
        }
    };
    let new_intervention = move || {
        if adding.get() {
            view! { <NewIntervention data open=adding goal=None /> }.into_any()
        } else {
            may(Part::Interventions).then(|| view! {
                <button type="button" class="ds-button" data-variant="secondary" data-testid="new-intervention" on:click=move |_| adding.set(true)>
                    {icon(PLUS)} <span>{t!(i18n, plan.interventions_new)}</span>
                </button>
            }).into_any()
        }
    };
    view! {
        <review::Review data />
        <proposals::Proposals data />
        <div class="kj-section kj-card__head">
            <h2 class="ds-heading" data-size="xs">{t!(i18n, client.goals)}</h2>
        </div>
        {move || active.with(Vec::is_empty).then(|| view! { <p class="kj-card kj-subtle">{t!(i18n, client.goals_none)}</p> })}
        <For each=move || active.get() key=|goal| *goal let(goal)>
            {goal_card(data, goal)}
        </For>
        <div class="kj-plan__add">{new_goal}</div>
        {move || (!stray.with(Vec::is_empty)).then(|| view! {
            <div class="kj-section">
                <h2 class="ds-heading" data-size="xs" data-testid="without-goal">{t!(i18n, plan.without_goal)}</h2>
                <p class="kj-subtle">{t!(i18n, plan.without_goal_hint, name = move || called.get())}</p>
            </div>
        })}
        <For each=move || stray.get() key=|id| *id let(id)>
            <section class="kj-card"><InterventionCard data id place=Place::Alone /></section>
        </For>
        <div class="kj-plan__add">{new_intervention}</div>
        <ended::Ended data />
    }
}

/// A goal's card keeps its state (being edited, say) while the page's data is refreshed.
fn goal_card(data: Memo<ClientView>, id: GoalId) -> impl IntoView {
    let goal = Memo::new(move |old: Option<&Option<_>>| {
        data.with(|data| data.goals.iter().find(|goal| goal.goal == id).cloned())
            .or_else(|| old.cloned().flatten())
    });
    // Asked apart, so that the card is made once and not at each change of its goal.
    let is_there = Memo::new(move |_| goal.with(Option::is_some));
    move || is_there.get().then(|| view! { <GoalCard data goal /> })
}
