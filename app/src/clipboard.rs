//! Copying text through the webview's clipboard, and taking it away again: after a minute, and when
//! the app locks.
//!
//! By reflection: not every webview has `navigator.clipboard`, and an old command does the same. Some
//! webviews let a page write only while it is touched, so what could not be taken away is at the next
//! touch. What is in the clipboard by then is not looked at: to read it the worker would be asked.

use std::cell::Cell;
use std::time::Duration;

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{document, set_timeout, window, window_event_listener_untyped};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

/// How long a copied text stays.
const STAYS: Duration = Duration::from_secs(60);

thread_local! {
    /// Which copy is in the clipboard, counted from one; none when it was taken away.
    static COPIED: Cell<Option<u32>> = const { Cell::new(None) };
    /// How many there have been.
    static COPIES: Cell<u32> = const { Cell::new(0) };
}

/// Copies a text, which also stands in `area`; false when the webview doesn't allow it.
pub async fn copy(text: &str, area: Option<HtmlTextAreaElement>) -> bool {
    let is_copied = put(text, area).await;
    if is_copied {
        let copy = COPIES.get() + 1;
        COPIES.set(copy);
        COPIED.set(Some(copy));
        let old = move || {
            if COPIED.get() == Some(copy) {
                forget();
            }
        };
        set_timeout(old, STAYS);
    }
    is_copied
}

/// Takes away what was copied, if anything was.
pub fn forget() {
    let Some(copy) = COPIED.get() else { return };
    spawn_local(async move {
        if written("").await.is_ok() {
            COPIED.set(COPIED.get().filter(|newer| *newer != copy));
        } else {
            at_next_touch();
        }
    });
}

fn at_next_touch() {
    let listener = std::rc::Rc::new(Cell::new(None));
    let itself = std::rc::Rc::clone(&listener);
    let touched = move |_| {
        if let Some(listener) = itself.take() {
            leptos::prelude::WindowListenerHandle::remove(listener);
            forget();
        }
    };
    listener.set(Some(window_event_listener_untyped("pointerdown", touched)));
}

async fn put(text: &str, area: Option<HtmlTextAreaElement>) -> bool {
    if written(text).await.is_ok() {
        return true;
    }
    if let Some(area) = area {
        area.select();
    }
    let document = document();
    let copied = Reflect::get(&document, &"execCommand".into())
        .and_then(|command| command.dyn_into::<Function>())
        .and_then(|command| command.call1(&document, &"copy".into()));
    copied.is_ok_and(|copied| copied.is_truthy())
}

async fn written(text: &str) -> Result<(), JsValue> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into())?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into())?.dyn_into()?;
    let promise: Promise = write.call1(&clipboard, &text.into())?.dyn_into()?;
    JsFuture::from(promise).await.map(|_| ())
}
