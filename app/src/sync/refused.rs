//! What the server refused: why, what was written, and that the worker has taken care of it.
//!
//! Kept apart from the rest of the list, so that an opened text stays open while syncing goes on.

use kjent_core::command::SettleRefused;
use kjent_core::problem::Problem;
use kjent_core::view::{RefusedView, SyncView};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::refused_text::refused_text;
use super::sync_dialog::work;
use crate::clipboard::copy;
use crate::components::failure::Trouble;
use crate::components::icon::{CHECK, COPY, icon};
use crate::i18n::{I18n, moment, sentence, t, t_string, use_i18n};
use crate::ipc::call;

/// How many letters of the text stand on a row, at least.
const LINE: usize = 58;

/// What is refused and not settled.
#[component]
pub fn Refused(view: Memo<SyncView>) -> impl IntoView {
    let i18n = use_i18n();
    let refused = Memo::new(move |_| view.with(|view| view.refused.clone()));
    let problem = RwSignal::new(None);
    view! {
        <Show when=move || refused.with(|all| !all.is_empty())>
            <section>
                <h3 class="ds-heading" data-size="2xs">{t!(i18n, sync.refused_heading)}</h3>
                <p class="kj-subtle">{t!(i18n, sync.refused_lead)}</p>
                <ul class="kj-plain-list kj-rows">
                    <Items all=refused problem />
                </ul>
                {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            </section>
        </Show>
    }
}

/// What is settled: out of the way, and still there.
#[component]
pub fn Settled(view: Memo<SyncView>) -> impl IntoView {
    let i18n = use_i18n();
    let settled = Memo::new(move |_| view.with(|view| view.settled.clone()));
    let problem = RwSignal::new(None);
    view! {
        <Show when=move || settled.with(|all| !all.is_empty())>
            <details class="kj-details" data-testid="settled">
                <summary>{t!(i18n, sync.settled_heading)} {move || format!(" ({})", settled.with(Vec::len))}</summary>
                <ul class="kj-plain-list kj-rows">
                    <Items all=settled problem />
                </ul>
            </details>
        </Show>
    }
}

#[component]
fn Items(all: Memo<Vec<RefusedView>>, problem: RwSignal<Option<Problem>>) -> impl IntoView {
    let ids = move || all.with(|all| all.iter().map(|it| it.id).collect::<Vec<_>>());
    let one = move |id| {
        let found = Memo::new(move |_| all.with(|all| all.iter().find(|it| it.id == id).cloned()));
        move || found.get().map(|it| view! { <Item it problem /> })
    };
    view! { <For each=ids key=|id| *id let(id)>{one(id)}</For> }
}

#[component]
fn Item(it: RefusedView, problem: RwSignal<Option<Problem>>) -> impl IntoView {
    let i18n = use_i18n();
    let id = it.id;
    let settle = move |_| {
        spawn_local(async move { problem.set(call(SettleRefused { id }).await.err()) });
    };
    let (written, reason) = (it.work.clone(), it.reason.clone());
    let quotes =
        it.wrote.iter().map(|text| view! { <p class="kj-quote">{format!("«{text}»")}</p> });
    let quotes = quotes.collect_view();
    let settled_at = it.settled;
    let done = move || {
        match settled_at {
        Some(at) => {
            let words = t_string!(i18n, sync.settled_when, when = moment(i18n, at)).to_string();
            view! { <p class="kj-subtle kj-with-icon">{icon(CHECK)} <span>{words}</span></p> }
                .into_any()
        }
        None => view! {
            <button type="button" class="ds-button" data-variant="secondary" data-testid="settle-refused" on:click=settle>
                {icon(CHECK)}
                <span>{t!(i18n, sync.refused_settle)}</span>
            </button>
        }
        .into_any(),
    }
    };
    let test_id = if settled_at.is_some() { "settled-item" } else { "refused-item" };
    view! {
        <li class="kj-sync-list__item" data-testid=test_id>
            {move || work(i18n, &written)}
            {quotes}
            <p>{move || sentence(i18n, &reason)}</p>
            <Text it />
            {done}
        </li>
    }
}

/// The whole text to take along: to read, to select, to copy.
#[component]
fn Text(it: RefusedView) -> impl IntoView {
    let i18n = use_i18n();
    let area = NodeRef::<html::Textarea>::new();
    let copied = RwSignal::new(None);
    let it = StoredValue::new(it);
    let text = Memo::new(move |_| it.with_value(|it| refused_text(i18n, it)));
    let rows = move || text.with(|text| rows(text)).to_string();
    let take = move |_| {
        spawn_local(async move {
            let done = copy(&text.get_untracked(), area.get_untracked()).await;
            copied.set(Some(done));
        });
    };
    let said = move || copied.get().map(|done| copied_words(i18n, done)).unwrap_or_default();
    view! {
        <details class="kj-details">
            <summary data-testid="show-refused-text">{t!(i18n, sync.refused_text)}</summary>
            <div class="kj-refused-text">
                <textarea
                    class="ds-input"
                    readonly
                    rows=rows
                    node_ref=area
                    data-testid="refused-text"
                    aria-label=move || t_string!(i18n, sync.refused_text_label)
                    prop:value=text
                ></textarea>
                <div class="kj-refused-text__copy">
                    <button type="button" class="ds-button" data-variant="secondary" data-testid="copy-refused" on:click=take>
                        {icon(COPY)}
                        <span>{t!(i18n, sync.refused_copy)}</span>
                    </button>
                    <p role="status" data-testid="copied">{said}</p>
                </div>
            </div>
        </details>
    }
}

/// How many rows show the whole text, up to a screenful.
fn rows(text: &str) -> usize {
    let rows: usize = text.lines().map(|line| line.chars().count() / LINE + 1).sum();
    rows.clamp(4, 16)
}

fn copied_words(i18n: I18n, done: bool) -> &'static str {
    if done {
        t_string!(i18n, sync.refused_copied)
    } else {
        t_string!(i18n, sync.refused_not_copied)
    }
}
