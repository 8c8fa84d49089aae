//! Where the app stands: not enrolled, locked or open, and who is at work.

use kjent_core::command::{Lock, ReadSession};
use kjent_core::ids::WorkerId;
use kjent_core::problem::Problem;
use kjent_core::view::{ProfileView, SessionView, WorkerView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use crate::clipboard;
use crate::ipc::call;
use crate::saver;

/// The session, as the shell last told it.
#[derive(Clone, Copy)]
pub struct Session {
    view: RwSignal<Option<Result<SessionView, Problem>>>,
    /// Whose screen the address is of.
    whose: StoredValue<Option<WorkerId>>,
}

impl Session {
    /// Asks the shell, and provides the answer to every screen.
    pub fn provide() -> Self {
        let session = Self { view: RwSignal::new(None), whose: StoredValue::new(None) };
        provide_context(session);
        session.read();
        session
    }

    /// The session that `provide` provided.
    pub fn get() -> Self {
        expect_context()
    }

    /// Asks the shell once more.
    pub fn read(self) {
        spawn_local(async move { self.take(call(ReadSession {}).await) });
    }

    /// Saves what is being written, and closes the profile.
    pub fn lock(self) {
        spawn_local(async move {
            clipboard::forget();
            saver::flush_all().await;
            self.take(call(Lock {}).await);
        });
    }

    /// Takes the session that a command answered with.
    pub fn enter(self, view: SessionView) {
        self.take(Ok(view));
    }

    /// What the shell said.
    pub fn view(self) -> Option<Result<SessionView, Problem>> {
        self.view.get()
    }

    /// Who is at work, when the profile is open.
    pub fn worker(self) -> Option<WorkerView> {
        match self.view.get() {
            Some(Ok(SessionView::Open { worker, .. })) => Some(worker),
            _ => None,
        }
    }

    /// After how many seconds without a touch the profile is closed, when it is open.
    pub fn idle_seconds_untracked(self) -> Option<u32> {
        self.view.with_untracked(|view| match view {
            Some(Ok(SessionView::Open { idle_seconds, .. })) => Some(*idle_seconds),
            _ => None,
        })
    }

    /// The profiles, when they are closed, and which was open last.
    pub fn locked(self) -> (Vec<ProfileView>, Option<String>) {
        match self.view.get() {
            Some(Ok(SessionView::Locked { profiles, last })) => (profiles, last),
            _ => (Vec::new(), None),
        }
    }

    /// The same, read once.
    pub fn locked_untracked(self) -> (Vec<ProfileView>, Option<String>) {
        untrack(|| self.locked())
    }

    fn take(self, view: Result<SessionView, Problem>) {
        if let Ok(SessionView::Open { worker, .. }) = &view {
            let before = self.whose.get_value();
            // The same worker is back where she was; another begins at the day's list.
            if before.is_some_and(|before| before != worker.worker) {
                go_home();
            }
            self.whose.set_value(Some(worker.worker));
        }
        self.view.set(Some(view));
    }
}

/// Puts the day's list in the place of the address, while no screen is shown that would follow it.
fn go_home() {
    if let Ok(history) = window().history() {
        // It fails only for another origin's address.
        let _replaced = history.replace_state_with_url(&JsValue::NULL, "", Some("/"));
    }
}
