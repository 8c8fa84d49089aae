//! The journal, newest first, a page at a time.

use kjent_core::command::ReadJournal;
use kjent_core::ids::FactId;
use kjent_core::view::{ClientView, ErasedView, JournalView};
use leptos::html;
use leptos::prelude::*;

use super::entry::{Acts, entry as entry_card};
use super::journal_filters::JournalFilters;
use super::journal_model::{Filter, Folded, fold, kinds, place_of, professions};
use super::older::OlderJournal;
use super::restrict_entry::RestrictEntryDialog;
use super::wrong_person::WrongPersonDialog;
use crate::changes::Changes;
use crate::components::dialog::DialogHandle;
use crate::components::icon::{PENCIL, SEARCH, icon};
use crate::components::long_list::soon_all;
use crate::i18n::{date, t, t_string, use_i18n};
use crate::live::{Live, loaded};

/// How many entries are read when only some of them are shown.
const ENTRIES_TO_FILTER: u32 = 1000;

/// How many entries are a page: about a week of three visits a day.
const STEP: u32 = 20;

/// More entries than are seen at once.
const SCREENFUL: usize = 6;

/// The part of the client's page; `entry` is the one to go to.
#[component]
pub fn Journal(page: Memo<ClientView>, entry: Memo<Option<FactId>>) -> impl IntoView {
    let client = page.with_untracked(|page| page.client);
    let entries = RwSignal::new(STEP);
    // Who comes for one entry gets the journal as far as that.
    let through = entry.get_untracked();
    let request = move || ReadJournal { client, entries: entries.get(), through };
    let live = Live::following(request, Changes::get().client(client));
    loaded(live, move |data| view! { <Entries page data entries entry /> })
}

/// The entries. `entries` is how many of them are read.
#[component]
fn Entries(
    page: Memo<ClientView>,
    data: Memo<JournalView>,
    entries: RwSignal<u32>,
    entry: Memo<Option<FactId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let client = page.with_untracked(|page| page.client);
    let folded = Memo::new(move |_| data.with(|data| fold(&data.entries)));
    let place = data.with_untracked(|data| {
        let fact = entry.get_untracked()?;
        folded.with_untracked(|folded| place_of(folded, &data.entries, fact))
    });
    let place = place.and_then(|place| u32::try_from(place + 1).ok()).unwrap_or(0);
    let shown = RwSignal::new(STEP.max(place));
    let filter = RwSignal::new(Filter::default());
    let choose = Callback::new(move |chosen: Filter| {
        if !chosen.is_open() {
            entries.update(|entries| *entries = (*entries).max(ENTRIES_TO_FILTER));
        }
        filter.set(chosen);
    });
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let ids = move || {
        let shown = usize::try_from(shown.get()).unwrap_or(usize::MAX);
        folded.with(|folded| {
            let found = folded.iter().filter(|it| filter.with(|filter| filter.shows(it)));
            found.take(shown).map(|it| it.entry.fact).collect::<Vec<_>>()
        })
    };
    // The entry that is gone to must be there to go to.
    let screenful = if entry.get_untracked().is_some() { usize::MAX } else { SCREENFUL };
    let drawn = soon_all(screenful, ids);
    let kinds_here = Memo::new(move |_| folded.with(|folded| kinds(folded)));
    let written_by = Memo::new(move |_| folded.with(|folded| professions(folded)));
    let wrong = RwSignal::new(None::<FactId>);
    let dialog = DialogHandle::new();
    let restricts = RwSignal::new(None::<FactId>);
    let restrict_dialog = DialogHandle::new();
    let acts = Acts {
        client,
        restrict: Callback::new(move |fact| {
            restricts.set(Some(fact));
            restrict_dialog.open();
        }),
        wrong: Callback::new(move |fact| {
            wrong.set(Some(fact));
            dialog.open();
        }),
    };
    let more = Memo::new(move |_| {
        let shown = usize::try_from(shown.get()).unwrap_or(usize::MAX);
        let found = folded.with(|folded| {
            folded.iter().filter(|it| filter.with(|filter| filter.shows(it))).count()
        });
        found > shown || data.with(|data| data.older.more_here)
    });
    let show_more = move |_| {
        shown.update(|shown| *shown += STEP);
        entries.update(|entries| *entries = (*entries).max(shown.get_untracked()));
    };
    let one = move |id| {
        let found = Memo::new(move |_| {
            folded.with(|folded| -> Option<Folded> {
                folded.iter().find(|it| it.entry.fact == id).cloned()
            })
        });
        move || {
            found.with(|found| found.as_ref().map(|it| entry_card(i18n, it, &called.get(), acts)))
        }
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
    let section = NodeRef::<html::Section>::new();
    section.on_load(move |section| {
        if let Some(fact) = entry.get_untracked() {
            // A correction is shown in what it corrects.
            let root = data.with_untracked(|data| {
                let found = data.entries.iter().find(|it| it.fact == fact);
                found.and_then(|it| it.amends)
            });
            let is_here = ids().contains(&fact);
            go_to(&section, root.filter(|_| !is_here).unwrap_or(fact));
        }
    });
    view! {
        <section class="kj-journal" aria-labelledby="journal-heading" node_ref=section>
            <h2 class="ds-sr-only" id="journal-heading">{t!(i18n, client.part_journal)}</h2>
            <div class="kj-journal__head">
                <a class="ds-button" data-testid="new-note" href=format!("/client/{client}/note")>
                    {icon(PENCIL)}
                    <span>{t!(i18n, note.title_tell)}</span>
                </a>
                <a class="ds-button" data-variant="tertiary" data-testid="search-journal" href="/search">
                    {icon(SEARCH)}
                    <span>{t!(i18n, journal.search)}</span>
                </a>
            </div>
            <JournalFilters filter choose kinds=kinds_here professions=written_by />
            {move || (ids().is_empty() && !filter.with(Filter::is_open)).then(|| view! { <p class="kj-card kj-subtle" data-testid="none-shown">{t!(i18n, journal.none_shown)}</p> })}
            {move || data.with(|data| data.entries.is_empty()).then(|| view! { <p class="kj-card kj-subtle">{t!(i18n, client.journal_none)}</p> })}
            <For each=move || drawn.get() key=|id| *id let(id)>
                {one(id)}
            </For>
            <Show when=move || more.get()>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="show-older" on:click=show_more>
                    {t!(i18n, client.older)}
                </button>
            </Show>
            {erased}
            <OlderJournal client data entries shown more />
            <WrongPersonDialog client handle=dialog entry=wrong />
            <RestrictEntryDialog page journal=data handle=restrict_dialog entry=restricts />
        </section>
    }
}

/// Brings an entry into sight once it is in the page, and the focus to it.
fn go_to(section: &web_sys::HtmlElement, fact: FactId) {
    let section = section.clone();
    request_animation_frame(move || {
        let found = section.query_selector(&format!("#entry-{fact}")).ok().flatten();
        if let Some(entry) = found {
            let _focusable = entry.set_attribute("tabindex", "-1");
            let place = web_sys::ScrollIntoViewOptions::new();
            // Under the header it would not be seen.
            place.set_block(web_sys::ScrollLogicalPosition::Center);
            entry.scroll_into_view_with_scroll_into_view_options(&place);
            focus(&entry);
        }
    });
}

fn focus(element: &web_sys::Element) {
    use wasm_bindgen::JsCast;
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        let _focused = element.focus();
    }
}
