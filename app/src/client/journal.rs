//! The journal, newest first, a page at a time.

use kjent_core::view::{ClientView, ErasedView};
use leptos::prelude::*;

use super::entry::entry;
use crate::i18n::{date, t, t_string, use_i18n};

/// How many entries are added at a time.
const STEP: usize = 30;

/// The entries.
#[component]
pub fn Journal(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let shown = RwSignal::new(STEP);
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let ids = move || {
        data.with(|data| {
            data.journal.iter().take(shown.get()).map(|entry| entry.fact).collect::<Vec<_>>()
        })
    };
    let more = move || data.with(|data| data.journal.len()) > shown.get();
    let one = move |id| {
        let found = Memo::new(move |_| {
            data.with(|data| data.journal.iter().find(|it| it.fact == id).cloned())
        });
        move || found.with(|found| found.as_ref().map(|it| entry(i18n, it, &called.get())))
    };
    let erased = move || {
        let line = |it: &ErasedView| {
            let (when, ground) = (date(i18n, it.at.date()), it.ground.clone());
            let words = t_string!(i18n, client.entry_erased, when = when, ground = ground);
            let id = format!("entry-{}", it.fact);
            view! { <p class="kj-card kj-subtle" id=id data-testid="erased-entry">{words.to_string()}</p> }
        };
        data.with(|data| data.erased.iter().map(line).collect_view())
    };
    view! {
        <section class="kj-journal" aria-labelledby="journal-heading">
            <h2 class="ds-sr-only" id="journal-heading">{t!(i18n, client.part_journal)}</h2>
            {move || data.with(|data| data.journal.is_empty()).then(|| view! { <p class="kj-card kj-subtle">{t!(i18n, client.journal_none)}</p> })}
            <For each=ids key=|id| *id let(id)>
                {one(id)}
            </For>
            <Show when=more>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="show-older" on:click=move |_| shown.update(|shown| *shown += STEP)>
                    {t!(i18n, client.older)}
                </button>
            </Show>
            {erased}
        </section>
    }
}
