//! How it went, what was said, and apart from it what the worker judges.

use kjent_core::fact::ConversationOutcome;
use leptos::prelude::*;

use super::conversation_form::ConversationForm;
use super::conversation_model::{date, parts};
use crate::components::choice::Choices;
use crate::components::text_field::{TextArea, TextInput};
use crate::i18n::{t, t_string, use_i18n};

/// The cards of the conversation itself.
#[component]
pub fn AnswerPart(
    form: ConversationForm,
    #[prop(into)] called: Signal<String>,
    /// What the shell misses, by its code.
    #[prop(into)]
    missing: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let seed = form.draft.with_untracked(|draft| draft.conversation.clone());
    let outcome = Memo::new(move |_| form.draft.with(|draft| draft.conversation.outcome.clone()));
    let parts = Memo::new(move |_| outcome.with(parts));
    let outcome_words = move |outcome: &ConversationOutcome| match outcome {
        ConversationOutcome::Answered => {
            t_string!(i18n, conversation.answered, name = called.get()).to_string()
        }
        ConversationOutcome::Declined => t_string!(i18n, conversation.declined).to_owned(),
        ConversationOutcome::NotAble => t_string!(i18n, conversation.not_able).to_owned(),
        ConversationOutcome::Later => t_string!(i18n, conversation.later).to_owned(),
        ConversationOutcome::Unknown(code) => code.clone(),
    };
    let choices = ConversationOutcome::ALL
        .iter()
        .map(|outcome| {
            (
                (outcome.clone(), Signal::derive(move || outcome_words(outcome))),
                outcome.code().to_owned(),
            )
        })
        .collect();
    let words_label = move || {
        if parts.get().spoken_by {
            t_string!(i18n, conversation.words_for, name = called.get()).to_string()
        } else {
            t_string!(i18n, conversation.words, name = called.get()).to_string()
        }
    };
    let follow_up = seed.follow_up_on.map(|day| day.to_string()).unwrap_or_default();
    view! {
        <section class="kj-card" aria-labelledby="conversation-outcome-heading">
            <h2 class="ds-heading" data-size="2xs" id="conversation-outcome-heading">{t!(i18n, conversation.outcome)}</h2>
            <Choices
                name="conversation-outcome"
                legend=Signal::derive(move || t_string!(i18n, conversation.outcome).to_owned())
                choices=choices
                chosen=Signal::derive(move || Some(outcome.get()))
                choose=Callback::new(move |outcome| form.tap(|draft| draft.conversation.outcome = outcome))
                quiet=crate::components::choice::Quiet::Yes
            />
            <div hidden=move || !parts.get().spoken_by>
                <TextInput
                    id="conversation-spoken-by"
                    label=Signal::derive(move || t_string!(i18n, conversation.spoken_by, name = called.get()).to_string())
                    seed=seed.spoken_by
                    typed=form.typed(|draft, text| draft.conversation.spoken_by = text)
                />
            </div>
            <div class="kj-words" hidden=move || !parts.get().words data-wrong=move || missing.with(|code| code.as_deref() == Some("words_needed")).to_string()>
                <TextArea
                    id="conversation-words"
                    label=Signal::derive(words_label)
                    hint=Signal::derive(move || t_string!(i18n, conversation.words_hint).to_owned())
                    seed=seed.words
                    typed=form.typed(|draft, text| draft.conversation.words = text)
                />
            </div>
            <div hidden=move || !parts.get().words>
                <TextInput
                    id="conversation-participants"
                    label=Signal::derive(move || t_string!(i18n, plan.participants).to_owned())
                    seed=seed.participants
                    typed=form.typed(|draft, text| draft.conversation.participants = text)
                />
            </div>
        </section>
        <section class="kj-card kj-card--own" aria-label=move || t_string!(i18n, client.judgement)>
            <TextArea
                id="conversation-judgement"
                label=Signal::derive(move || t_string!(i18n, conversation.judgement).to_owned())
                hint=Signal::derive(move || t_string!(i18n, conversation.judgement_hint, name = called.get()).to_string())
                seed=seed.judgement
                typed=form.typed(|draft, text| draft.conversation.judgement = text)
            />
            <TextInput
                id="conversation-follow-up"
                kind="date"
                label=Signal::derive(move || match outcome.get() {
                    ConversationOutcome::Later => t_string!(i18n, plan.ask_again).to_owned(),
                    _ => t_string!(i18n, conversation.follow_up).to_owned(),
                })
                seed=follow_up
                typed=form.typed(|draft, text| draft.conversation.follow_up_on = date(&text))
            />
        </section>
    }
}
