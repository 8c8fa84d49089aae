//! One app on a data folder at a time: two would write the same databases.
//!
//! A link starts the app a second time on Linux and Windows; that one gives it to the first and ends.
//! Where the system can't tell which is the first, the lock on the folder keeps the second one out.

use std::path::Path;

use anyhow::Result;
use tauri::{Builder, Wry};

/// That no other app has the data folder, for as long as this is held.
#[cfg(desktop)]
pub struct Alone(#[expect(dead_code, reason = "it is the lock")] std::fs::File);

/// The same where the system runs an app once, and shows no other app its folder. Rust's library has
/// no lock on files for Android, and says so only when it is asked for one.
#[cfg(mobile)]
pub struct Alone(());

#[cfg(mobile)]
impl Alone {
    /// Takes the folder.
    pub fn on(data: &Path) -> Result<Self> {
        std::fs::create_dir_all(data)?;
        Ok(Self(()))
    }
}

#[cfg(desktop)]
impl Alone {
    /// Takes the folder.
    pub fn on(data: &Path) -> Result<Self> {
        use std::fs::{self, File, TryLockError};
        use std::time::{Duration, Instant};

        /// The file that is locked.
        const FILE: &str = "in-use";
        /// How long an app that was just closed may take to let go of the folder.
        const LEAVING: Duration = Duration::from_secs(5);

        fs::create_dir_all(data)?;
        let file =
            File::options().create(true).truncate(false).write(true).open(data.join(FILE))?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::Error(error)) => return Err(error.into()),
                Err(TryLockError::WouldBlock) if began.elapsed() > LEAVING => {
                    anyhow::bail!("Kjent is open on this data folder already")
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }
}

/// Has a second app give its link to the first, and end. Each data folder has a first of its own.
#[cfg(desktop)]
pub fn or_ends(builder: Builder<Wry>) -> Builder<Wry> {
    use tauri::Manager;

    let folder = std::env::var_os("KJENT_DATA_DIR");
    // Elsewhere than on Linux the plugin knows all apps by one name.
    if folder.is_some() && !cfg!(target_os = "linux") {
        return builder;
    }
    let mut plugin = tauri_plugin_single_instance::Builder::new().callback(|app, _, _| {
        if let Some(window) = app.get_webview_window("main") {
            // Where the system doesn't let it, the window stays where it is.
            let _ = window.unminimize().and_then(|()| window.set_focus());
        }
    });
    if let Some(folder) = folder {
        plugin = plugin.dbus_id(name(Path::new(&folder)));
    }
    builder.plugin(plugin.build())
}

/// A system of one app at a time sees to it itself.
#[cfg(mobile)]
pub fn or_ends(builder: Builder<Wry>) -> Builder<Wry> {
    builder
}

/// What the app of a data folder is called on the session's bus.
#[cfg(desktop)]
fn name(folder: &Path) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};

    // The same program asks each time, so that the hash is the same.
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    format!("no.kjent.app.folder{:x}", hasher.finish())
}
