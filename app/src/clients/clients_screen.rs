//! Wires the list of clients: whose, the field that finds one, and the cards.

use kjent_core::command::ReadClients;
use kjent_core::view::ClientCardView;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::client_card::client_card;
use super::clients_model::{Shown, matches};
use crate::changes::Changes;
use crate::components::icon::{CLOSE, icon};
use crate::components::navigation::{Main, Trail};
use crate::components::page::Page;
use crate::i18n::{t, t_string, use_i18n};
use crate::live::{Live, loaded};

/// What is typed to find a client. It outlives the screen, for the way back from a client, and is in
/// no address, because it is a name.
#[derive(Clone, Copy)]
pub struct Finding(RwSignal<String>);

impl Finding {
    /// Provides it.
    pub fn provide() {
        provide_context(Self(RwSignal::new(String::new())));
    }
}

/// All clients.
#[component]
pub fn ClientsScreen() -> impl IntoView {
    let i18n = use_i18n();
    Trail::arrive(Main::Clients);
    let live = Live::new(ReadClients {}, Changes::get().today());
    let query = use_query_map();
    let shown =
        Memo::new(move |_| Shown::from_code(query.with(|query| query.get("show")).as_deref()));
    view! {
        <Page title=Signal::derive(move || t_string!(i18n, clients.title).to_owned())>
            {loaded(live, move |all| view! { <Clients all shown /> })}
            <p>
                <a class="ds-button" data-variant="tertiary" href="/break-glass" data-testid="break-glass">{t!(i18n, break_glass.way)}</a>
            </p>
        </Page>
    }
}

#[component]
fn Clients(all: Memo<Vec<ClientCardView>>, shown: Memo<Shown>) -> impl IntoView {
    let i18n = use_i18n();
    let Finding(typed) = expect_context();
    let count =
        move |shown: Shown| all.with(|all| all.iter().filter(|card| shown.has(card)).count());
    let words = move |shown: Shown| {
        let n = count(shown);
        match shown {
            Shown::All => t_string!(i18n, clients.all, n = n).to_string(),
            Shown::MineToday => t_string!(i18n, clients.mine_today, n = n).to_string(),
            Shown::PrimaryContact => t_string!(i18n, clients.primary_contact, n = n).to_string(),
        }
    };
    let way = move |it: Shown| {
        view! {
            <a
                href=format!("/clients?show={}", it.code())
                data-testid=format!("show-{}", it.code())
                aria-current=move || (shown.get() == it).then_some("true")
            >
                {move || words(it)}
            </a>
        }
    };
    let field = NodeRef::<html::Input>::new();
    let clear = move |_| {
        typed.set(String::new());
        if let Some(field) = field.get_untracked() {
            let _focused = field.focus();
        }
    };
    let found = Memo::new(move |_| {
        let (shown, typed) = (shown.get(), typed.get());
        let is_found = |card: &&ClientCardView| shown.has(card) && matches(card, &typed);
        all.with(|all| all.iter().filter(is_found).cloned().collect::<Vec<_>>())
    });
    // One line that is always there, so that a screen reader hears it change.
    let line = move || {
        let typed = typed.with(|typed| typed.trim().to_owned());
        match (found.with(Vec::len), shown.get()) {
            (0, _) if all.with(Vec::is_empty) => t_string!(i18n, clients.none).to_owned(),
            (0, _) if !typed.is_empty() => {
                t_string!(i18n, clients.none_found, typed = typed).to_string()
            }
            (0, Shown::MineToday) => t_string!(i18n, clients.none_today).to_owned(),
            (0, _) => t_string!(i18n, clients.none_primary).to_owned(),
            (_, _) if typed.is_empty() => String::new(),
            (count, _) => t_string!(i18n, clients.found, count = count).to_string(),
        }
    };
    view! {
        <nav class="kj-lists" aria-label=move || t_string!(i18n, clients.which)>
            {Shown::ALL.into_iter().map(way).collect_view()}
        </nav>
        <div class="ds-field" role="search">
            <label class="ds-label kj-label" for="find-client">{t!(i18n, clients.find)}</label>
            <div class="kj-search">
                <input
                    class="ds-input kj-input"
                    id="find-client"
                    data-testid="find-client"
                    type="search"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby="clients-line"
                    node_ref=field
                    prop:value=typed
                    on:input:target=move |event| typed.set(event.target().value())
                />
                <Show when=move || typed.with(|typed| !typed.is_empty())>
                    <button type="button" class="ds-button kj-quiet-button" data-testid="clear-find" on:click=clear>
                        {icon(CLOSE)}
                        <span>{t!(i18n, search.clear)}</span>
                    </button>
                </Show>
            </div>
        </div>
        <p class="kj-clients__line" id="clients-line" role="status" data-testid="clients-line">{line}</p>
        <ul class="kj-clients">
            {move || found.with(|found| {
                found.iter().map(|card| client_card(i18n, card)).collect_view()
            })}
        </ul>
    }
}
