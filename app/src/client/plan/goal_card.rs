//! One goal: the words, whose wish, how it goes, and what serves it.

use kjent_core::ids::InterventionId;
use kjent_core::plan::{GoalStatus, InterventionStatus, Part, UNTOUCHED_VISITS};
use kjent_core::view::{ClientView, GoalView};
use leptos::prelude::*;

use super::evaluation_form::evaluation_form;
use super::goal_form::GoalForm;
use super::goal_history::{history, mark};
use super::intervention_card::InterventionCard;
use super::intervention_form::NewIntervention;
use super::item_form::Mode;
use super::progress::Progress;
use crate::client::conflicts::Conflicts;
use crate::components::icon::{CHECK_CIRCLE, CLOCK, PENCIL, PLUS, icon};
use crate::components::tag::tag;
use crate::i18n::{
    I18n, area_word, expressed_word, relative_day, status_word, t, t_string, use_i18n,
};

/// The card.
#[component]
pub fn GoalCard(data: Memo<ClientView>, goal: Memo<Option<GoalView>>) -> impl IntoView {
    let i18n = use_i18n();
    let Some(id) = goal.with_untracked(|goal| goal.as_ref().map(|goal| goal.goal)) else {
        return ().into_any();
    };
    let client = data.with_untracked(|data| data.client);
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let editing = RwSignal::new(None::<Mode>);
    let evaluating = RwSignal::new(false);
    let adding = RwSignal::new(false);
    let proposed = RwSignal::new(false);
    let may_edit = Memo::new(move |_| data.with(|data| data.may_edit(Part::Goals)));
    let is_active = Memo::new(move |_| {
        goal.with(|goal| goal.as_ref().is_some_and(|goal| goal.status == GoalStatus::Active))
    });
    let title = move || {
        goal.with(|goal| goal.as_ref().map(|goal| goal.title.value.clone()).unwrap_or_default())
    };
    let form = move || {
        editing.get().and_then(|mode| {
            let seed = goal.get_untracked()?;
            Some(view! { <GoalForm data goal=seed mode open=editing proposed /> })
        })
    };
    let served = Memo::new(move |_| served_by(&data.get(), id));
    let button = move |test_id: &'static str,
                       svg,
                       words: Signal<&'static str>,
                       act: Callback<()>| {
        view! {
            <button type="button" class="ds-button" data-variant="tertiary" data-testid=test_id on:click=move |_| act.run(())>
                {icon(svg)}
                <span>{words}</span>
                <span class="ds-sr-only">{title}</span>
            </button>
        }
    };
    let actions = move || {
        let is_free = editing.with(Option::is_none) && !evaluating.get();
        (is_free && is_active.get()).then(|| {
            if may_edit.get() {
                view! {
                    <div class="kj-plan__actions">
                        {button("edit-goal", PENCIL, Signal::derive(move || t_string!(i18n, client.edit_goal)), Callback::new(move |()| editing.set(Some(Mode::Edit))))}
                        {button("evaluate-goal", CHECK_CIRCLE, Signal::derive(move || t_string!(i18n, plan.goal_evaluate)), Callback::new(move |()| evaluating.set(true)))}
                        {button("add-intervention", PLUS, Signal::derive(move || t_string!(i18n, plan.interventions_new)), Callback::new(move |()| adding.set(true)))}
                    </div>
                }
                .into_any()
            } else {
                button("propose-goal", PENCIL, Signal::derive(move || t_string!(i18n, plan.propose)), Callback::new(move |()| editing.set(Some(Mode::Propose)))).into_any()
            }
        })
    };
    view! {
        <article class="kj-card" data-testid="goal" data-goal=id.to_string()>
            <div class="kj-card__head">
                <h3 class="ds-heading" data-size="2xs" data-testid="goal-heading">{title}</h3>
                <div class="kj-tags">{move || goal.with(|goal| goal.as_ref().map(|goal| tags(i18n, goal)))}</div>
            </div>
            <Conflicts data part=Part::Goals object=id.0 />
            {move || goal.with(|goal| goal.as_ref().map(|goal| facts(i18n, goal, &called.get())))}
            {form}
            {move || evaluating.get().then(|| evaluation_form(client, id, called, evaluating, editing))}
            {move || (is_active.get() && editing.with(Option::is_none) && !evaluating.get()).then(|| view! { <Progress client goal=id called /> })}
            <Show when=move || proposed.get()>
                <p class="kj-subtle" role="status" data-testid="proposed">{t!(i18n, plan.proposed)}</p>
            </Show>
            {move || goal.with(|goal| goal.as_ref().map(|goal| history(i18n, goal, &called.get())))}
            {actions}
            {move || adding.get().then(|| view! { <NewIntervention data open=adding goal=Some(id) /> })}
            <div class="kj-plan__served" hidden=move || served.with(Vec::is_empty)>
                <h4 class="kj-small-heading">{t!(i18n, client.served_by)}</h4>
                <For each=move || served.get() key=|id| *id let(id)>
                    <InterventionCard data id />
                </For>
            </div>
        </article>
    }
    .into_any()
}

fn served_by(data: &ClientView, goal: kjent_core::ids::GoalId) -> Vec<InterventionId> {
    let served = data.interventions.iter().filter(|it| it.goal == Some(goal));
    served.filter(|it| it.status != InterventionStatus::Ended).map(|it| it.intervention).collect()
}

fn tags(i18n: I18n, goal: &GoalView) -> impl IntoView + use<> {
    let color = match goal.status {
        GoalStatus::Active => "info",
        GoalStatus::Reached | GoalStatus::PartlyReached => "success",
        _ => "neutral",
    };
    let is_untouched = goal.status == GoalStatus::Active && goal.untouched >= UNTOUCHED_VISITS;
    let untouched = is_untouched.then(|| {
        let words = t_string!(i18n, plan.untouched, count = goal.untouched).to_string();
        view! { <span data-testid="untouched">{tag("warning", CLOCK, words)}</span> }
    });
    view! {
        {untouched}
        <span class="ds-tag" data-color=color data-testid="goal-status-tag">{status_word(i18n, &goal.status)}</span>
    }
}

fn facts(i18n: I18n, goal: &GoalView, called: &str) -> impl IntoView + use<> {
    let due =
        goal.due.map(|day| t_string!(i18n, client.due, day = relative_day(i18n, day)).to_string());
    let wish = expressed_word(i18n, &goal.expressed_by, called);
    let area = goal.need_area.as_ref().map(|area| area_word(i18n, area));
    let line = std::iter::once(wish).chain(area).chain(due).collect::<Vec<_>>().join(" · ");
    let own_part = (!goal.own_part.value.is_empty()).then(|| {
        view! {
            <dl class="kj-facts">
                <dt>{t_string!(i18n, client.own_part, name = called.to_owned()).to_string()}</dt>
                <dd>{goal.own_part.value.clone()}</dd>
            </dl>
        }
    });
    let last = match goal.progress.first() {
        Some(last) => view! { <ul class="kj-marks">{mark(i18n, last, called)}</ul> }.into_any(),
        None => view! { <p class="kj-subtle">{t!(i18n, client.progress_none)}</p> }.into_any(),
    };
    view! {
        <p class="kj-subtle">{line}</p>
        {own_part}
        {last}
    }
}
