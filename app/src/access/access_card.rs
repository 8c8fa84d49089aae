//! Who has opened the record: asked of the server when somebody wants to know, for only that has
//! what was opened on every tablet.

use kjent_core::command::ReadAccessLog;
use kjent_core::problem::Problem;
use kjent_core::view::{AccessLineView, AccessLogView, ClientView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::access_words::{act, when, who, why};
use crate::components::failure::Trouble;
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::ipc::call;
use crate::sync::Syncing;

/// The card; nothing for one who may not ask.
#[component]
pub fn AccessCard(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let is_online = Syncing::get().is_online();
    let client = data.with_untracked(|data| data.client);
    let asking = RwSignal::new(false);
    let log = RwSignal::new(None::<Result<AccessLogView, Problem>>);
    let ask = move || {
        if asking.get_untracked() {
            return;
        }
        asking.set(true);
        spawn_local(async move {
            let answer = call(ReadAccessLog { client }).await;
            asking.try_set(false);
            log.try_set(Some(answer));
        });
    };
    let button = move || {
        let words = move || {
            if asking.get() {
                t_string!(i18n, access.asking)
            } else if log.with(Option::is_some) {
                t_string!(i18n, access.ask_again)
            } else {
                t_string!(i18n, access.ask)
            }
        };
        view! {
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-testid="ask-access-log"
                aria-disabled=move || asking.get().to_string()
                on:click=move |_| ask()
            >
                {words}
            </button>
        }
    };
    let way = move || {
        if is_online.get() {
            button().into_any()
        } else {
            view! { <p class="kj-subtle" data-testid="access-offline">{t!(i18n, access.needs_network)}</p> }
                .into_any()
        }
    };
    let answer = move || {
        log.with(|log| match log {
            None => ().into_any(),
            Some(Ok(log)) => shown(i18n, log).into_any(),
            Some(Err(problem)) => view! { <Trouble problem=problem.clone() /> }.into_any(),
        })
    };
    view! {
        <Show when=move || data.with(|data| data.may_read_access_log)>
            <section class="kj-card" aria-labelledby="access-heading" data-testid="access-log">
                <h2 class="ds-heading" data-size="2xs" id="access-heading">{t!(i18n, access.title)}</h2>
                <p class="kj-subtle">{t!(i18n, access.lead)}</p>
                {way}
                <div role="status">{answer}</div>
            </section>
        </Show>
    }
}

fn shown(i18n: I18n, log: &AccessLogView) -> impl IntoView + use<> {
    let broken = log.is_broken.then(|| {
        view! {
            <div class="ds-alert" data-color="danger" data-testid="access-broken">
                <p>{t_string!(i18n, access.broken)}</p>
            </div>
        }
    });
    let none = log.lines.is_empty().then(|| view! { <p>{t_string!(i18n, access.none)}</p> });
    let rows = log.lines.iter().map(|line| row(i18n, line)).collect_view();
    let more = log.more.then(|| view! { <p class="kj-subtle">{t_string!(i18n, access.more)}</p> });
    let head = t_string!(i18n, access.head, head = log.head.clone()).to_string();
    view! {
        {broken}
        {none}
        <ul class="kj-plain-list kj-rows">{rows}</ul>
        {more}
        <details class="kj-details">
            <summary>{t_string!(i18n, access.head_title)}</summary>
            <p class="kj-subtle kj-access__head">{head}</p>
        </details>
    }
}

fn row(i18n: I18n, line: &AccessLineView) -> impl IntoView + use<> {
    view! {
        <li class="kj-area" data-testid="access-line">
            <p class="kj-strong">{who(i18n, line)}</p>
            <p>{act(i18n, line)} " · " {why(i18n, line)}</p>
            <p class="kj-subtle">{when(i18n, line)}</p>
        </li>
    }
}
