//! An entry that the client restricts: one calm line to whoever doesn't read it, and a sign to whoever
//! does.

use kjent_core::ids::FactId;
use kjent_core::view::{EntryView, RestrictedView};
use leptos::prelude::*;

use crate::components::icon::{LOCK, icon};
use crate::i18n::{I18n, t_string};

/// That there is an entry, and whom to ask. Links to the entry lead here.
pub(super) fn closed(i18n: I18n, entry: FactId, ask: &str) -> impl IntoView + use<> {
    let words = t_string!(i18n, restricted_entry.closed, name = ask.to_owned()).to_string();
    view! {
        <p class="kj-card kj-subtle kj-with-icon" id=format!("entry-{entry}") data-testid="restricted-entry">
            {icon(LOCK)} <span>{words}</span>
        </p>
    }
}

/// Who reads it, and why, as the client puts it.
pub(super) fn mark(i18n: I18n, it: &RestrictedView) -> impl IntoView + use<> {
    let line = if it.is_ended {
        t_string!(i18n, restricted_entry.mark_ended).to_owned()
    } else {
        let names = it.names.join(", ");
        t_string!(i18n, restricted_entry.mark, names = names).to_string()
    };
    let words = t_string!(i18n, restricted_entry.said, words = it.words.clone()).to_string();
    view! {
        <div data-testid="restricted-mark" data-ended=it.is_ended.to_string()>
            <p class="kj-strong kj-with-icon">{icon(LOCK)} <span>{line}</span></p>
            <p class="kj-subtle">{words}</p>
        </div>
    }
}

/// The button that opens the dialog.
pub(super) fn button(
    i18n: I18n,
    entry: &EntryView,
    restrict: Callback<FactId>,
) -> impl IntoView + use<> {
    let fact = entry.fact;
    let is_restricted = entry.restricted.as_ref().is_some_and(|it| !it.is_ended);
    let words = if is_restricted {
        t_string!(i18n, restricted_entry.change)
    } else {
        t_string!(i18n, restricted_entry.restrict)
    };
    view! {
        <button type="button" class="ds-button" data-variant="tertiary" data-testid="restrict-entry" on:click=move |_| restrict.run(fact)>
            {words}
        </button>
    }
}
