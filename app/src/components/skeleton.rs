//! What stands where data will come, when it takes its time. Invisible for the first 300 ms.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// Three grey cards.
#[component]
pub fn Skeleton() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="kj-skeleton">
            <p class="ds-sr-only" role="status">{t!(i18n, app.loading)}</p>
            <div class="ds-skeleton"></div>
            <div class="ds-skeleton"></div>
            <div class="ds-skeleton"></div>
        </div>
    }
}
