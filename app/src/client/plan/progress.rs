//! «Hvordan går det?»: how a goal is going, in one tap, and according to whom.

use kjent_core::command::NoteProgress;
use kjent_core::fact::{Direction, GoalProgress, ProgressSource};
use kjent_core::ids::{ClientId, GoalId};
use kjent_core::problem::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::choice::{Choices, Quiet};
use crate::components::failure::Trouble;
use crate::components::icon::{DOWN, FORWARD, UP, icon};
use crate::i18n::{direction_word, t, t_string, time, use_i18n};
use crate::ipc::call;

/// The buttons.
#[component]
pub fn Progress(client: ClientId, goal: GoalId, called: Memo<String>) -> impl IntoView {
    let i18n = use_i18n();
    let source = RwSignal::new(ProgressSource::Client);
    let noted = RwSignal::new(None::<chrono::NaiveDateTime>);
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let note = move |direction: Direction| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let source = source.get_untracked();
        let progress = GoalProgress { goal, direction, source, words: String::new() };
        spawn_local(async move {
            match call(NoteProgress { client, progress }).await {
                Ok(()) => drop(noted.try_set(Some(crate::clock::now()))),
                Err(why) => drop(problem.try_set(Some(why))),
            }
            busy.try_set(false);
        });
    };
    let who = move |source: &ProgressSource| match source {
        ProgressSource::Relative => t_string!(i18n, visit.source_relative).to_owned(),
        ProgressSource::Worker => t_string!(i18n, visit.source_worker).to_owned(),
        _ => t_string!(i18n, visit.source_client, name = called.get()).to_string(),
    };
    let sources = ProgressSource::ALL
        .iter()
        .map(|source| {
            ((source.clone(), Signal::derive(move || who(source))), source.code().to_owned())
        })
        .collect();
    let button = move |direction: Direction, svg| {
        let code = direction.code().to_owned();
        let words = direction.clone();
        view! {
            <button type="button" class="kj-answer" data-answer=code.clone() data-testid=format!("progress-{code}") on:click=move |_| note(direction.clone())>
                {icon(svg)}
                <span>{move || direction_word(i18n, &words)}</span>
            </button>
        }
    };
    view! {
        <form class="kj-progress" data-testid="note-progress" on:submit=|event| event.prevent_default()>
            <p class="kj-strong">{t!(i18n, plan.how_goes)}</p>
            <Choices
                name="progress-source"
                legend=Signal::derive(move || t_string!(i18n, visit.who_says).to_owned())
                choices=sources
                chosen=Signal::derive(move || Some(source.get()))
                choose=Callback::new(move |it| source.set(it))
                quiet=Quiet::Yes
            />
            <div class="kj-goal__directions" role="group" aria-label=move || t_string!(i18n, plan.how_goes)>
                {button(Direction::Further, DOWN)}
                {button(Direction::Same, FORWARD)}
                {button(Direction::Closer, UP)}
            </div>
            <p class="kj-subtle" role="status" data-testid="progress-noted">
                {move || noted.get().map(|at| t!(i18n, plan.progress_noted, time = time(at)))}
            </p>
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
        </form>
    }
}
