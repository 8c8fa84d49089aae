//! Where the journal ends on this tablet, and the way to what is older.

use kjent_core::command::{FetchOlder, Older};
use kjent_core::ids::ClientId;
use kjent_core::problem::Problem;
use kjent_core::time::Month;
use kjent_core::view::JournalView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::failure::Trouble;
use crate::components::icon::{CLOUD_DOWN, icon};
use crate::i18n::{I18n, month, t_string, use_i18n};
use crate::ipc::call;
use crate::sync::Syncing;

/// Read at least so much more when a month has come.
const A_MONTH: u32 = 200;

/// The end of the journal; the way further back only when there is no `more` on the tablet.
#[component]
pub fn OlderJournal(
    client: ClientId,
    data: Memo<JournalView>,
    entries: RwSignal<u32>,
    shown: RwSignal<u32>,
    more: Memo<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_online = Syncing::get().is_online();
    let came = RwSignal::new(None::<(Month, Older)>);
    let problem = RwSignal::new(None::<Problem>);
    let fetching = RwSignal::new(None::<Month>);
    let from = Memo::new(move |_| {
        let from = data.with(|data| data.older.from)?;
        // A month in which nothing was written is behind us, too.
        match came.get() {
            Some((month, Older::Nothing)) => Some(from.min(month)),
            _ => Some(from),
        }
    });
    let fetch = move |wanted: Month| {
        if fetching.get_untracked().is_some() {
            return;
        }
        fetching.set(Some(wanted));
        problem.set(None);
        spawn_local(async move {
            let answer = call(FetchOlder { client, month: wanted }).await;
            fetching.set(None);
            match answer {
                Ok(Older::Here) => {
                    came.set(Some((wanted, Older::Here)));
                    entries.update(|entries| *entries += A_MONTH);
                    shown.update(|shown| *shown += A_MONTH);
                }
                Ok(other) => came.set(Some((wanted, other))),
                Err(why) => problem.set(Some(why)),
            }
        });
    };
    let button = move |wanted: Month| {
        let words = move || match fetching.get() {
            Some(wanted) => {
                t_string!(i18n, client.older_fetching, month = month(i18n, wanted)).to_string()
            }
            None => t_string!(i18n, client.older_fetch, month = month(i18n, wanted)).to_string(),
        };
        view! {
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-testid="fetch-older"
                aria-disabled=move || fetching.get().is_some().to_string()
                on:click=move |_| fetch(wanted)
            >
                {icon(CLOUD_DOWN)}
                <span>{words}</span>
            </button>
        }
    };
    let end = move |from: Month| {
        let words = t_string!(i18n, client.older_than, month = month(i18n, from)).to_string();
        view! {
            <p class="kj-subtle" data-testid="older-than">{words}</p>
            {move || match (is_online.get(), came.get()) {
                (true, _) => button(from.previous()).into_any(),
                (false, Some((_, Older::NoNetwork))) => ().into_any(),
                (false, _) => {
                    view! { <p class="kj-subtle">{t_string!(i18n, client.older_offline)}</p> }.into_any()
                }
            }}
        }
    };
    view! {
        <div class="kj-older">
            <p role="status" data-testid="older-came">{move || came.get().map(|came| came_words(i18n, came))}</p>
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            {move || from.get().filter(|_| !more.get() || fetching.get().is_some()).map(end)}
        </div>
    }
}

fn came_words(i18n: I18n, (wanted, came): (Month, Older)) -> String {
    let month = month(i18n, wanted);
    match came {
        Older::Here => t_string!(i18n, client.older_here, month = month).to_string(),
        Older::Nothing => t_string!(i18n, client.older_nothing, month = month).to_string(),
        Older::NoNetwork => t_string!(i18n, client.older_no_network, month = month).to_string(),
    }
}
