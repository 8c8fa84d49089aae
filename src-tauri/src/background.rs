//! Sync in the background: after every signature, on opening, and at intervals.

use std::time::Duration;

use tauri::{AppHandle, Manager};
use tokio::time::timeout;

use crate::session::Session;

/// How long to wait when nothing is signed: short enough to notice within a visit that the network
/// is back.
const INTERVAL: Duration = Duration::from_secs(30);

/// Starts the loop; it ends with the app.
pub fn start(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        loop {
            let session = app.state::<Session>();
            session.sync().await;
            // Woken, or the interval has passed: sync again either way.
            let _ = timeout(INTERVAL, session.wake.notified()).await;
        }
    });
}
