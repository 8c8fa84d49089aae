//! Evaluating a goal: how far, in the worker's words and in the client's, and what comes next.

use kjent_core::command::{EvaluateGoal, PlanDraft};
use kjent_core::fact::{GoalAttainment, GoalEvaluation};
use kjent_core::ids::{ClientId, GoalId};
use kjent_core::problem::Problem;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::item_form::Mode;
use crate::components::choice::Choices;
use crate::components::discussed::DiscussedField;
use crate::components::failure::Trouble;
use crate::components::text_field::TextArea;
use crate::i18n::{attainment_word, sentence, t, t_string, use_i18n};
use crate::ipc::call;
use crate::plan_draft::{KeptDraft, KeptLine, Texts, with_plan_draft};

/// The form, with what was typed in it before.
pub fn evaluation_form(
    client: ClientId,
    goal: GoalId,
    called: Memo<String>,
    open: RwSignal<bool>,
    editing: RwSignal<Option<Mode>>,
) -> impl IntoView {
    let place = Mode::Edit.place(client, "evaluation", Some(goal.0));
    with_plan_draft(place, move |kept| {
        view! { <EvaluationForm client goal called open editing kept /> }
    })
}

#[component]
fn EvaluationForm(
    client: ClientId,
    goal: GoalId,
    called: Memo<String>,
    open: RwSignal<bool>,
    /// Opens the goal's form: a goal that has changed is written anew.
    editing: RwSignal<Option<Mode>>,
    kept: KeptDraft,
) -> impl IntoView {
    let i18n = use_i18n();
    let (PlanDraft { texts, discussed, .. }, opened) = kept.open(Texts::new());
    let text = |field: &str| texts.get(field).cloned().unwrap_or_default();
    let outcome = texts.get("outcome").map(|code| GoalAttainment::from_code(code));
    let outcome = RwSignal::new(outcome);
    let goes_on = RwSignal::new(text("goes_on") != "off");
    let [words, client_view, next] =
        ["words", "client_view", "next"].map(|field| RwSignal::new(text(field)));
    let discussed = RwSignal::new(discussed);
    let keep = opened.keep(move || {
        let fields = [("words", words), ("client_view", client_view), ("next", next)];
        let mut texts: Texts =
            fields.into_iter().map(|(field, text)| (field.to_owned(), text.get())).collect();
        if let Some(outcome) = outcome.get() {
            texts.insert("outcome".to_owned(), outcome.code().to_owned());
        }
        let goes_on = if goes_on.get() { "on" } else { "off" };
        texts.insert("goes_on".to_owned(), goes_on.to_owned());
        PlanDraft { texts, discussed: discussed.get(), reason: String::new() }
    });
    let close = move || {
        keep.done();
        open.try_set(false);
    };
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let typed = |into: RwSignal<String>| Callback::new(move |text| into.set(text));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(outcome) = outcome.get_untracked() else {
            problem.set(Some(Problem::new("field_needed").with("field", "outcome")));
            return;
        };
        let Some(discussed) = discussed.get_untracked() else {
            problem.set(Some(Problem::new("discussion_needed")));
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let is_changed = outcome == GoalAttainment::Changed;
        let evaluation = GoalEvaluation {
            goal,
            goes_on: outcome.leaves_a_choice() && goes_on.get_untracked(),
            outcome,
            words: words.with_untracked(|it| it.trim().to_owned()),
            client_view: client_view.with_untracked(|it| it.trim().to_owned()),
            next: next.with_untracked(|it| it.trim().to_owned()),
            discussed,
        };
        spawn_local(async move {
            match call(EvaluateGoal { client, evaluation }).await {
                Ok(()) => {
                    if is_changed {
                        editing.try_set(Some(Mode::Edit));
                    }
                    close();
                }
                Err(why) => drop(problem.try_set(Some(why))),
            }
            busy.try_set(false);
        });
    };
    let wrong = move |code: &'static str| {
        Signal::derive(move || {
            problem.with(|it| it.as_ref().filter(|it| it.code == code).map(|it| sentence(i18n, it)))
        })
    };
    let outcome_error = wrong("field_needed");
    let other = move || {
        let told = ["field_needed", "discussion_needed", "reason_needed"];
        problem
            .get()
            .filter(|it| !told.contains(&it.code.as_str()))
            .map(|problem| view! { <Trouble problem /> })
    };
    let outcomes = GoalAttainment::ALL
        .iter()
        .map(|it| {
            ((it.clone(), Signal::derive(move || attainment_word(i18n, it))), it.code().to_owned())
        })
        .collect();
    let ways = move || {
        vec![
            (
                (true, Signal::derive(move || t_string!(i18n, plan.evaluation_on).to_owned())),
                "on".to_owned(),
            ),
            (
                (false, Signal::derive(move || t_string!(i18n, plan.evaluation_off).to_owned())),
                "off".to_owned(),
            ),
        ]
    };
    let of = format!("-{goal}");
    view! {
        <form class="kj-form kj-item-form" data-testid="evaluation-form" on:submit=save novalidate>
            <div>
                <Choices
                    name="evaluation-outcome"
                    legend=Signal::derive(move || t_string!(i18n, plan.evaluation_outcome).to_owned())
                    choices=outcomes
                    chosen=outcome
                    choose=Callback::new(move |it| outcome.set(Some(it)))
                />
                {crate::components::text_field::error_line(format!("evaluation-outcome-error{of}"), outcome_error)}
            </div>
            {move || outcome.with(|it| it.as_ref().is_some_and(GoalAttainment::leaves_a_choice)).then(|| view! {
                <Choices
                    name="evaluation-way"
                    legend=Signal::derive(move || t_string!(i18n, plan.evaluation_goes_on).to_owned())
                    choices=ways()
                    chosen=Signal::derive(move || Some(goes_on.get()))
                    choose=Callback::new(move |it| goes_on.set(it))
                />
            })}
            <div class="kj-words">
                <TextArea
                    id="evaluation-client"
                    of=of.clone()
                    label=Signal::derive(move || t_string!(i18n, plan.evaluation_client, name = called.get()).to_string())
                    seed=client_view.get_untracked()
                    typed=typed(client_view)
                />
            </div>
            <TextArea
                id="evaluation-words"
                of=of.clone()
                label=Signal::derive(move || t_string!(i18n, plan.evaluation_words).to_owned())
                seed=words.get_untracked()
                error=wrong("reason_needed")
                typed=typed(words)
            />
            <TextArea
                id="evaluation-next"
                of=of
                label=Signal::derive(move || t_string!(i18n, plan.evaluation_next).to_owned())
                seed=next.get_untracked()
                typed=typed(next)
            />
            <DiscussedField name="evaluation-discussed".to_owned() value=discussed called error=wrong("discussion_needed") />
            {other}
            <KeptLine keep />
            <div class="kj-form__actions">
                <button type="submit" class="ds-button" data-testid="save-evaluation" aria-disabled=move || busy.get().to_string()>
                    {t!(i18n, plan.evaluation_save)}
                </button>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-evaluation" on:click=move |_| close()>
                    {t!(i18n, app.cancel)}
                </button>
            </div>
        </form>
    }
}
