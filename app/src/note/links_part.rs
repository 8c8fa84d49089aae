//! What a note is about: goals and interventions as chips, and open threads that it closes.

use kjent_core::fact::Note;
use kjent_core::ids::FactId;
use kjent_core::view::LinksView;
use leptos::prelude::*;

use super::note_fields::Pace;
use super::note_model::toggle;
use crate::components::icon::{CHECK, icon};
use crate::follow_ups::thread_sentence;
use crate::i18n::{t, use_i18n};

/// A chip that is on or off.
pub fn chip(
    words: impl IntoView + 'static,
    test_id: &'static str,
    is_on: impl Fn() -> bool + Send + Sync + Copy + 'static,
    tap: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button type="button" class="kj-chip" data-testid=test_id aria-pressed=move || is_on().to_string() on:click=move |_| tap()>
            {move || is_on().then(|| icon(CHECK))}
            <span>{words}</span>
        </button>
    }
}

/// The goals and interventions.
#[component]
pub fn LinksPart(
    note: RwSignal<Note>,
    changed: Callback<Pace>,
    links: Signal<LinksView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let goals = move || {
        let one = |(goal, title): (kjent_core::ids::GoalId, String)| {
            let is_on = move || note.with(|note| note.goals.contains(&goal));
            chip(title, "note-goal", is_on, move || {
                note.update(|note| toggle(&mut note.goals, goal));
                changed.run(Pace::Tap);
            })
        };
        links.with(|links| links.goals.clone()).into_iter().map(one).collect_view()
    };
    let interventions = move || {
        let one = |(intervention, title): (kjent_core::ids::InterventionId, String)| {
            let is_on = move || note.with(|note| note.interventions.contains(&intervention));
            chip(title, "note-intervention", is_on, move || {
                note.update(|note| toggle(&mut note.interventions, intervention));
                changed.run(Pace::Tap);
            })
        };
        links.with(|links| links.interventions.clone()).into_iter().map(one).collect_view()
    };
    let any = move || links.with(|it| !it.goals.is_empty() || !it.interventions.is_empty());
    view! {
        <fieldset class="kj-choices" hidden=move || !any()>
            <legend class="ds-label kj-label">{t!(i18n, note.links)}</legend>
            <div class="kj-choices__row">{goals} {interventions}</div>
        </fieldset>
    }
}

/// The threads that wait about this client: a tap says that this note closes one.
#[component]
pub fn ThreadsPart(
    note: RwSignal<Note>,
    changed: Callback<Pace>,
    links: Signal<LinksView>,
    thread: Option<FactId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let waiting = Memo::new(move |_| {
        let all = links.with(|links| links.threads.clone());
        all.into_iter().filter(|one| Some(one.thread) != thread).collect::<Vec<_>>()
    });
    let chips = move || {
        let one = |it: kjent_core::view::ThreadView| {
            let id = it.thread;
            let is_on = move || note.with(|note| note.closes.contains(&id));
            chip(thread_sentence(i18n, &it), "note-closes", is_on, move || {
                note.update(|note| toggle(&mut note.closes, id));
                changed.run(Pace::Tap);
            })
        };
        waiting.get().into_iter().map(one).collect_view()
    };
    view! {
        <fieldset class="kj-choices" hidden=move || waiting.with(Vec::is_empty)>
            <legend class="ds-label kj-label">{t!(i18n, note.closes)}</legend>
            <p class="kj-subtle">{t!(i18n, note.closes_hint)}</p>
            <div class="kj-choices__row">{chips}</div>
        </fieldset>
    }
}
