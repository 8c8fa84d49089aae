//! Where the app stands: not enrolled, locked or open, and who is at work.

use kjent_core::command::{Lock, ReadSession};
use kjent_core::problem::Problem;
use kjent_core::view::{SessionView, WorkerView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ipc::call;

/// The session, as the shell last told it.
#[derive(Clone, Copy)]
pub struct Session(RwSignal<Option<Result<SessionView, Problem>>>);

impl Session {
    /// Asks the shell, and provides the answer to every screen.
    pub fn provide() -> Self {
        let session = Self(RwSignal::new(None));
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
        spawn_local(async move { self.0.set(Some(call(ReadSession {}).await)) });
    }

    /// Closes the profile.
    pub fn lock(self) {
        spawn_local(async move { self.0.set(Some(call(Lock {}).await)) });
    }

    /// Takes the session that a command answered with.
    pub fn enter(self, view: SessionView) {
        self.0.set(Some(Ok(view)));
    }

    /// What the shell said.
    pub fn view(self) -> Option<Result<SessionView, Problem>> {
        self.0.get()
    }

    /// Who is at work, when the profile is open.
    pub fn worker(self) -> Option<WorkerView> {
        match self.0.get() {
            Some(Ok(SessionView::Open { worker })) => Some(worker),
            _ => None,
        }
    }
}
