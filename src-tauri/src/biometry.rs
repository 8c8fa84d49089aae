//! The device's hardware that knows faces or fingers. Telephones and tablets have some; of a desktop
//! none is asked.
//!
//! The plugin can say «yes, it was somebody». That opens nothing here: a secret has to come out of the
//! hardware. On Android the plugin's cipher does that, with a key of the system's key store that only a
//! strong face or finger unlocks, and that dies when another is enrolled. On iOS the keychain itself
//! keeps the secret for the faces or fingers that were enrolled when it came.

#[cfg(mobile)]
use std::sync::Arc;

use tauri::{Builder, Wry};

/// The plugin that shows the system's prompt.
#[cfg(mobile)]
pub fn plugin(builder: Builder<Wry>) -> Builder<Wry> {
    builder.plugin(tauri_plugin_biometric::init())
}

/// A desktop has none.
#[cfg(desktop)]
pub fn plugin(builder: Builder<Wry>) -> Builder<Wry> {
    builder
}

/// An environment that knows the device's hardware.
#[cfg(mobile)]
pub fn with_platform(
    app: &tauri::AppHandle,
    environment: kjent_tablet::Environment,
) -> kjent_tablet::Environment {
    environment.with_biometry(Arc::new(platform::Hardware::of(app.clone())))
}

/// A desktop has none.
#[cfg(desktop)]
pub fn with_platform(
    _: &tauri::AppHandle,
    environment: kjent_tablet::Environment,
) -> kjent_tablet::Environment {
    environment
}

#[cfg(target_os = "android")]
#[path = "biometry/android.rs"]
mod platform;

#[cfg(target_os = "ios")]
#[path = "biometry/ios.rs"]
mod platform;
