//! A form over a draft: seeded once, saved at each tap and while typing.

use kjent_core::problem::Problem;
use leptos::prelude::*;

use crate::saver::{SaveState, Saver};

/// The form, shared by its parts.
pub struct DraftForm<D: Send + Sync + 'static> {
    /// Everything so far.
    pub draft: RwSignal<D>,
    saver: StoredValue<Saver<D>, LocalStorage>,
}

impl<D: Send + Sync + 'static> Clone for DraftForm<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Send + Sync + 'static> Copy for DraftForm<D> {}

/// A form is only ever itself.
impl<D: Send + Sync + 'static> PartialEq for DraftForm<D> {
    fn eq(&self, other: &Self) -> bool {
        self.draft == other.draft
    }
}

impl<D: Clone + Send + Sync + 'static> DraftForm<D> {
    /// A form with what was there when the screen opened, saved by `save`.
    pub fn new<F>(seed: D, save: impl Fn(D) -> F + 'static) -> Self
    where
        F: Future<Output = Result<(), Problem>> + 'static,
    {
        let saver = StoredValue::new_local(Saver::new(None, save));
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
    pub fn tap(self, change: impl FnOnce(&mut D)) {
        self.draft.update(change);
        self.saver.with_value(|saver| saver.now(self.draft.get_untracked()));
    }

    /// A field whose keys are saved within a moment.
    pub fn typed(self, change: fn(&mut D, String)) -> Callback<String> {
        self.typed_into(change)
    }

    /// The same, of one of several things in the draft.
    pub fn typed_into(
        self,
        change: impl Fn(&mut D, String) + Send + Sync + 'static,
    ) -> Callback<String> {
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
