//! A screen's frame: who or what it is about, the sync line, the content, and at the
//! bottom the navigation or what is to be signed.

use leptos::html;
use leptos::prelude::*;

use super::icon::{BACK, LOCK, icon};
use super::navigation::Navigation;
use crate::i18n::{t, t_string, use_i18n};
use crate::session::Session;
use crate::sync::{Room, SyncLine};

/// Where the arrow at the top leads, and what it is called.
#[derive(Clone)]
pub struct Back {
    /// The address.
    pub to: String,
    /// Its words.
    pub words: Signal<String>,
}

/// The frame around a screen.
#[component]
pub fn Page(
    /// The screen's one heading.
    #[prop(into)]
    title: Signal<String>,
    /// A line under it, which stays in sight with it.
    #[prop(optional, into)]
    subtitle: Option<Signal<String>>,
    /// A line that goes with the page.
    #[prop(optional, into)]
    details: Option<Signal<String>>,
    /// The way back.
    #[prop(optional_no_strip)]
    back: Option<Back>,
    /// What must always be in sight beside the heading.
    #[prop(optional, into)]
    beside: ViewFnOnce,
    /// What stands after the sync line.
    #[prop(optional, into)]
    after: ViewFnOnce,
    /// The bar at the bottom, of a screen with something to sign; otherwise the navigation is there.
    #[prop(optional, into)]
    bar: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let heading = NodeRef::<html::H1>::new();
    // A new screen says its name to those who can't see it.
    heading.on_load(|heading| drop(heading.focus()));
    Effect::new(move || {
        document().set_title(&t_string!(i18n, app.page_title, title = title.get()).to_string())
    });
    let content = NodeRef::<html::Main>::new();
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(content) = content.get_untracked() {
            let _focused = content.focus();
        }
    };
    // Beside a name and its tags the sync line has fewer words; it says the rest when it is opened.
    let room = if back.is_some() { Room::Narrow } else { Room::Wide };
    let back = back.map(|back| {
        view! {
            <a class="ds-button kj-back" data-variant="secondary" data-color="neutral" href=back.to data-testid="back">
                {icon(BACK)}
                <span class="ds-sr-only">{back.words}</span>
            </a>
        }
    });
    view! {
        <div class="kj-page">
            <a class="ds-skip-link" href="#content" rel="external" on:click=skip>{t!(i18n, app.skip)}</a>
            <header class="kj-header">
                <div class="kj-header__who">
                    {back}
                    <div class="kj-header__title">
                        <div class="kj-header__name">
                            <h1 class="ds-heading" data-size="md" tabindex="-1" node_ref=heading>{title}</h1>
                            <div class="kj-header__beside">{beside.run()}</div>
                        </div>
                        {subtitle.map(|subtitle| view! { <p class="kj-header__subtitle">{subtitle}</p> })}
                    </div>
                </div>
                <div class="kj-header__rest">
                    {details.map(|details| view! { <p class="kj-header__details">{details}</p> })}
                    <div class="kj-header__after">
                        <SyncLine room />
                        {after.run()}
                        <button
                            type="button"
                            class="ds-button kj-lock"
                            data-variant="tertiary"
                            data-color="neutral"
                            data-testid="lock-now"
                            title=move || t_string!(i18n, menu.lock)
                            on:click=move |_| session.lock()
                        >
                            {icon(LOCK)}
                            <span class="ds-sr-only">{t!(i18n, menu.lock)}</span>
                        </button>
                    </div>
                </div>
            </header>
            <main class="kj-main" id="content" tabindex="-1" node_ref=content>{children()}</main>
            {match bar {
                Some(bar) => view! { <footer class="kj-bar">{bar.run()}</footer> }.into_any(),
                None => view! { <Navigation /> }.into_any(),
            }}
        </div>
    }
}
