//! Wires the search: one field, and the hits under it.

use leptos::html;
use leptos::prelude::*;

use super::hit_card::hit_card;
use super::search_model::Stage;
use super::searching::{Found, LIMIT, Searching};
use crate::components::failure::Trouble;
use crate::components::icon::{CLOSE, icon};
use crate::components::long_list::soon_all;
use crate::components::navigation::{Main, Trail};
use crate::components::page::Page;
use crate::i18n::{t, t_string, use_i18n};

/// More hits than are seen at once.
const SCREENFUL: usize = 10;

/// The search.
#[component]
pub fn SearchScreen() -> impl IntoView {
    let i18n = use_i18n();
    let searching = Searching::get();
    Trail::arrive(Main::Search);
    view! {
        <Page title=Signal::derive(move || t_string!(i18n, search.title).to_owned())>
            <div role="search">
                <SearchField searching />
            </div>
            <Hits searching />
        </Page>
    }
}

#[component]
fn SearchField(searching: Searching) -> impl IntoView {
    let i18n = use_i18n();
    let typed = searching.typed();
    let field = NodeRef::<html::Input>::new();
    let focus = move || {
        if let Some(field) = field.get_untracked() {
            let _focused = field.focus();
        }
    };
    // After the page has given its heading the focus: who comes here wants to type.
    field.on_load(move |_| request_animation_frame(focus));
    let clear = move |_| {
        searching.type_in(String::new());
        focus();
    };
    view! {
        <div class="ds-field">
            <label class="ds-label kj-label" for="search-field">{t!(i18n, search.label)}</label>
            <div class="kj-search">
                <input
                    class="ds-input kj-input"
                    id="search-field"
                    data-testid="search-field"
                    type="search"
                    enterkeyhint="search"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby="search-count"
                    node_ref=field
                    prop:value=typed
                    on:input:target=move |event| searching.type_in(event.target().value())
                />
                <Show when=move || typed.with(|typed| !typed.is_empty())>
                    <button type="button" class="ds-button kj-quiet-button" data-testid="clear-search" on:click=clear>
                        {icon(CLOSE)}
                        <span>{t!(i18n, search.clear)}</span>
                    </button>
                </Show>
            </div>
        </div>
    }
}

#[component]
fn Hits(searching: Searching) -> impl IntoView {
    let i18n = use_i18n();
    let found = searching.found();
    let problem = searching.problem();
    let stage = Memo::new(move |_| {
        found.with(|found| Stage::of(&found.query, found.view.hits.len(), LIMIT))
    });
    let query = Memo::new(move |_| found.with(|found| found.query.clone()));
    // One line that is always there, so that a screen reader hears it change.
    let count = move || match stage.get() {
        Stage::First => String::new(),
        Stage::Nothing => {
            let query = found.with(|found| found.query.clone());
            t_string!(i18n, search.none, query = query).to_string()
        }
        Stage::Hits(count) => t_string!(i18n, search.hits, count = count).to_string(),
        Stage::TooMany(n) => t_string!(i18n, search.too_many, n = n).to_string(),
    };
    view! {
        <p class="kj-search__count" id="search-count" role="status" data-testid="search-count">{count}</p>
        {move || problem.get().map(|problem| view! { <Trouble problem /> })}
        {move || match stage.get() {
            Stage::First => {
                view! {
                    <div class="kj-card" data-testid="search-first">
                        <p>{t!(i18n, search.first)}</p>
                        <p>{t!(i18n, search.first_several)}</p>
                        <p class="kj-subtle">{t!(i18n, search.here_only)}</p>
                    </div>
                }
                .into_any()
            }
            Stage::Nothing => {
                view! {
                    <div class="kj-card" data-testid="search-none">
                        <p>{t!(i18n, search.none_hint)}</p>
                        <p class="kj-subtle">{t!(i18n, search.here_only)}</p>
                    </div>
                }
                .into_any()
            }
            Stage::Hits(_) | Stage::TooMany(_) => ().into_any(),
        }}
        {move || {
            query.track();
            view! { <Cards found /> }
        }}
    }
}

/// The hits of one query.
#[component]
fn Cards(found: Memo<Found>) -> impl IntoView {
    let i18n = use_i18n();
    let numbers =
        soon_all(SCREENFUL, move || (0..found.with(|found| found.view.hits.len())).collect());
    let card = move |number: usize| {
        let hit = Memo::new(move |_| found.with(|found| found.view.hits.get(number).cloned()));
        move || hit.with(|hit| hit.as_ref().map(|hit| hit_card(i18n, hit)))
    };
    view! {
        <ul class="kj-plain-list" data-testid="hits">
            <For each=move || numbers.get() key=|number| *number let(number)>
                {card(number)}
            </For>
        </ul>
    }
}
