//! «Skjerm notatet»: a note that the client restricts from the first, so that it never lies in the
//! common journal. One line, until somebody needs it.

use kjent_core::fact::{EntryReaders, FactKind};
use kjent_core::ids::{ClientId, WorkerId};
use kjent_core::problem::Problem;
use leptos::prelude::*;

use super::note_fields::Pace;
use super::note_form::NoteForm;
use super::note_model::{asks_or_answers, toggle};
use crate::client::EntryReadersField;
use crate::components::icon::ALERT;
use crate::components::tag::tag;
use crate::components::text_field::TextInput;
use crate::i18n::{t, t_string, use_i18n};

/// The line, and when it is ticked who reads the note and why.
#[component]
pub fn RestrictPart(
    client: ClientId,
    /// Who writes the note.
    me: WorkerId,
    form: NoteForm,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_on = Memo::new(move |_| form.readers.with(Option::is_some));
    let fields = move || is_on.get().then(|| view! { <Fields client me form problem /> });
    view! {
        <label class="kj-check">
            <input
                class="ds-input"
                type="checkbox"
                data-testid="note-restrict"
                aria-describedby="note-restrict-hint"
                prop:checked=is_on
                on:change:target=move |event| {
                    problem.set(None);
                    form.readers.set(event.target().checked().then(EntryReaders::default));
                    form.changed(Pace::Tap);
                }
            />
            <span>
                <span class="kj-strong">{t!(i18n, restricted_entry.confirm)}</span>
                <span class="kj-subtle" id="note-restrict-hint">{t!(i18n, restricted_entry.write_hint)}</span>
            </span>
        </label>
        {fields}
    }
}

#[component]
fn Fields(
    client: ClientId,
    me: WorkerId,
    form: NoteForm,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let change = move |change: &dyn Fn(&mut EntryReaders), pace| {
        problem.set(None);
        form.readers.update(|readers| {
            if let Some(readers) = readers {
                change(readers);
            }
        });
        form.changed(pace);
    };
    let chosen = Memo::new(move |_| {
        form.readers.with(|it| it.as_ref().map(|it| it.readers.clone()).unwrap_or_default())
    });
    let tapped = Callback::new(move |worker: WorkerId| {
        change(&|it| toggle(&mut it.readers, worker), Pace::Tap);
    });
    let typed = Callback::new(move |words: String| {
        change(&|it| it.words.clone_from(&words), Pace::Key);
    });
    let seed = form.readers.with_untracked(|it| it.as_ref().map(|it| it.words.clone()));
    let is_followed = Memo::new(move |_| form.note.with(asks_or_answers));
    let followed = move || {
        is_followed.get().then(|| {
            let words = t_string!(i18n, restricted_entry.write_followed).to_owned();
            view! { <div class="kj-tags" data-testid="restrict-followed">{tag("warning", ALERT, words)}</div> }
        })
    };
    view! {
        <div class="kj-note__asked" data-testid="note-restrict-fields">
            <EntryReadersField client kind=FactKind::Note author=me chosen tapped />
            <TextInput
                id="restrict-words"
                label=Signal::derive(move || t_string!(i18n, restricted_entry.why).to_owned())
                hint=Signal::derive(move || t_string!(i18n, restricted_entry.why_hint).to_owned())
                seed=Signal::derive(move || seed.clone().unwrap_or_default())
                wrong=Signal::derive(move || problem.with(Option::is_some))
                typed
            />
            <div role="status">{followed}</div>
        </div>
    }
}
