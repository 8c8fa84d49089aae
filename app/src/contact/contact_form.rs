//! The form of a talk: seeded once from the draft, saved like a visit's.

use kjent_core::command::SaveContactDraft;
use kjent_core::fact::ContactLogged;
use kjent_core::ids::ClientId;
use leptos::prelude::*;

use crate::ipc::call;
use crate::saver::{SaveState, Saver};

/// The form, shared by its parts.
#[derive(Clone, Copy)]
pub struct ContactForm {
    /// Everything so far.
    pub draft: RwSignal<ContactLogged>,
    saver: StoredValue<Saver<ContactLogged>, LocalStorage>,
}

impl ContactForm {
    /// A form with what was there when the screen opened.
    pub fn new(client: ClientId, seed: ContactLogged) -> Self {
        let saver = Saver::new(None, move |draft| call(SaveContactDraft { client, draft }));
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
        Self { draft: RwSignal::new(seed), saver }
    }

    /// How far the saving has come.
    pub fn saved(self) -> Signal<SaveState> {
        self.saver.with_value(Saver::state).into()
    }

    /// A tap: saved at once.
    pub fn tap(self, change: impl FnOnce(&mut ContactLogged)) {
        self.draft.update(change);
        self.saver.with_value(|saver| saver.now(self.draft.get_untracked()));
    }

    /// A field whose keys are saved within a moment.
    pub fn typed(self, change: fn(&mut ContactLogged, String)) -> Callback<String> {
        Callback::new(move |text| {
            self.draft.update(|draft| change(draft, text));
            self.saver.with_value(|saver| saver.later(self.draft.get_untracked()));
        })
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
