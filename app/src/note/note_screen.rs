//! Wires a note outside a visit: to tell something, to answer a thread, or to correct an own entry.

use kjent_core::command::{DiscardNoteDraft, FinishNote, NoteTask, ReadNote};
use kjent_core::ids::ClientId;
use kjent_core::problem::Problem;
use kjent_core::view::NoteView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::note_fields::{NoteFields, Pace};
use super::note_form::NoteForm;
use super::note_model::{Closing, close};
use super::restrict_part::RestrictPart;
use super::when_part::WhenPart;
use crate::components::choice::Choices;
use crate::components::failure::Trouble;
use crate::components::page::{Back, Page};
use crate::components::saved_line::SavedLine;
use crate::follow_ups::thread_body;
use crate::i18n::{I18n, moment, t, t_string, use_i18n};
use crate::ipc::call;
use crate::live::{Live, loaded};

/// The screen.
#[component]
pub fn NoteScreen() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    move || {
        let client = params.with(|params| params.get("client")).and_then(|id| id.parse().ok());
        let fact = |name: &str| query.with(|query| query.get(name)).and_then(|id| id.parse().ok());
        let task = match (fact("thread"), fact("correct")) {
            (Some(thread), _) => NoteTask::Answer(thread),
            (None, Some(entry)) => NoteTask::Correct(entry),
            (None, None) => NoteTask::Tell,
        };
        match client {
            Some(client) => view! { <OneNote client task /> }.into_any(),
            None => {
                view! { <main class="kj-main"><Trouble problem=Problem::new("not_found") /></main> }
                    .into_any()
            }
        }
    }
}

/// Where the screen leads back to.
fn home(client: ClientId, task: NoteTask) -> String {
    match task {
        NoteTask::Answer(_) => "/follow-ups".to_owned(),
        NoteTask::Tell | NoteTask::Correct(_) => format!("/client/{client}?part=journal"),
    }
}

#[component]
fn OneNote(client: ClientId, task: NoteTask) -> impl IntoView {
    let i18n = use_i18n();
    // Read once: what comes in by sync is never a draft.
    let live = Live::new(ReadNote { client, task }, Memo::new(|_| 0));
    let form = Memo::new(move |old: Option<&Option<FormOf>>| {
        old.copied()
            .flatten()
            .or_else(|| live.data.get().map(|view| FormOf(NoteForm::new(client, task, &view))))
    });
    let problem = RwSignal::new(None::<Problem>);
    let title = move || match task {
        NoteTask::Tell => t_string!(i18n, note.title_tell),
        NoteTask::Answer(_) => t_string!(i18n, note.title_answer),
        NoteTask::Correct(_) => t_string!(i18n, note.title_correct),
    };
    let name = move || {
        live.data.with(|view| view.as_ref().map(|view| view.name.clone()).unwrap_or_default())
    };
    let content = move |view: Memo<NoteView>| {
        move || form.get().map(|FormOf(form)| view! { <Fields view task form problem /> })
    };
    let bar = move || {
        move || {
            form.get().map(|FormOf(form)| {
                view! {
                    {move || problem.get().map(|problem| view! { <Trouble problem /> })}
                    <SavedLine state=form.saved() />
                    <Discard client task form />
                    <Finish client task form problem />
                }
            })
        }
    };
    let back = Back {
        to: home(client, task),
        words: Signal::derive(move || t_string!(i18n, app.back).to_owned()),
    };
    view! {
        <Page
            title=Signal::derive(move || title().to_owned())
            subtitle=Signal::derive(name)
            back=Some(back)
            bar=bar
        >
            {loaded(live, content)}
        </Page>
    }
}

#[component]
fn Fields(
    view: Memo<NoteView>,
    task: NoteTask,
    form: NoteForm,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let called = Memo::new(move |_| view.with(|view| view.called.clone()));
    let links = Memo::new(move |_| view.with(|view| view.links.clone()));
    let changed = Callback::new(move |pace| {
        problem.set(None);
        form.changed(pace);
    });
    let head = match task {
        NoteTask::Tell => view! { <WhenPart form /> }.into_any(),
        NoteTask::Answer(_) => view! { <Answered view form /> <WhenPart form /> }.into_any(),
        NoteTask::Correct(_) => original(i18n, view).into_any(),
    };
    let thread = match task {
        NoteTask::Answer(thread) => Some(thread),
        _ => None,
    };
    let fields = match thread {
        Some(thread) => {
            view! { <NoteFields note=form.note changed called links thread /> }.into_any()
        }
        None => view! { <NoteFields note=form.note changed called links /> }.into_any(),
    };
    let (client, me) = view.with_untracked(|view| (view.client, view.restricts));
    let restrict = me.map(|me| view! { <RestrictPart client me form problem /> });
    view! {
        <div class="kj-note" on:focusout=move |_| form.left()>
            {head}
            <section class="kj-card" aria-label=move || t_string!(i18n, visit.note)>
                {fields}
                {restrict}
            </section>
        </div>
    }
}

/// The thread, and whether the answer closes it.
#[component]
fn Answered(view: Memo<NoteView>, form: NoteForm) -> impl IntoView {
    let i18n = use_i18n();
    let thread = view.with_untracked(|view| view.thread.clone());
    thread.map(|thread| {
        let id = thread.thread;
        let closing = Memo::new(move |_| {
            form.note.with(|note| {
                if note.closes.contains(&id) { Closing::Closes } else { Closing::StaysOpen }
            })
        });
        let choices = vec![
            (
                (
                    Closing::Closes,
                    Signal::derive(move || t_string!(i18n, note.answer_closes).to_owned()),
                ),
                "closes".to_owned(),
            ),
            (
                (
                    Closing::StaysOpen,
                    Signal::derive(move || t_string!(i18n, note.answer_stays).to_owned()),
                ),
                "stays".to_owned(),
            ),
        ];
        let choose = Callback::new(move |closing| {
            form.note.update(|note| close(note, id, closing));
            form.changed(Pace::Tap);
        });
        view! {
            <section class="kj-card" data-testid="answered" aria-label=move || t_string!(i18n, note.answered)>
                {thread_body(i18n, &thread)}
                <Choices
                    name="answer"
                    legend=Signal::derive(move || t_string!(i18n, note.answer_legend).to_owned())
                    choices
                    chosen=Signal::derive(move || Some(closing.get()))
                    choose
                />
            </section>
        }
    })
}

/// What a correction does, before it is written.
fn original(i18n: I18n, view: Memo<NoteView>) -> impl IntoView {
    move || {
        let written = view.with(|view| view.original.as_ref().map(|entry| entry.written));
        let words = match written {
            Some(at) => t_string!(i18n, note.correct_of, when = moment(i18n, at)).to_string(),
            None => String::new(),
        };
        view! {
            <div class="ds-alert" data-color="info" data-testid="correct-lead">
                <p>{words} " " {t!(i18n, note.correct_lead)}</p>
            </div>
        }
    }
}

#[component]
fn Finish(
    client: ClientId,
    task: NoteTask,
    form: NoteForm,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let navigate = use_navigate();
    let finish = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let navigate = navigate.clone();
        form.close(move || {
            spawn_local(async move {
                let result = call(FinishNote { client, task, draft: form.draft() }).await;
                busy.try_set(false);
                match result {
                    Ok(()) => navigate(&home(client, task), Default::default()),
                    Err(why) => {
                        problem.try_set(Some(why));
                        // Signing dropped what waited to be saved; it is still only a draft.
                        form.changed(Pace::Tap);
                    }
                }
            });
        });
    };
    let words = move || {
        if busy.get() {
            t_string!(i18n, visit.signing)
        } else if form.readers.with(Option::is_some) {
            t_string!(i18n, restricted_entry.sign)
        } else {
            t_string!(i18n, visit.sign)
        }
    };
    view! {
        <button type="button" class="ds-button" data-testid="finish-note" aria-disabled=move || busy.get().to_string() on:click=finish>
            {words}
        </button>
    }
}

#[component]
fn Discard(client: ClientId, task: NoteTask, form: NoteForm) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let discard = move |_| {
        let navigate = navigate.clone();
        form.close(move || {
            spawn_local(async move {
                if call(DiscardNoteDraft { client, task }).await.is_ok() {
                    navigate(&home(client, task), Default::default());
                }
            });
        });
    };
    view! {
        <button type="button" class="ds-button" data-variant="tertiary" data-color="neutral" data-testid="discard-note" on:click=discard>
            {t!(i18n, note.discard)}
        </button>
    }
}

/// A form is only ever itself.
#[derive(Clone, Copy)]
struct FormOf(NoteForm);

impl PartialEq for FormOf {
    fn eq(&self, other: &Self) -> bool {
        self.0.note == other.0.note
    }
}
