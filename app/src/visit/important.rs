//! What a colleague flagged for whoever comes next: first on the screen.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// The flagged observations, or nothing.
#[component]
pub fn Important(#[prop(into)] important: Signal<Vec<String>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let important = important.get();
        (!important.is_empty()).then(|| {
            view! {
                <section class="ds-alert" data-color="warning" data-testid="important">
                    <h2 class="ds-heading" data-size="2xs">{t!(i18n, visit.important_heading)}</h2>
                    {important.into_iter().map(|what| view! { <p class="kj-text">{what}</p> }).collect_view()}
                </section>
            }
        })
    }
}
