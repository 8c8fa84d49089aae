//! The way between the main screens: along the bottom of a tablet held upright, at the side of one
//! held level.
//!
//! A new main screen is a variant of `Main` and an entry in `entries`.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::icon::{BELL, DAY, HANDSHAKE, PEOPLE, SEARCH, icon};
use super::page::Back;
use crate::counts::Counts;
use crate::i18n::{I18n, t, t_string, use_i18n};

/// The main screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Main {
    /// The day's visits.
    Day,
    /// All clients.
    Clients,
    /// What is to be followed up.
    FollowUps,
    /// The shift report.
    Handover,
    /// The search.
    Search,
}

/// One way of the navigation.
struct Entry {
    main: Main,
    href: &'static str,
    icon: &'static str,
    words: fn(I18n) -> &'static str,
    /// What the arrow at the top of a page beneath it says.
    back: fn(I18n) -> &'static str,
    test_id: &'static str,
    /// How much waits there; nothing is shown of none.
    count: Option<Signal<u32>>,
}

/// All of them, in order.
fn entries() -> [Entry; 5] {
    let counts = Counts::get();
    [
        Entry {
            main: Main::Day,
            href: "/",
            icon: DAY,
            words: |i18n| t_string!(i18n, navigation.day),
            back: |i18n| t_string!(i18n, app.back_to_day),
            test_id: "open-today",
            count: None,
        },
        Entry {
            main: Main::Clients,
            href: "/clients",
            icon: PEOPLE,
            words: |i18n| t_string!(i18n, navigation.clients),
            back: |i18n| t_string!(i18n, navigation.back_to_clients),
            test_id: "open-clients",
            count: None,
        },
        Entry {
            main: Main::FollowUps,
            href: "/follow-ups",
            icon: BELL,
            words: |i18n| t_string!(i18n, follow_ups.title),
            back: |i18n| t_string!(i18n, follow_ups.back),
            test_id: "open-follow-ups",
            count: Some(counts.follow_ups()),
        },
        Entry {
            main: Main::Handover,
            href: "/handover",
            icon: HANDSHAKE,
            words: |i18n| t_string!(i18n, handover.title),
            back: |i18n| t_string!(i18n, handover.back),
            test_id: "open-handover",
            count: Some(counts.handovers()),
        },
        Entry {
            main: Main::Search,
            href: "/search",
            icon: SEARCH,
            words: |i18n| t_string!(i18n, navigation.search),
            back: |i18n| t_string!(i18n, app.back_to_search),
            test_id: "open-search",
            count: None,
        },
    ]
}

/// Which main screen the worker came from: where the arrow at the top leads back to.
#[derive(Clone, Copy)]
pub struct Trail(RwSignal<Main>);

impl Trail {
    /// Provides it to every screen.
    pub fn provide() {
        provide_context(Self(RwSignal::new(Main::Day)));
    }

    /// A main screen is shown.
    pub fn arrive(main: Main) {
        expect_context::<Self>().0.set(main);
    }

    /// The way back to it.
    pub fn back(i18n: I18n) -> Option<Back> {
        let main = expect_context::<Self>().0.get();
        entries().into_iter().find(|entry| entry.main == main).map(|entry| Back {
            to: entry.href.to_owned(),
            words: Signal::derive(move || (entry.back)(i18n).to_owned()),
        })
    }
}

/// The navigation.
#[component]
pub fn Navigation() -> impl IntoView {
    let i18n = use_i18n();
    let Trail(trail) = expect_context();
    let path = use_location().pathname;
    let one = move |Entry { main, href, icon: svg, words, test_id, count, .. }: Entry| {
        // On a page beneath a main screen that one is still where the worker is.
        let current = move || {
            let is_here = path.with(|path| path == href);
            (trail.get() == main).then_some(if is_here { "page" } else { "true" })
        };
        let badge = move || {
            let n = count.map(|count| count.get()).filter(|n| *n > 0)?;
            Some(view! {
                <span class="kj-nav__count" aria-hidden="true">{n}</span>
                <span class="ds-sr-only">{t!(i18n, navigation.waiting, n = n)}</span>
            })
        };
        view! {
            <li>
                <a href=href data-testid=test_id aria-current=current>
                    <span class="kj-nav__icon">{icon(svg)}</span>
                    <span>{move || words(i18n)}</span>
                    {badge}
                </a>
            </li>
        }
    };
    view! {
        <nav class="kj-nav" aria-label=move || t_string!(i18n, navigation.label)>
            <ul>{entries().into_iter().map(one).collect_view()}</ul>
        </nav>
    }
}
