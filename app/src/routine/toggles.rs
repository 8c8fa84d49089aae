//! Several of several, as large buttons that stay pressed.

use leptos::prelude::*;

use crate::components::icon::{CHECK, icon};

/// Something to press: its value, its words, and a code for its test id.
pub type Toggle<T> = (T, Signal<String>, String);

/// The buttons, as a group with a name.
#[component]
pub fn Toggles<T>(
    /// The id of the heading that names the group.
    labelled_by: &'static str,
    /// What can be pressed.
    toggles: Vec<Toggle<T>>,
    /// What is pressed.
    #[prop(into)]
    pressed: Signal<Vec<T>>,
    /// Takes what was tapped.
    tapped: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let one = |(value, words, code): Toggle<T>| {
        let is_pressed = {
            let value = value.clone();
            Memo::new(move |_| pressed.with(|all| all.contains(&value)))
        };
        view! {
            <button type="button" class="kj-toggle" data-testid=code aria-pressed=move || is_pressed.get().to_string()
                on:click=move |_| tapped.run(value.clone())>
                {move || is_pressed.get().then(|| icon(CHECK))}
                <span>{words}</span>
            </button>
        }
    };
    view! {
        <div class="kj-toggles" role="group" aria-labelledby=labelled_by>
            {toggles.into_iter().map(one).collect_view()}
        </div>
    }
}
