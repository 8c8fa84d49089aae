//! The wall clock, for words such as «i dag» and «lagret 08:41». Views bring every other time.

use chrono::NaiveDateTime;
use js_sys::{Array, Date, Intl, Object, Reflect};

/// The date and time in Europe/Oslo, by the webview's own tables.
pub fn now() -> NaiveDateTime {
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
    let format = Intl::DateTimeFormat::new(&Array::of1(&"sv-SE".into()), &options).format();
    let text = format
        .call1(&wasm_bindgen::JsValue::UNDEFINED, &Date::new_0())
        .ok()
        .and_then(|text| text.as_string());
    text.and_then(|text| NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S").ok())
        .unwrap_or_default()
}
