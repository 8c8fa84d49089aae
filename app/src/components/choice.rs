//! One of several, as large buttons in a row: radio buttons underneath, so that keys and screen
//! readers know them.

use leptos::prelude::*;

/// A choice with its words.
pub type Choice<T> = (T, Signal<String>);

/// Radio buttons that look like buttons. `name` is unique on the page and part of the test ids.
#[component]
pub fn Choices<T>(
    /// The radio group's name.
    #[prop(into)]
    name: String,
    /// What is chosen among.
    #[prop(into)]
    legend: Signal<String>,
    /// What there is, with a code for each.
    choices: Vec<(Choice<T>, String)>,
    /// What is chosen.
    #[prop(into)]
    chosen: Signal<Option<T>>,
    /// Takes the new choice.
    choose: Callback<T>,
    /// Whether the legend is for screen readers only.
    #[prop(optional)]
    quiet: Quiet,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let one = |((value, words), code): (Choice<T>, String)| {
        let is_chosen = {
            let value = value.clone();
            Memo::new(move |_| chosen.with(|chosen| chosen.as_ref() == Some(&value)))
        };
        let test_id = format!("{name}-{code}");
        view! {
            <label class="kj-choice">
                <input
                    type="radio"
                    name=name.clone()
                    data-testid=test_id
                    prop:checked=is_chosen
                    on:change=move |_| choose.run(value.clone())
                />
                <span>{words}</span>
            </label>
        }
    };
    let legend_class = match quiet {
        Quiet::No => "ds-label kj-label",
        Quiet::Yes => "ds-sr-only",
    };
    view! {
        <fieldset class="kj-choices">
            <legend class=legend_class>{legend}</legend>
            <div class="kj-choices__row">{choices.into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
}

/// Whether a legend is heard only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quiet {
    /// Seen and heard.
    #[default]
    No,
    /// Heard only.
    Yes,
}
