//! Editing a goal in its place: only the fields that were changed are written.

use kjent_core::command::EditGoal;
use kjent_core::ids::ClientId;
use kjent_core::plan::GoalStatus;
use kjent_core::problem::Problem;
use kjent_core::view::GoalView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::client_model::GoalForm;
use crate::components::choice::Choices;
use crate::components::failure::Trouble;
use crate::components::text_field::{TextArea, TextInput};
use crate::i18n::{status_word, t, t_string, use_i18n};
use crate::ipc::call;

/// The form, seeded with the goal as it is when it opens.
#[component]
pub fn EditForm(
    client: ClientId,
    goal: Memo<Option<GoalView>>,
    editing: RwSignal<bool>,
    #[prop(into)] called: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let seed =
        goal.with_untracked(|goal| goal.as_ref().map(|goal| (goal.goal, GoalForm::of(goal))));
    let Some((id, before)) = seed else { return ().into_any() };
    let form = RwSignal::new(before.clone());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let typed = move |put: fn(&mut GoalForm, String)| {
        Callback::new(move |text| form.update(|form| put(form, text)))
    };
    let save = {
        let before = before.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            problem.set(None);
            let edits = form.with_untracked(|form| form.edits(&before));
            spawn_local(async move {
                let mut failed = None;
                for edit in edits {
                    if let Err(why) = call(EditGoal { client, goal: id, edit }).await {
                        failed = Some(why);
                        break;
                    }
                }
                busy.try_set(false);
                match failed {
                    None => drop(editing.try_set(false)),
                    Some(why) => drop(problem.try_set(Some(why))),
                }
            });
        }
    };
    let choices = GoalStatus::ALL
        .iter()
        .map(|status| {
            (
                (status.clone(), Signal::derive(move || status_word(i18n, status))),
                status.code().to_owned(),
            )
        })
        .collect();
    view! {
        <form class="kj-form" data-testid="goal-form" on:submit=save>
            <TextInput
                id="goal-title"
                of=format!("-{id}")
                label=Signal::derive(move || t_string!(i18n, client.goal_title).to_owned())
                seed=before.title
                wrong=Signal::derive(move || problem.with(|it| it.as_ref().is_some_and(|it| it.code == "goal_needs_title")))
                typed=typed(|form, text| form.title = text)
            />
            <TextArea
                id="goal-own-part"
                of=format!("-{id}")
                label=Signal::derive(move || t_string!(i18n, client.own_part, name = called.get()).to_string())
                seed=before.own_part
                typed=typed(|form, text| form.own_part = text)
            />
            <Choices
                name="goal-status"
                legend=Signal::derive(move || t_string!(i18n, client.goal_status).to_owned())
                choices=choices
                chosen=Signal::derive(move || form.with(|form| Some(form.status.clone())))
                choose=Callback::new(move |status| form.update(|form| form.status = status))
            />
            <TextInput
                id="goal-due"
                of=format!("-{id}")
                kind="date"
                label=Signal::derive(move || t_string!(i18n, client.goal_due).to_owned())
                seed=before.due.map(|day| day.to_string()).unwrap_or_default()
                typed=typed(|form, text| form.due = text.parse().ok())
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <div class="kj-form__actions">
                <button type="submit" class="ds-button" data-testid="save-goal" aria-disabled=move || busy.get().to_string()>
                    {t!(i18n, app.save)}
                </button>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-goal" on:click=move |_| editing.set(false)>
                    {t!(i18n, app.cancel)}
                </button>
            </div>
        </form>
    }
    .into_any()
}
