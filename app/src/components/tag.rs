//! Tags: a short sentence with an icon. Colour only repeats what the words say.

use leptos::prelude::*;

use super::icon::icon;

/// A tag in one of Designsystemet's colours.
pub fn tag(color: &'static str, svg: &'static str, words: impl IntoView) -> impl IntoView {
    view! {
        <span class="ds-tag kj-tag" data-color=color>
            {icon(svg)}
            <span>{words}</span>
        </span>
    }
}
