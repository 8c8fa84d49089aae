//! How the goals are going, and who says so.

use kjent_core::fact::{Direction, ProgressSource};
use kjent_core::view::{VisitGoalView, VisitView};
use leptos::prelude::*;

use super::visit_form::VisitForm;
use super::visit_model::{clear_progress, progress, set_direction, set_source};
use crate::components::choice::{Choices, Quiet};
use crate::components::icon::{DOWN, FORWARD, UP, icon};
use crate::i18n::{direction_word, t, t_string, use_i18n};

/// A card for each goal that this visit serves.
#[component]
pub fn Goals(view: Memo<VisitView>, form: VisitForm) -> impl IntoView {
    let goals = Memo::new(move |_| view.with(|view| view.goals.clone()));
    let called = Memo::new(move |_| view.with(|view| view.called.clone()));
    view! {
        <For each=move || goals.get() key=|it| (it.goal, it.title.clone(), it.last.clone()) let(it)>
            <GoalCard goal=it called form />
        </For>
    }
}

#[component]
fn GoalCard(goal: VisitGoalView, called: Memo<String>, form: VisitForm) -> impl IntoView {
    let i18n = use_i18n();
    let id = goal.goal;
    let noted = Memo::new(move |_| form.draft.with(|draft| progress(draft, id).cloned()));
    let source = Memo::new(move |_| noted.get().map(|it| it.source));
    let ask = move || match source.get() {
        Some(ProgressSource::Relative) => t_string!(i18n, visit.goal_ask_relative).to_owned(),
        Some(ProgressSource::Worker) => t_string!(i18n, visit.goal_ask_worker).to_owned(),
        _ => t_string!(i18n, visit.goal_ask_client, name = called.get()).to_string(),
    };
    let last = move || {
        goal.last.as_ref().map(|it| {
            t_string!(i18n, visit.goal_last, direction = direction_word(i18n, it)).to_string()
        })
    };
    let button = move |direction: Direction, svg| {
        let code = direction.code().to_owned();
        let words = direction.clone();
        let pressed = {
            let direction = direction.clone();
            Memo::new(move |_| {
                noted.with(|it| it.as_ref().is_some_and(|it| it.direction == direction))
            })
        };
        let tapped = move |_| {
            let direction = direction.clone();
            form.tap(|draft| {
                if pressed.get_untracked() {
                    clear_progress(draft, id)
                } else {
                    set_direction(draft, id, direction)
                }
            });
        };
        view! {
            <button type="button" class="kj-answer" data-answer=code.clone() data-testid=format!("goal-{code}")
                aria-pressed=move || pressed.get().to_string() on:click=tapped>
                {icon(svg)}
                <span>{move || direction_word(i18n, &words)}</span>
            </button>
        }
    };
    let heading = format!("goal-{id}");
    view! {
        <section class="kj-card" data-testid="goal" aria-labelledby=heading.clone()>
            <div class="kj-card__head">
                <h2 class="ds-heading" data-size="2xs" id=heading.clone()>{t!(i18n, visit.goal, title = goal.title.clone())}</h2>
                <p class="kj-subtle">{last}</p>
            </div>
            <div class="kj-goal__ask">
                <p id=format!("{heading}-ask")>{ask}</p>
                <div class="kj-goal__directions" role="group" aria-labelledby=format!("{heading}-ask")>
                    {button(Direction::Further, DOWN)}
                    {button(Direction::Same, FORWARD)}
                    {button(Direction::Closer, UP)}
                </div>
            </div>
            {move || noted.with(Option::is_some).then(|| view! { <Source id called source form /> })}
        </section>
    }
}

#[component]
fn Source(
    id: kjent_core::ids::GoalId,
    called: Memo<String>,
    source: Memo<Option<ProgressSource>>,
    form: VisitForm,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move |source: &ProgressSource| match source {
        ProgressSource::Relative => t_string!(i18n, visit.source_relative).to_owned(),
        ProgressSource::Worker => t_string!(i18n, visit.source_worker).to_owned(),
        _ => t_string!(i18n, visit.source_client, name = called.get()).to_string(),
    };
    let choices = ProgressSource::ALL
        .iter()
        .map(|source| {
            ((source.clone(), Signal::derive(move || words(source))), source.code().to_owned())
        })
        .collect();
    view! {
        <Choices
            name=format!("goal-source-{id}")
            legend=Signal::derive(move || t_string!(i18n, visit.who_says).to_owned())
            choices=choices
            chosen=source
            choose=Callback::new(move |source| form.tap(|draft| set_source(draft, id, source)))
            quiet=Quiet::No
        />
    }
}
