//! One intervention to answer for: done, or not and why.

use kjent_core::fact::NotDoneReason;
use kjent_core::view::VisitInterventionView;
use leptos::prelude::*;

use super::otherwise::Otherwise;
use super::visit_form::VisitForm;
use super::visit_model::{Answer, adjustment, answer, toggle_answer};
use crate::components::icon::{ALERT, CHECK, icon};
use crate::components::tag::tag;
use crate::i18n::{I18n, competence_word, not_done_word, t, t_string, use_i18n};

/// The small line under an intervention: how, and why.
pub fn how_and_why(i18n: I18n, it: &VisitInterventionView) -> String {
    let why =
        it.why.as_ref().map(|why| t_string!(i18n, visit.because, why = why.clone()).to_string());
    it.how.iter().cloned().chain(why).collect::<Vec<_>>().join(" · ")
}

/// The row with its two buttons; «Ikke» opens the reasons, and a reason closes them.
#[component]
pub fn InterventionRow(intervention: VisitInterventionView, form: VisitForm) -> impl IntoView {
    let i18n = use_i18n();
    let id = intervention.intervention;
    let choosing = RwSignal::new(false);
    let is_adjusted = Memo::new(move |_| form.draft.with(|draft| adjustment(draft, id).is_some()));
    // What is written stays in sight.
    let otherwise = RwSignal::new(is_adjusted.get_untracked());
    let answered = Memo::new(move |_| form.draft.with(|draft| answer(draft, id)));
    let is_done = move || answered.get() == Some(Answer::Done);
    let reason = move || match answered.get() {
        Some(Answer::NotDone(reason)) => Some(reason),
        _ => None,
    };
    let title = StoredValue::new(intervention.title.clone());
    let about = move |words: String| {
        t_string!(i18n, visit.answer_for, answer = words, what = title.get_value()).to_string()
    };
    let not_done = move || match reason() {
        Some(reason) => {
            t_string!(i18n, visit.not_done_because, why = not_done_word(i18n, &reason)).to_string()
        }
        None => t_string!(i18n, visit.not_done).to_owned(),
    };
    let done_tapped = move |_| {
        choosing.set(false);
        form.tap(|draft| toggle_answer(draft, id, Answer::Done));
    };
    let choose = move |reason: NotDoneReason| {
        choosing.set(false);
        form.tap(|draft| toggle_answer(draft, id, Answer::NotDone(reason)));
    };
    let asks_for = intervention.asks_for.clone().map(|competence| {
        let words = move || {
            let who = competence_word(i18n, &competence);
            t_string!(i18n, visits.asks_for, who = who).to_string()
        };
        view! { <p data-testid="asks-for">{tag("warning", ALERT, words)}</p> }
    });
    let small = move || how_and_why(i18n, &intervention);
    view! {
        <li class="kj-do" data-testid="intervention">
            <div class="kj-do__what">
                <p class="kj-do__title">{title.get_value()}</p>
                <p class="kj-subtle">{small}</p>
                {asks_for}
            </div>
            <div class="kj-do__answers">
                <button
                    type="button"
                    class="kj-answer"
                    data-answer="done"
                    data-testid="intervention-done"
                    aria-pressed=move || is_done().to_string()
                    aria-label=move || about(t_string!(i18n, visit.done).to_owned())
                    on:click=done_tapped
                >
                    {icon(CHECK)}
                    <span>{t!(i18n, visit.done)}</span>
                </button>
                <button
                    type="button"
                    class="kj-answer"
                    data-answer="not_done"
                    data-testid="intervention-not-done"
                    aria-pressed=move || reason().is_some().to_string()
                    aria-expanded=move || choosing.get().to_string()
                    aria-label=move || about(not_done())
                    on:click=move |_| choosing.update(|open| *open = !*open)
                >
                    {not_done}
                </button>
                <button
                    type="button"
                    class="kj-answer"
                    data-answer="otherwise"
                    data-testid="otherwise"
                    aria-pressed=move || is_adjusted.get().to_string()
                    aria-expanded=move || otherwise.get().to_string()
                    aria-label=move || t_string!(i18n, visits.otherwise_for, what = title.get_value()).to_string()
                    on:click=move |_| otherwise.update(|open| *open = !*open || is_adjusted.get_untracked())
                >
                    {t!(i18n, visits.otherwise)}
                </button>
            </div>
            {move || otherwise.get().then(|| view! { <Otherwise intervention=id form /> })}
            {move || choosing.get().then(|| reasons(i18n, reason(), choose))}
        </li>
    }
}

fn reasons(
    i18n: I18n,
    chosen: Option<NotDoneReason>,
    choose: impl Fn(NotDoneReason) + Copy + 'static,
) -> impl IntoView {
    let one = |reason: &NotDoneReason| {
        let pressed = chosen.as_ref() == Some(reason);
        let words = not_done_word(i18n, reason);
        let test_id = format!("reason-{}", reason.code());
        let reason = reason.clone();
        view! {
            <button type="button" class="kj-answer" data-answer="not_done" data-testid=test_id aria-pressed=pressed.to_string()
                on:click=move |_| choose(reason.clone())>
                {words}
            </button>
        }
    };
    view! {
        <div class="kj-do__reasons" role="group" aria-label=t_string!(i18n, visit.why_not)>
            <p class="kj-subtle" aria-hidden="true">{t!(i18n, visit.why_not)}</p>
            {NotDoneReason::ALL.iter().map(one).collect_view()}
        </div>
    }
}
