//! The goals that the conversation leads to: one, and as many more as are asked for.

use kjent_core::command::{ConversationDraft, NewGoal};
use kjent_core::plan::ExpressedBy;
use leptos::prelude::*;

use super::conversation_form::ConversationForm;
use super::conversation_model::{date, parts};
use crate::components::choice::Choices;
use crate::components::icon::{PLUS, icon};
use crate::components::text_field::{TextArea, TextInput};
use crate::i18n::{expressed_word, t, t_string, use_i18n};

/// The goals' cards; hidden when nobody answered.
#[component]
pub fn GoalPart(
    form: ConversationForm,
    #[prop(into)] called: Signal<String>,
    /// What the shell misses, by its code.
    #[prop(into)]
    missing: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let shown =
        Memo::new(move |_| form.draft.with(|draft| parts(&draft.conversation.outcome).goal));
    let count = Memo::new(move |_| form.draft.with(|draft| 1 + draft.more_goals.len()));
    view! {
        <div class="kj-conversation" hidden=move || !shown.get()>
            <For each=move || 0..count.get() key=|place| *place let(place)>
                <Goal form place called missing />
            </For>
            <div>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="add-goal" on:click=move |_| form.tap(|draft| draft.more_goals.push(NewGoal::default()))>
                    {icon(PLUS)} <span>{t!(i18n, plan.add_goal)}</span>
                </button>
            </div>
        </div>
    }
}

/// The goal in a place: the first is 0.
fn goal_at(draft: &mut ConversationDraft, place: usize) -> Option<&mut NewGoal> {
    match place.checked_sub(1) {
        None => Some(&mut draft.goal),
        Some(more) => draft.more_goals.get_mut(more),
    }
}

#[component]
fn Goal(
    form: ConversationForm,
    place: usize,
    #[prop(into)] called: Signal<String>,
    #[prop(into)] missing: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let seed = form
        .draft
        .with_untracked(|draft| goal_at(&mut draft.clone(), place).cloned())
        .unwrap_or_default();
    let of = if place == 0 { String::new() } else { format!("-{place}") };
    let typed = move |change: fn(&mut NewGoal, String)| {
        form.typed_into(move |draft, text| {
            if let Some(goal) = goal_at(draft, place) {
                change(goal, text);
            }
        })
    };
    let wish = Memo::new(move |_| {
        form.draft.with(|draft| match place.checked_sub(1) {
            None => Some(draft.goal.expressed_by.clone()),
            Some(more) => draft.more_goals.get(more).map(|goal| goal.expressed_by.clone()),
        })
    });
    let choices = ExpressedBy::ALL
        .iter()
        .map(|by| {
            (
                (by.clone(), Signal::derive(move || expressed_word(i18n, by, &called.get()))),
                by.code().to_owned(),
            )
        })
        .collect();
    let heading = format!("conversation-goal-heading{of}");
    view! {
        <section class="kj-card" aria-labelledby=heading.clone() data-testid="conversation-goal">
            <h2 class="ds-heading" data-size="2xs" id=heading.clone()>{t!(i18n, conversation.goal)}</h2>
            <TextInput
                id="goal-title"
                of=of.clone()
                label=Signal::derive(move || t_string!(i18n, conversation.goal_title).to_owned())
                hint=Signal::derive(move || t_string!(i18n, conversation.goal_hint, name = called.get()).to_string())
                seed=seed.title
                wrong=Signal::derive(move || missing.with(|code| code.as_deref() == Some("goal_needs_title")))
                typed=typed(|goal, text| goal.title = text)
            />
            <TextArea
                id="goal-own-part"
                of=of.clone()
                label=Signal::derive(move || t_string!(i18n, conversation.goal_own_part, name = called.get()).to_string())
                seed=seed.own_part
                typed=typed(|goal, text| goal.own_part = text)
            />
            <Choices
                name=format!("goal-wish{of}")
                legend=Signal::derive(move || t_string!(i18n, conversation.goal_wish).to_owned())
                choices=choices
                chosen=wish
                choose=Callback::new(move |by| form.tap(|draft| {
                    if let Some(goal) = goal_at(draft, place) {
                        goal.expressed_by = by;
                    }
                }))
            />
            <TextInput
                id="goal-due"
                of=of
                kind="date"
                label=Signal::derive(move || t_string!(i18n, conversation.goal_due).to_owned())
                seed=seed.due.map(|day| day.to_string()).unwrap_or_default()
                typed=typed(|goal, text| goal.due = date(&text))
            />
        </section>
    }
}
