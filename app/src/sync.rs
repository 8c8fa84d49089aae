//! The sync line, on every screen, and the list behind it.

mod left;
mod refused;
mod refused_text;
mod sync_dialog;
mod sync_line;
mod sync_model;
mod sync_steps;

pub use sync_dialog::SyncDialog;
pub use sync_line::{Room, SyncLine};

use kjent_core::command::{ReadSync, SyncNow};
use kjent_core::problem::Problem;
use kjent_core::view::{SyncState, SyncView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::changes::Changes;
use crate::components::dialog::DialogHandle;
use crate::ipc::call;
use crate::live::Live;

/// The sync line's data, shared by the line and the list.
#[derive(Clone, Copy)]
pub struct Syncing {
    live: Live<SyncView>,
    dialog: DialogHandle,
    running: RwSignal<bool>,
    /// Whether she has asked for a sync since the list was opened: its steps are hers to see.
    asked: RwSignal<bool>,
    problem: RwSignal<Option<Problem>>,
}

impl Syncing {
    /// Reads the line, and provides it to every screen.
    pub fn provide() {
        provide_context(Self {
            live: Live::new(ReadSync {}, Changes::get().sync()),
            dialog: DialogHandle::new(),
            running: RwSignal::new(false),
            asked: RwSignal::new(false),
            problem: RwSignal::new(None),
        });
    }

    /// What `provide` provided.
    pub fn get() -> Self {
        expect_context()
    }

    fn open(self) {
        self.asked.set(self.running.get_untracked());
        self.dialog.open();
    }

    /// Whether the last try reached the server, as far as is known.
    pub fn is_online(self) -> Memo<bool> {
        Memo::new(move |_| {
            let offline = |view: &SyncView| matches!(view.state, SyncState::Offline { .. });
            let is_known = |view: &SyncView| view.problem.is_none() && !offline(view);
            self.live.data.with(|view| view.as_ref().is_some_and(is_known))
        })
    }

    fn sync_now(self) {
        if self.running.get_untracked() {
            return;
        }
        self.running.set(true);
        self.asked.set(true);
        self.problem.set(None);
        spawn_local(async move {
            let result = call(SyncNow {}).await;
            self.running.set(false);
            self.problem.set(result.err());
            self.live.refetch();
        });
    }
}
