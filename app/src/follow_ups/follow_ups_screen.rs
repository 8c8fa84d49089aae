//! Wires the list of what is to be followed up.

use kjent_core::command::ReadFollowUps;
use kjent_core::view::FollowUpsView;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::follow_ups_model::{Shown, first, shown};
use super::thread_card::thread_card;
use crate::changes::Changes;
use crate::components::navigation::{Main, Trail};
use crate::components::page::Page;
use crate::i18n::{t_string, use_i18n};
use crate::live::{Live, loaded};

/// The list.
#[component]
pub fn FollowUpsScreen() -> impl IntoView {
    let i18n = use_i18n();
    Trail::arrive(Main::FollowUps);
    let live = Live::new(ReadFollowUps {}, Changes::get().today());
    view! {
        <Page title=Signal::derive(move || t_string!(i18n, follow_ups.title).to_owned())>
            {loaded(live, |view| view! { <Threads view /> })}
        </Page>
    }
}

#[component]
fn Threads(view: Memo<FollowUpsView>) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    // What was shown first stays shown when the last of it is closed.
    let fallback = view.with_untracked(first);
    let which = Memo::new(move |_| {
        Shown::from_code(query.with(|query| query.get("show")).as_deref(), fallback)
    });
    let words = move |it: Shown| {
        let n = view.with(|view| shown(view, it).count());
        match it {
            Shown::Mine => t_string!(i18n, follow_ups.mine, n = n).to_string(),
            Shown::Team => t_string!(i18n, follow_ups.team, n = n).to_string(),
            Shown::Overdue => t_string!(i18n, follow_ups.overdue, n = n).to_string(),
        }
    };
    let link = move |it: Shown| {
        let current = move || (which.get() == it).then_some("true");
        view! {
            <a href=format!("/follow-ups?show={}", it.code()) data-testid=format!("show-{}", it.code()) aria-current=current>
                {move || words(it)}
            </a>
        }
    };
    let ids =
        move || view.with(|view| shown(view, which.get()).map(|it| it.thread).collect::<Vec<_>>());
    let one = move |id| {
        let found = Memo::new(move |_| {
            view.with(|view| view.threads.iter().find(|it| it.thread == id).cloned())
        });
        move || found.with(|found| found.as_ref().map(|it| thread_card(i18n, it)))
    };
    let empty = move || {
        ids().is_empty().then(|| match which.get() {
            Shown::Mine => t_string!(i18n, follow_ups.none_mine),
            Shown::Team => t_string!(i18n, follow_ups.none_team),
            Shown::Overdue => t_string!(i18n, follow_ups.none_overdue),
        })
    };
    view! {
        <nav class="kj-lists" aria-label=move || t_string!(i18n, follow_ups.which)>
            {Shown::ALL.into_iter().map(link).collect_view()}
        </nav>
        {move || empty().map(|words| view! { <p class="kj-card kj-subtle" data-testid="no-threads">{words}</p> })}
        <ul class="kj-plain-list">
            <For each=ids key=|id| *id let(id)>
                {one(id)}
            </For>
        </ul>
    }
}
