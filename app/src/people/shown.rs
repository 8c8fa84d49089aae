//! What the cards share: rows of facts, and the way into a form.

use chrono::NaiveDate;
use kjent_core::view::PlanFields;
use leptos::prelude::*;

use crate::components::icon::{PENCIL, PLUS, icon};

/// Rows of what is known; those of which nothing is known are left out.
pub fn facts(rows: impl IntoIterator<Item = (String, Option<String>)>) -> Option<impl IntoView> {
    let rows: Vec<_> = rows
        .into_iter()
        .filter_map(|(name, text)| text.map(|text| view! { <dt>{name}</dt><dd>{text}</dd> }))
        .collect();
    (!rows.is_empty()).then(|| view! { <dl class="kj-facts">{rows}</dl> })
}

/// A field's text.
pub fn text(fields: &PlanFields, field: &str) -> Option<String> {
    fields.get(field)?.as_text().map(str::to_owned)
}

/// A field's day.
pub fn day(fields: &PlanFields, field: &str) -> Option<NaiveDate> {
    fields.get(field)?.as_text()?.parse().ok()
}

/// The button that opens a form; nothing for one who may not.
pub fn edit_button(
    may: bool,
    test_id: &'static str,
    words: impl IntoView + 'static,
    about: String,
    open: impl Fn() + 'static,
) -> Option<impl IntoView> {
    button(may, PENCIL, test_id, words, about, open)
}

/// The button that opens a form of something new; nothing for one who may not.
pub fn add_button(
    may: bool,
    test_id: &'static str,
    words: impl IntoView + 'static,
    open: impl Fn() + 'static,
) -> Option<impl IntoView> {
    button(may, PLUS, test_id, words, String::new(), open)
}

fn button(
    may: bool,
    svg: &'static str,
    test_id: &'static str,
    words: impl IntoView + 'static,
    about: String,
    open: impl Fn() + 'static,
) -> Option<impl IntoView> {
    may.then(|| {
        view! {
            <button type="button" class="ds-button" data-variant="tertiary" data-testid=test_id on:click=move |_| open()>
                {icon(svg)}
                <span>{words}</span>
                <span class="ds-sr-only">{about}</span>
            </button>
        }
    })
}
