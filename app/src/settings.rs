//! What is chosen on this tablet and kept in the webview: the language and the look. Nothing of any
//! client.

use leptos::prelude::*;

/// What was chosen, if anything was.
pub fn read(key: &str) -> Option<String> {
    window().local_storage().ok().flatten().and_then(|storage| storage.get_item(key).ok().flatten())
}

/// Keeps a choice.
pub fn keep(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Without storage the choice lasts until the app closes, which is no reason to stop.
        let _stored = storage.set_item(key, value);
    }
}

/// Calls `changed` each time something outside this window chose anew.
pub fn on_change(changed: impl Fn() + 'static) {
    let listener = window_event_listener_untyped("storage", move |_| changed());
    on_cleanup(move || listener.remove());
}
