//! The form of a note outside a visit: seeded once from the draft, saved like a visit's.

use kjent_core::command::{NoteDraft, NoteTask, SaveNoteDraft};
use kjent_core::fact::{EntryReaders, Note};
use kjent_core::ids::ClientId;
use kjent_core::view::NoteView;
use leptos::prelude::*;

use super::note_fields::Pace;
use crate::ipc::call;
use crate::saver::{SaveState, Saver};

/// The form, shared by its parts.
#[derive(Clone, Copy)]
pub struct NoteForm {
    /// The note.
    pub note: RwSignal<Note>,
    /// When it happened; now when there is nothing.
    pub happened: RwSignal<Option<chrono::NaiveDateTime>>,
    /// Who reads it, when the client restricts it from the first.
    pub readers: RwSignal<Option<EntryReaders>>,
    saver: StoredValue<Saver<NoteDraft>, LocalStorage>,
}

impl NoteForm {
    /// A form with what was there when the screen opened.
    pub fn new(client: ClientId, task: NoteTask, view: &NoteView) -> Self {
        let saver =
            Saver::new(view.saved_at, move |draft| call(SaveNoteDraft { client, task, draft }));
        let saver = StoredValue::new_local(saver);
        let flush = move || {
            // Gone means flushed: the cleanup below did it.
            let _flushed = saver.try_with_value(Saver::flush);
        };
        let hidden = window_event_listener(leptos::ev::pagehide, move |_| flush());
        on_cleanup(move || {
            hidden.remove();
            flush();
        });
        Self {
            note: RwSignal::new(view.draft.note.clone()),
            happened: RwSignal::new(view.draft.happened),
            readers: RwSignal::new(view.draft.readers.clone()),
            saver,
        }
    }

    /// How far the saving has come.
    pub fn saved(self) -> Signal<SaveState> {
        self.saver.with_value(Saver::state).into()
    }

    /// Everything so far.
    pub fn draft(self) -> NoteDraft {
        NoteDraft {
            note: self.note.get_untracked(),
            happened: self.happened.get_untracked(),
            readers: self.readers.get_untracked(),
        }
    }

    /// Saves what has changed.
    pub fn changed(self, pace: Pace) {
        let draft = self.draft();
        self.saver.with_value(|saver| match pace {
            Pace::Tap => saver.now(draft),
            Pace::Key => saver.later(draft),
        });
    }

    /// A field was left: saved now.
    pub fn left(self) {
        self.saver.with_value(Saver::flush);
    }

    /// Does `then` when no save is under way, and saves nothing more.
    pub fn close(self, then: impl FnOnce() + 'static) {
        self.saver.with_value(|saver| saver.close(then));
    }
}
