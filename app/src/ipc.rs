//! The line to the shell: typed commands and the two events.
//!
//! Goes through `window.__TAURI__` by reflection, so that a page without a shell gets a plain
//! problem and not an exception.

use js_sys::{Function, Object, Promise, Reflect};
use kjent_core::command::{CHANGED_EVENT, Command, STRAY_LINK_EVENT};
use kjent_core::problem::Problem;
use kjent_core::view::ChangeSet;
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Sends a request to the shell and reads its answer.
pub async fn call<C: Command>(request: C) -> Result<C::Answer, Problem> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    let request = request.serialize(&serializer).map_err(|_| unreadable())?;
    let args = Object::new();
    set(&args, "request", &request)?;
    match invoke(C::NAME, &args).await {
        Ok(answer) => read(answer),
        Err(rejection) => Err(read(rejection).unwrap_or_else(|problem| problem)),
    }
}

/// Calls `heard` each time something changed, by a local edit or by sync, as long as the page lives.
pub fn on_change(heard: impl Fn(ChangeSet) + 'static) {
    on_event(CHANGED_EVENT, heard);
}

/// Calls `heard` each time a link of a sign-in comes that nobody waits for, as long as the page lives.
pub fn on_stray_link(heard: impl Fn(Problem) + 'static) {
    on_event(STRAY_LINK_EVENT, heard);
}

fn on_event<T: DeserializeOwned>(name: &str, heard: impl Fn(T) + 'static) {
    let handler = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        if let Ok(payload) = Reflect::get(&event, &"payload".into())
            .map_err(|_| ())
            .and_then(|it| read(it).map_err(|_| ()))
        {
            heard(payload);
        }
    });
    if let Ok((event, listen)) = function("event", "listen") {
        // The promise holds the function that stops listening, which nobody needs.
        let _promise = listen.call2(&event, &name.into(), handler.as_ref());
    }
    handler.forget();
}

async fn invoke(command: &str, args: &Object) -> Result<JsValue, JsValue> {
    let (core, invoke) = function("core", "invoke")?;
    let promise = invoke.call2(&core, &command.into(), args)?;
    JsFuture::from(promise.dyn_into::<Promise>()?).await
}

/// A function of Tauri's global API, with the object it belongs to.
fn function(module: &str, name: &str) -> Result<(JsValue, Function), JsValue> {
    let no_shell =
        || serde_wasm_bindgen::to_value(&Problem::new("no_shell")).unwrap_or(JsValue::NULL);
    let tauri = Reflect::get(&leptos::prelude::window(), &"__TAURI__".into())?;
    let module = Reflect::get(&tauri, &module.into()).map_err(|_| no_shell())?;
    let function = Reflect::get(&module, &name.into()).map_err(|_| no_shell())?;
    Ok((module, function.dyn_into()?))
}

fn set(object: &Object, key: &str, value: &JsValue) -> Result<(), Problem> {
    Reflect::set(object, &key.into(), value).map(|_| ()).map_err(|_| unreadable())
}

fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, Problem> {
    serde_wasm_bindgen::from_value(value).map_err(|_| unreadable())
}

fn unreadable() -> Problem {
    Problem::new("answer_unreadable")
}
