//! Critical information, as tags that are always in sight.

use kjent_core::view::CriticalView;
use leptos::prelude::*;

use super::icon::HEART;
use super::tag::tag;
use crate::i18n::{critical_word, use_i18n};

/// The tags of a client's critical information, or nothing.
#[component]
pub fn CriticalTags(#[prop(into)] critical: Signal<Vec<CriticalView>>) -> impl IntoView {
    let i18n = use_i18n();
    let item = move |it: CriticalView| {
        view! {
            <li data-testid="critical" title=critical_word(i18n, &it.kind)>
                {tag("danger", HEART, it.label)}
            </li>
        }
    };
    move || {
        let critical = critical.get();
        (!critical.is_empty()).then(
            || view! { <ul class="kj-tags">{critical.into_iter().map(item).collect_view()}</ul> },
        )
    }
}
