//! The Tauri shell: a window, the commands that the UI may call, and sync in the background.
//!
//! Decides nothing: every command is one call of the tablet. The data folder is the platform's own
//! for the app, or `KJENT_DATA_DIR`.

mod alone;
mod background;
mod biometry;
mod browser;
mod commands;
#[cfg(debug_assertions)]
mod demo;
mod key_store;
mod session;

use std::path::PathBuf;
use std::time::Duration;

use kjent_tablet::Environment;
use tauri::{App, Manager};

use crate::alone::Alone;
use crate::session::Session;

/// After how long without a touch the screen locks: longer than a look at a wound, shorter than a
/// coffee.
const IDLE: Duration = Duration::from_secs(120);

/// Starts the app and returns when its window is closed.
///
/// # Errors
/// When the window or the data folder can't be had.
pub fn run() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let (builder, environment, idle) = (tauri::Builder::default(), Environment::system(), IDLE);
    let environment = match key_store::platform() {
        Some(store) => environment.with_key_store(store),
        None => environment,
    };
    #[cfg(debug_assertions)]
    let (builder, environment) = demo::set_clock(builder, environment)?;
    #[cfg(debug_assertions)]
    let (environment, idle) = (demo::lay_finger(environment), demo::idle()?.unwrap_or(idle));
    // The plugin that ends a second app comes before all that a second one must not do.
    biometry::plugin(browser::plugins(alone::or_ends(builder)))
        .setup(move |app| {
            let data = data_folder(app)?;
            app.manage(Alone::on(&data)?);
            browser::listen(app);
            let environment = biometry::with_platform(app.handle(), environment);
            let session = Session::new(&data, app.handle().clone(), environment, idle)?;
            #[cfg(debug_assertions)]
            tauri::async_runtime::block_on(demo::prepare(&session))?;
            app.manage(session);
            Ok(())
        })
        .on_window_event(locks_when_suspended)
        .invoke_handler(commands::handler())
        .run(tauri::generate_context!())?;
    Ok(())
}

/// A tablet's system stops the app: it locks, a moment later, so that the screen saves what was typed.
#[cfg(mobile)]
fn locks_when_suspended(window: &tauri::Window, event: &tauri::WindowEvent) {
    if let tauri::WindowEvent::Suspended = event {
        let app = window.app_handle().clone();
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(Duration::from_millis(300)).await;
            app.state::<Session>().suspend();
        });
    }
}

/// A desktop's window is hidden and not stopped; the screen looks after that (`auto_lock.rs`).
#[cfg(not(mobile))]
fn locks_when_suspended(_: &tauri::Window, _: &tauri::WindowEvent) {}

/// Where a mobile system starts the app; what the macro makes public is nothing to document.
#[cfg(mobile)]
mod entry {
    #[tauri::mobile_entry_point]
    fn run_mobile() {
        if let Err(error) = crate::run() {
            tracing::error!(%error, "the app could not start");
        }
    }
}

fn data_folder(app: &App) -> tauri::Result<PathBuf> {
    match std::env::var_os("KJENT_DATA_DIR") {
        Some(folder) => Ok(folder.into()),
        None => app.path().app_data_dir(),
    }
}
