//! The wall clock, for words such as «i dag» and «lagret 08:41». Views bring every other time.

use chrono::NaiveDateTime;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

thread_local! {
    /// Made once: that is what takes long, and a journal says hundreds of times when something was.
    static OSLO: Function = format();
}

/// The date and time in Europe/Oslo, by the webview's own tables.
pub fn now() -> NaiveDateTime {
    let text = OSLO.with(|format| format.call1(&JsValue::UNDEFINED, &Date::new_0()));
    let text = text.ok().and_then(|text| text.as_string());
    text.and_then(|text| NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S").ok())
        .unwrap_or_default()
}

fn format() -> Function {
    let options = Object::new();
    for (key, value) in [
        ("timeZone", "Europe/Oslo"),
        ("year", "numeric"),
        ("month", "2-digit"),
        ("day", "2-digit"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("second", "2-digit"),
        ("hourCycle", "h23"),
    ] {
        // A plain new object takes any key.
        let _taken = Reflect::set(&options, &key.into(), &value.into());
    }
    // Swedish writes 2026-11-21 08:41:05, which chrono reads.
    Intl::DateTimeFormat::new(&Array::of1(&"sv-SE".into()), &options).format()
}
