//! The system's browser: an address opens there, and the link that leads back is heard here.
//!
//! The webview has no part in either: it may ask neither plugin for anything.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kjent_core::command::STRAY_LINK_EVENT;
use kjent_core::problem::Problem;
use kjent_tablet::leads_back;
use tauri::{App, AppHandle, Builder, Emitter, Manager, Wry};
use tauri_plugin_deep_link::DeepLinkExt;
use tauri_plugin_opener::OpenerExt;
use tokio::sync::oneshot;

/// How long the browser is waited for: as long as the server keeps a sign-in.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// Who waits for the browser.
#[derive(Default)]
pub struct Browser(Mutex<Option<oneshot::Sender<String>>>);

impl Browser {
    /// Opens an address, and answers with the link that leads back.
    pub async fn visit(&self, app: &AppHandle, url: &str) -> Result<String, Problem> {
        let (sender, came_back) = oneshot::channel();
        // Whoever waited before waits no more.
        *self.waiting() = Some(sender);
        if app.opener().open_url(url, None::<&str>).is_err() {
            self.give_up();
            return Err(Problem::new("browser_not_opened"));
        }
        match tokio::time::timeout(PATIENCE, came_back).await {
            Ok(Ok(link)) => Ok(link),
            Ok(Err(_)) => Err(Problem::new("sign_in_cancelled")),
            Err(_) => {
                self.give_up();
                Err(Problem::new("sign_in_unknown"))
            }
        }
    }

    /// Waits no more.
    pub fn give_up(&self) {
        *self.waiting() = None;
    }

    /// A link of the app's was followed. One that nobody waits for is told about.
    fn came_back(&self, app: &AppHandle, link: String) {
        if !leads_back(&link) {
            return;
        }
        let is_taken = self.waiting().take().is_some_and(|waiting| waiting.send(link).is_ok());
        if !is_taken && app.emit(STRAY_LINK_EVENT, Problem::new("sign_in_unknown")).is_err() {
            tracing::warn!("the window did not hear of a link");
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Option<oneshot::Sender<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The plugins that open the browser and hear links.
pub fn plugins(builder: Builder<Wry>) -> Builder<Wry> {
    let opener = tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build();
    builder.plugin(tauri_plugin_deep_link::init()).plugin(opener)
}

/// Hears the links from now on.
pub fn listen(app: &App) {
    app.manage(Browser::default());
    let handle = app.handle().clone();
    app.deep_link().on_open_url(move |event| {
        let browser = handle.state::<Browser>();
        event.urls().into_iter().for_each(|link| browser.came_back(&handle, link.into()));
    });
}
