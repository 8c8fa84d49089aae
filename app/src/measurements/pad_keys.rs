//! The keys of a number: large enough for gloves.

use kjent_core::clinical::MeasurementKind;
use leptos::prelude::*;

use super::measurements_model::press;
use crate::components::icon::{BACK, icon};
use crate::i18n::{t, t_string, use_i18n};

/// Keys 1–9, comma or slash where the kind has one, 0, and erase.
#[component]
pub fn PadKeys(
    kind: MeasurementKind,
    typed: RwSignal<String>,
    /// Hears each key.
    pressed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let scale = kind.scale();
    let extra = match scale {
        Some(scale) if scale.parts.len() > 1 => Some('/'),
        Some(scale) if scale.decimals > 0 => Some(','),
        _ => None,
    };
    let kind = StoredValue::new(kind);
    let key = move |key: char| {
        let label = move || match key {
            ',' => Some(t_string!(i18n, measure.comma)),
            '/' => Some(t_string!(i18n, measure.slash)),
            _ => None,
        };
        let code = match key {
            ',' => "comma".to_owned(),
            '/' => "slash".to_owned(),
            digit => digit.to_string(),
        };
        let tapped = move |_| {
            pressed.run(());
            kind.with_value(|kind| typed.update(|typed| *typed = press(kind, typed, key)));
        };
        view! {
            <button type="button" class="ds-button kj-quiet-button kj-pad__key" data-testid=format!("key-{code}") aria-label=label on:click=tapped>
                {key}
            </button>
        }
    };
    let extra = match extra {
        Some(extra) => key(extra).into_any(),
        None => view! { <span></span> }.into_any(),
    };
    view! {
        // A pressed key does not take the focus from the field, so that a keyboard goes on working.
        <div
            class="kj-pad__keys"
            role="group"
            aria-label=move || t_string!(i18n, measure.keys)
            on:mousedown=|event| event.prevent_default()
        >
            {('1'..='9').map(key).collect_view()}
            {extra}
            {key('0')}
            <button type="button" class="ds-button kj-quiet-button kj-pad__key" data-testid="key-erase"
                on:click=move |_| { pressed.run(()); typed.update(|typed| { typed.pop(); }); }>
                {icon(BACK)}
                <span class="ds-sr-only">{t!(i18n, measure.erase)}</span>
            </button>
        </div>
    }
}
