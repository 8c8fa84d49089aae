//! The form of a visit under way: seeded once from the draft, saved at each tap and while typing.

use kjent_core::command::{SaveVisitDraft, VisitDraft};
use kjent_core::fact::Note;
use kjent_core::ids::VisitId;
use kjent_core::view::VisitView;
use leptos::prelude::*;

use crate::ipc::call;
use crate::saver::{SaveState, Saver};

/// The form, shared by its parts.
#[derive(Clone, Copy)]
pub struct VisitForm {
    /// Everything so far.
    pub draft: RwSignal<VisitDraft>,
    /// Its note, as the note's fields have it: they write it into the draft.
    pub note: RwSignal<Note>,
    saver: StoredValue<Saver<VisitDraft>, LocalStorage>,
}

impl VisitForm {
    /// A form with what was there when the screen opened.
    pub fn new(visit: VisitId, view: &VisitView) -> Self {
        let saver = Saver::new(view.saved_at, move |draft| call(SaveVisitDraft { visit, draft }));
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
        let note = RwSignal::new(view.draft.note.clone());
        Self { draft: RwSignal::new(view.draft.clone()), note, saver }
    }

    /// How far the saving has come.
    pub fn saved(self) -> Signal<SaveState> {
        self.saver.with_value(Saver::state).into()
    }

    /// A tap: saved at once.
    pub fn tap(self, change: impl FnOnce(&mut VisitDraft)) {
        self.draft.update(change);
        self.saver.with_value(|saver| saver.now(self.draft.get_untracked()));
    }

    /// A key: saved within a moment.
    pub fn typed(self, change: impl FnOnce(&mut VisitDraft)) {
        self.draft.update(change);
        self.saver.with_value(|saver| saver.later(self.draft.get_untracked()));
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
