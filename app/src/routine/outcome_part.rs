//! How it ended.

use kjent_core::command::MissedContactDraft;
use kjent_core::fact::ContactOutcome;
use kjent_core::problem::Problem;
use leptos::prelude::*;

use super::sign_routine::fault;
use crate::components::choice::Choices;
use crate::components::text_field::{TextArea, TextInput};
use crate::draft_form::DraftForm;
use crate::i18n::{contact_outcome_word, t, t_string, use_i18n};

/// The outcome, who looks on, and words.
#[component]
pub fn OutcomePart(
    form: DraftForm<MissedContactDraft>,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let seed = form.draft.get_untracked();
    let outcome = Memo::new(move |_| form.draft.with(|draft| draft.outcome.clone()));
    let choices = ContactOutcome::ALL
        .iter()
        .map(|it| {
            let words = Signal::derive(move || contact_outcome_word(i18n, it));
            ((it.clone(), words), it.code().to_owned())
        })
        .collect();
    let alarm_to = seed.alarm_to.clone();
    view! {
        <section class="kj-card" aria-labelledby="outcome-heading">
            <h2 class="ds-heading" data-size="2xs" id="outcome-heading">{t!(i18n, routine.outcome)}</h2>
            {fault(i18n, problem, "outcome")}
            <Choices
                name="outcome"
                legend=Signal::derive(move || t_string!(i18n, routine.outcome).to_owned())
                choices=choices
                chosen=outcome
                choose=Callback::new(move |it| { problem.set(None); form.tap(|draft| draft.outcome = Some(it)); })
                quiet=crate::components::choice::Quiet::Yes
            />
            <Show when=move || outcome.get() == Some(ContactOutcome::NotFound)>
                <TextInput id="alarm-to" label=Signal::derive(move || t_string!(i18n, routine.alarm_to).to_owned())
                    seed=alarm_to.clone() typed=form.typed(|draft, text| draft.alarm_to = text) />
                {fault(i18n, problem, "alarm_to")}
            </Show>
            <TextArea id="missed-words" label=Signal::derive(move || t_string!(i18n, routine.missed_words).to_owned())
                seed=seed.words typed=form.typed(|draft, text| draft.words = text) />
            {fault(i18n, problem, "words")}
        </section>
    }
}
