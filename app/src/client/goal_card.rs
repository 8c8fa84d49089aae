//! One goal: the words, whose wish, its conflicts, what serves it and how it goes.

use kjent_core::command::{EditGoal, GoalEdit};
use kjent_core::fact::Direction;
use kjent_core::plan::GoalStatus;
use kjent_core::problem::Problem;
use kjent_core::view::{ClientView, GoalView, ProgressView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::goal_edit::EditForm;
use crate::components::conflict::Conflict;
use crate::components::failure::Trouble;
use crate::components::icon::{DOWN, FORWARD, PENCIL, UP, icon};
use crate::i18n::{
    I18n, direction_word, expressed_word, relative_day, source_word, status_word, t, t_string,
    use_i18n,
};
use crate::ipc::call;

/// How many progress marks are shown.
const MARKS: usize = 6;

/// The card.
#[component]
pub fn GoalCard(data: Memo<ClientView>, goal: Memo<Option<GoalView>>) -> impl IntoView {
    let i18n = use_i18n();
    let editing = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let client = data.with_untracked(|data| data.client);
    let may_edit = Memo::new(move |_| data.with(|data| data.may_edit_goals));
    let of = move |read: fn(&GoalView) -> String| {
        goal.with(|goal| goal.as_ref().map(read).unwrap_or_default())
    };
    let choose = move |edit: fn(String) -> GoalEdit| {
        may_edit.get().then(|| {
            Callback::new(move |value| {
                let Some(goal) = goal.with_untracked(|goal| goal.as_ref().map(|goal| goal.goal))
                else {
                    return;
                };
                problem.set(None);
                spawn_local(async move {
                    if let Err(why) = call(EditGoal { client, goal, edit: edit(value) }).await {
                        problem.try_set(Some(why));
                    }
                });
            })
        })
    };
    let conflicts = move || {
        view! {
            <Conflict
                field=Signal::derive(move || t_string!(i18n, client.goal_title).to_owned())
                values=Signal::derive(move || goal.with(|goal| goal.as_ref().map(|goal| goal.title.conflict.clone()).unwrap_or_default()))
                choose=choose(GoalEdit::Title)
            />
            <Conflict
                field=Signal::derive(move || t_string!(i18n, client.own_part, name = data.with(|data| data.called.clone())).to_string())
                values=Signal::derive(move || goal.with(|goal| goal.as_ref().map(|goal| goal.own_part.conflict.clone()).unwrap_or_default()))
                choose=choose(GoalEdit::OwnPart)
            />
            <Conflict
                field=Signal::derive(move || t_string!(i18n, client.goal_status).to_owned())
                values=Signal::derive(move || goal.with(|goal| goal.as_ref().map(|goal| goal.status_conflict.clone()).unwrap_or_default()))
                word=Callback::new(move |code: String| status_word(i18n, &GoalStatus::from_code(&code)))
                choose=choose(|code| GoalEdit::Status(GoalStatus::from_code(&code)))
            />
        }
    };
    let edit_button = move || {
        (may_edit.get() && !editing.get()).then(|| {
            view! {
                <button type="button" class="ds-button" data-variant="tertiary" data-testid="edit-goal" on:click=move |_| editing.set(true)>
                    {icon(PENCIL)}
                    <span>{t!(i18n, client.edit_goal)}</span>
                    <span class="ds-sr-only">{of(|goal| goal.title.value.clone())}</span>
                </button>
            }
        })
    };
    view! {
        <article class="kj-card" data-testid="goal">
            <div class="kj-card__head">
                <h3 class="ds-heading" data-size="2xs" data-testid="goal-heading">{move || of(|goal| goal.title.value.clone())}</h3>
                {move || goal.with(|goal| goal.as_ref().map(|goal| status_tag(i18n, &goal.status)))}
            </div>
            {conflicts}
            {move || {
                if editing.get() {
                    view! { <EditForm client goal editing called=Signal::derive(move || data.with(|data| data.called.clone())) /> }.into_any()
                } else {
                    let called = data.with(|data| data.called.clone());
                    goal.with(|goal| goal.as_ref().map(|goal| facts(i18n, goal, &called))).into_any()
                }
            }}
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            {edit_button}
        </article>
    }
}

fn status_tag(i18n: I18n, status: &GoalStatus) -> impl IntoView + use<> {
    let color = match status {
        GoalStatus::Active => "info",
        GoalStatus::Reached | GoalStatus::PartlyReached => "success",
        _ => "neutral",
    };
    view! { <span class="ds-tag" data-color=color data-testid="goal-status-tag">{status_word(i18n, status)}</span> }
}

fn facts(i18n: I18n, goal: &GoalView, called: &str) -> impl IntoView + use<> {
    let due =
        goal.due.map(|day| t_string!(i18n, client.due, day = relative_day(i18n, day)).to_string());
    let wish = expressed_word(i18n, &goal.expressed_by, called);
    let wish = std::iter::once(wish).chain(due).collect::<Vec<_>>().join(" · ");
    let own_part = (!goal.own_part.value.is_empty()).then(|| {
        view! {
            <dt>{t_string!(i18n, client.own_part, name = called.to_owned()).to_string()}</dt>
            <dd>{goal.own_part.value.clone()}</dd>
        }
    });
    let served_by = (!goal.interventions.is_empty()).then(|| {
        view! { <dt>{t_string!(i18n, client.served_by)}</dt><dd>{goal.interventions.join(" · ")}</dd> }
    });
    let facts = (own_part.is_some() || served_by.is_some())
        .then(|| view! { <dl class="kj-facts">{own_part}{served_by}</dl> });
    let marks = if goal.progress.is_empty() {
        view! { <p class="kj-subtle">{t!(i18n, client.progress_none)}</p> }.into_any()
    } else {
        let marks =
            goal.progress.iter().take(MARKS).map(|it| mark(i18n, it, called)).collect_view();
        view! {
            <div>
                <h4 class="kj-small-heading">{t!(i18n, client.progress)}</h4>
                <ul class="kj-marks">{marks}</ul>
            </div>
        }
        .into_any()
    };
    view! {
        <p class="kj-subtle">{wish}</p>
        {facts}
        {marks}
    }
}

fn mark(i18n: I18n, it: &ProgressView, called: &str) -> impl IntoView + use<> {
    let svg = match it.direction {
        Direction::Closer => UP,
        Direction::Further => DOWN,
        _ => FORWARD,
    };
    let says = format!(
        "{}, {}",
        direction_word(i18n, &it.direction),
        source_word(i18n, &it.source, called)
    );
    let words =
        (!it.words.is_empty()).then(|| view! { <span class="kj-text">{it.words.clone()}</span> });
    view! {
        <li class="kj-mark" data-direction=it.direction.code().to_owned() data-testid="progress-mark">
            {icon(svg)}
            <span>
                <span>{says}</span>
                <span class="kj-subtle">{format!(" · {} {}", it.by, relative_day(i18n, it.at.date()))}</span>
                {words}
            </span>
        </li>
    }
}
