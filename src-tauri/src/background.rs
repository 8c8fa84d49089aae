//! Sync in the background, for as long as a profile is open.

use std::sync::{Arc, Mutex};

use kjent_core::sync::schedule::Pace;
use kjent_tablet::{SyncClient, SyncHandle, SyncRunner, Tablet};
use tauri::async_runtime::{JoinHandle, spawn};
use tauri::{AppHandle, Manager};

use crate::session::{Session, emit};

/// The sync of an open profile; it ends when this is dropped.
pub struct Background {
    /// What tells it what happened.
    pub sync: SyncHandle,
    task: JoinHandle<()>,
}

impl Background {
    /// Starts it.
    pub fn start(tablet: Arc<Mutex<Tablet>>, client: SyncClient, app: AppHandle) -> Self {
        let window = app.clone();
        let changed = move |changes| emit(&window, &changes);
        let runner = SyncRunner::new(tablet, client, Pace::default(), changed);
        let sync = runner.handle();
        let task = spawn(async move {
            runner.run().await;
            // It ends by itself only when the tablet is let in no more.
            app.state::<Session>().end();
        });
        Self { sync, task }
    }

    /// Ends it, and returns when it has let go of the profile.
    pub async fn end(mut self) {
        self.task.abort();
        // That it was ended is no news.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.task.abort();
    }
}
