//! What the shell said has changed, as counters that resources are keyed by.
//!
//! Counters, not the last event: two events in one turn of the loop must both be noticed.

use std::collections::HashMap;

use kjent_core::ids::ClientId;
use kjent_core::view::ChangeSet;
use leptos::prelude::*;

use crate::session::Session;

/// Counters of changes.
#[derive(Clone, Copy)]
pub struct Changes {
    clients: RwSignal<HashMap<ClientId, u32>>,
    today: RwSignal<u32>,
    sync: RwSignal<u32>,
}

impl Changes {
    /// Starts listening, and provides the counters to every screen.
    pub fn provide() {
        let changes = Self {
            clients: RwSignal::new(HashMap::new()),
            today: RwSignal::new(0),
            sync: RwSignal::new(0),
        };
        let session = Session::get();
        crate::ipc::on_change(move |set| {
            if set.session {
                session.read();
            }
            changes.note(&set);
        });
        provide_context(changes);
    }

    /// The counters that `provide` provided.
    pub fn get() -> Self {
        expect_context()
    }

    fn note(self, set: &ChangeSet) {
        if !set.clients.is_empty() {
            self.clients.update(|counts| {
                for client in &set.clients {
                    *counts.entry(*client).or_default() += 1;
                }
            });
        }
        // The list shows every client of the team, so a changed client is a changed list.
        if !set.days.is_empty() || !set.clients.is_empty() {
            self.today.update(|count| *count += 1);
        }
        if set.sync {
            self.sync.update(|count| *count += 1);
        }
    }

    /// Counts the changes of one client.
    pub fn client(self, client: ClientId) -> Memo<u32> {
        Memo::new(move |_| {
            self.clients.with(|counts| counts.get(&client).copied().unwrap_or_default())
        })
    }

    /// Counts the changes of the day's list.
    pub fn today(self) -> Memo<u32> {
        Memo::new(move |_| self.today.get())
    }

    /// Counts the changes of the sync line.
    pub fn sync(self) -> Memo<u32> {
        Memo::new(move |_| self.sync.get())
    }
}
