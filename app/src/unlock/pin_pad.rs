//! The number keys: large enough for gloves.

use leptos::prelude::*;

use crate::components::icon::{BACK, icon};
use crate::i18n::{t, t_string, use_i18n};

/// Keys 1–9, erase, 0, and the key that opens (it submits the form around it).
#[component]
pub fn PinPad(
    digit: Callback<char>,
    erase: Callback<()>,
    #[prop(into)] busy: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let key = move |value: char| {
        view! {
            <button
                type="button"
                class="ds-button kj-quiet-button kj-pin__key"
                data-testid=format!("pin-key-{value}")
                on:click=move |_| digit.run(value)
            >
                {value}
            </button>
        }
    };
    view! {
        // A pressed key does not take the focus from the field, so that a keyboard goes on working.
        <div
            class="kj-pin__pad"
            role="group"
            aria-label=move || t_string!(i18n, unlock.keys)
            on:mousedown=|event| event.prevent_default()
        >
            {('1'..='9').map(key).collect_view()}
            <button
                type="button"
                class="ds-button kj-quiet-button kj-pin__key"
                data-testid="pin-erase"
                on:click=move |_| erase.run(())
            >
                {icon(BACK)}
                <span class="ds-sr-only">{t!(i18n, unlock.erase)}</span>
            </button>
            {key('0')}
            <button type="submit" class="ds-button kj-pin__key" data-testid="unlock" aria-disabled=move || busy.get().to_string()>
                {move || if busy.get() { t_string!(i18n, unlock.working) } else { t_string!(i18n, unlock.submit) }}
            </button>
        </div>
    }
}
