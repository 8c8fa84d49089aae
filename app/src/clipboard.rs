//! Copying text through the webview's clipboard.
//!
//! By reflection: not every webview has `navigator.clipboard`, and an old command does the same.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

/// Copies a text, which also stands in `area`; false when the webview doesn't allow it.
pub async fn copy(text: &str, area: Option<HtmlTextAreaElement>) -> bool {
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
