//! The goal that the conversation leads to.

use kjent_core::plan::ExpressedBy;
use leptos::prelude::*;

use super::conversation_form::ConversationForm;
use super::conversation_model::{date, parts};
use crate::components::choice::Choices;
use crate::components::text_field::{TextArea, TextInput};
use crate::i18n::{expressed_word, t, t_string, use_i18n};

/// The goal's card; hidden when nobody answered.
#[component]
pub fn GoalPart(
    form: ConversationForm,
    #[prop(into)] called: Signal<String>,
    /// What the shell misses, by its code.
    #[prop(into)]
    missing: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let seed = form.draft.with_untracked(|draft| draft.goal.clone());
    let shown =
        Memo::new(move |_| form.draft.with(|draft| parts(&draft.conversation.outcome).goal));
    let choices = ExpressedBy::ALL
        .iter()
        .map(|by| {
            (
                (by.clone(), Signal::derive(move || expressed_word(i18n, by, &called.get()))),
                by.code().to_owned(),
            )
        })
        .collect();
    view! {
        <section class="kj-card" aria-labelledby="conversation-goal-heading" hidden=move || !shown.get()>
            <h2 class="ds-heading" data-size="2xs" id="conversation-goal-heading">{t!(i18n, conversation.goal)}</h2>
            <TextInput
                id="goal-title"
                label=Signal::derive(move || t_string!(i18n, conversation.goal_title).to_owned())
                hint=Signal::derive(move || t_string!(i18n, conversation.goal_hint, name = called.get()).to_string())
                seed=seed.title
                wrong=Signal::derive(move || missing.with(|code| code.as_deref() == Some("goal_needs_title")))
                typed=form.typed(|draft, text| draft.goal.title = text)
            />
            <TextArea
                id="goal-own-part"
                label=Signal::derive(move || t_string!(i18n, conversation.goal_own_part, name = called.get()).to_string())
                seed=seed.own_part
                typed=form.typed(|draft, text| draft.goal.own_part = text)
            />
            <Choices
                name="goal-wish"
                legend=Signal::derive(move || t_string!(i18n, conversation.goal_wish).to_owned())
                choices=choices
                chosen=Signal::derive(move || form.draft.with(|draft| Some(draft.goal.expressed_by.clone())))
                choose=Callback::new(move |by| form.tap(|draft| draft.goal.expressed_by = by))
            />
            <TextInput
                id="goal-due"
                kind="date"
                label=Signal::derive(move || t_string!(i18n, conversation.goal_due).to_owned())
                seed=seed.due.map(|day| day.to_string()).unwrap_or_default()
                typed=form.typed(|draft, text| draft.goal.due = date(&text))
            />
        </section>
    }
}
