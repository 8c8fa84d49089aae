//! A note's fields: three plain questions, and the rest one tap away.

use kjent_core::fact::Note;
use kjent_core::ids::FactId;
use kjent_core::view::LinksView;
use leptos::prelude::*;

use super::follow_up_part::FollowUpPart;
use super::hints::Hints;
use super::links_part::{LinksPart, ThreadsPart};
use crate::components::text_field::TextArea;
use crate::i18n::{t, t_string, use_i18n};

/// How a change was made, which decides when it is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// By a tap: at once.
    Tap,
    /// By a key: within a moment.
    Key,
}

/// The fields. They are seeded once from the note, and write to it.
#[component]
pub fn NoteFields(
    /// The note.
    note: RwSignal<Note>,
    /// Says that it has changed.
    changed: Callback<Pace>,
    /// The client's name in a sentence.
    #[prop(into)]
    called: Signal<String>,
    /// What it can be linked to.
    #[prop(into)]
    links: Signal<LinksView>,
    /// The thread that the screen is about: it is not offered once more.
    #[prop(optional)]
    thread: Option<FactId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let seed = note.get_untracked();
    let typed = move |change: fn(&mut Note, String)| {
        Callback::new(move |text| {
            note.update(|note| change(note, text));
            changed.run(Pace::Key);
        })
    };
    let has_more = !seed.done.is_empty()
        || !seed.further_plan.is_empty()
        || !seed.goals.is_empty()
        || !seed.interventions.is_empty();
    view! {
        <ThreadsPart note changed links thread />
        <TextArea
            id="note-observation"
            label=Signal::derive(move || t_string!(i18n, visit.observation).to_owned())
            seed=seed.observation
            typed=typed(|note, text| note.observation = text)
        />
        <TextArea
            id="note-judgement"
            label=Signal::derive(move || t_string!(i18n, visit.judgement).to_owned())
            seed=seed.judgement
            typed=typed(|note, text| note.judgement = text)
        />
        <TextArea
            id="note-client-view"
            label=Signal::derive(move || t_string!(i18n, visit.client_view, name = called.get()).to_string())
            seed=seed.client_view
            typed=typed(|note, text| note.client_view = text)
        />
        <Hints note called />
        <details class="kj-details kj-note__more" open=has_more>
            <summary data-testid="note-more">{t!(i18n, note.more)}</summary>
            <div class="kj-note__fold">
                <TextArea
                    id="note-done"
                    label=Signal::derive(move || t_string!(i18n, note.done).to_owned())
                    seed=seed.done
                    typed=typed(|note, text| note.done = text)
                />
                <TextArea
                    id="note-further-plan"
                    label=Signal::derive(move || t_string!(i18n, visit.further_plan).to_owned())
                    seed=seed.further_plan
                    typed=typed(|note, text| note.further_plan = text)
                />
                <LinksPart note changed links />
            </div>
        </details>
        <FollowUpPart note changed called links />
        <label class="kj-check">
            <input
                class="ds-input"
                type="checkbox"
                data-testid="note-important"
                aria-describedby="note-important-hint"
                prop:checked=seed.important_for_next
                on:change:target=move |event| {
                    note.update(|note| note.important_for_next = event.target().checked());
                    changed.run(Pace::Tap);
                }
            />
            <span>
                <span class="kj-strong">{t!(i18n, visit.important)}</span>
                <span class="kj-subtle" id="note-important-hint">{t!(i18n, visit.important_hint)}</span>
            </span>
        </label>
    }
}
