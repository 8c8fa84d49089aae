//! Two values of one field, both shown, until a person chooses. Nobody's words are thrown away.

use kjent_core::view::ValueView;
use leptos::prelude::*;

use crate::components::icon::{ALERT, icon};
use crate::i18n::{moment, t, t_string, use_i18n};

/// The values with who and when; with `choose`, a button for each.
#[component]
pub fn Conflict(
    /// The field's name.
    #[prop(into)]
    field: Signal<String>,
    /// All its values; nothing is shown when empty.
    #[prop(into)]
    values: Signal<Vec<ValueView>>,
    /// How a value is said, when it is a code.
    #[prop(optional, into)]
    word: Option<Callback<String, String>>,
    /// Takes the chosen value, when the worker may choose.
    #[prop(optional_no_strip)]
    choose: Option<Callback<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let lead = move || match choose {
        Some(_) => t_string!(i18n, client.conflict_lead, field = field.get()).to_string(),
        None => t_string!(i18n, client.conflict_read, field = field.get()).to_string(),
    };
    let said = move |value: &str| match word {
        _ if value.is_empty() => t_string!(i18n, client.conflict_empty).to_owned(),
        Some(word) => word.run(value.to_owned()),
        None => value.to_owned(),
    };
    let one = move |it: ValueView| {
        let value = it.value.clone();
        let button = choose.map(|choose| {
            view! {
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    data-testid="choose-value"
                    aria-label=format!("{}: {}", t_string!(i18n, client.conflict_choose), said(&value))
                    on:click=move |_| choose.run(value.clone())
                >
                    {t!(i18n, client.conflict_choose)}
                </button>
            }
        });
        view! {
            <li class="kj-conflict__value">
                <div>
                    <p class="kj-strong">{said(&it.value)}</p>
                    <p class="kj-subtle">
                        {t!(i18n, client.conflict_by, name = it.by.clone(), when = moment(i18n, it.at))}
                    </p>
                </div>
                {button}
            </li>
        }
    };
    move || {
        let values = values.get();
        (!values.is_empty()).then(|| {
            view! {
                <div class="kj-conflict" data-testid="goal-conflict">
                    <p class="kj-conflict__lead">{icon(ALERT)} <span>{lead}</span></p>
                    <ul>{values.into_iter().map(one).collect_view()}</ul>
                </div>
            }
        })
    }
}
