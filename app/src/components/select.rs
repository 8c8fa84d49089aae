//! One of many, in the browser's own list: for lists that are too long for buttons.

use leptos::prelude::*;

use super::text_field::error_line;
use crate::i18n::{t_string, use_i18n};

/// A list with a label; its first choice is none.
#[component]
pub fn Select(
    /// What the field is, also its test id.
    id: &'static str,
    /// Which one, when the page has several of them.
    #[prop(optional, into)]
    of: String,
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// What there is: a code and its words.
    #[prop(into)]
    choices: Signal<Vec<(String, String)>>,
    /// The code that was chosen before; empty for none.
    seed: String,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Takes the code of the new choice; empty for none.
    chosen: Callback<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let field_id = format!("{id}{of}");
    let error_id = format!("{field_id}-error");
    let described_by = error_id.clone();
    let value = RwSignal::new(seed);
    let options = move || {
        let one = |(code, words): (String, String)| {
            let selected = value.with_untracked(|value| *value == code);
            view! { <option value=code selected=selected>{words}</option> }
        };
        choices.get().into_iter().map(one).collect_view()
    };
    let picked = move |code: String| {
        value.set(code.clone());
        chosen.run(code);
    };
    view! {
        <div class="ds-field">
            <label class="ds-label kj-label" for=field_id.clone()>{label}</label>
            <div class="kj-select-box"><select
                class="ds-input kj-select"
                id=field_id
                data-testid=id
                aria-describedby=move || error.with(Option::is_some).then(|| described_by.clone())
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:change:target=move |event| picked(event.target().value())
            >
                <option value="">{move || t_string!(i18n, plan.none)}</option>
                {options}
            </select></div>
            {error_line(error_id, error)}
        </div>
    }
}
