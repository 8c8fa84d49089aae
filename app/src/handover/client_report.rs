//! What there is to tell of one client.

use kjent_core::command::MarkRead;
use kjent_core::problem::Problem;
use kjent_core::view::{ClientReportView, EntryBody, EntryView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::gist::gist;
use crate::components::icon::{ALERT, CHECK, MESSAGES, icon};
use crate::components::tag::tag;
use crate::follow_ups::open_threads;
use crate::i18n::{I18n, fact_word, moment, t_string};
use crate::ipc::call;

/// So many entries are shown; the journal has the others.
const MOST: usize = 8;

/// The card. A function and not a component, so that the closure around it follows the language.
pub fn client_report(
    i18n: I18n,
    it: &ClientReportView,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView + use<> {
    let client = it.client;
    let name = it.name.clone();
    let new = (it.unread > 0)
        .then(|| tag("info", MESSAGES, t_string!(i18n, client.new, count = it.unread).to_string()));
    let important = it.important.iter().map(|what| {
        let words = t_string!(i18n, today.important, what = what.clone()).to_string();
        view! { <li>{tag("warning", ALERT, words)}</li> }
    });
    let has_important = !it.important.is_empty();
    let important = important.collect_view();
    let entries = it.entries.iter().take(MOST).map(|one| line(i18n, one, client)).collect_view();
    let more = it.entries.len().saturating_sub(MOST);
    let more = (more > 0).then(|| {
        let words = t_string!(i18n, handover.more, n = more).to_string();
        view! { <a class="ds-link" href=format!("/client/{client}?part=journal")>{words}</a> }
    });
    let has_entries = !it.entries.is_empty();
    let has_threads = !it.threads.is_empty();
    let threads = open_threads(i18n, &it.threads);
    let mark = move |_| {
        problem.set(None);
        spawn_local(async move {
            if let Err(why) = call(MarkRead { client }).await {
                problem.try_set(Some(why));
            }
        });
    };
    let read = (it.unread > 0).then(|| {
        view! {
            <button type="button" class="ds-button" data-variant="secondary" data-testid="mark-read" on:click=mark>
                {icon(CHECK)}
                <span>{t_string!(i18n, handover.mark_read)}</span>
                <span class="ds-sr-only">{name.clone()}</span>
            </button>
        }
    });
    view! {
        <li class="kj-card kj-report" data-testid="client-report" data-client=client.to_string() data-unread=it.unread.to_string()>
            <div class="kj-card__head">
                <h3 class="kj-item-heading"><a href=format!("/client/{client}") data-testid="report-client">{it.name.clone()}</a></h3>
                <div class="kj-tags">{new}</div>
            </div>
            {has_important.then(|| view! { <ul class="kj-tags">{important}</ul> })}
            {has_threads.then_some(threads)}
            {has_entries.then(|| view! { <ul class="kj-plain-list kj-rows">{entries}</ul> })}
            {more}
            {read}
        </li>
    }
}

fn line(i18n: I18n, entry: &EntryView, client: kjent_core::ids::ClientId) -> impl IntoView + use<> {
    let kind = match &entry.body {
        EntryBody::Note { .. } if entry.amends.is_some() => {
            t_string!(i18n, journal.corrected).to_owned()
        }
        EntryBody::Unknown => t_string!(i18n, client.entry_unknown).to_owned(),
        _ => fact_word(i18n, &entry.kind),
    };
    let who = format!("{} · {} · {kind}", moment(i18n, entry.happened), entry.author);
    let to = match &entry.body {
        EntryBody::Conversation { .. } => format!("/client/{client}"),
        _ => format!("/client/{client}?part=journal&entry={}", entry.fact),
    };
    let words = gist(i18n, entry);
    view! {
        <li class="kj-report__entry" data-testid="report-entry" data-unread=entry.unread.to_string()>
            <a href=to>
                <span class="kj-subtle">{who}</span>
                <span class="kj-report__gist" class:kj-strong=entry.unread>{words}</span>
            </a>
        </li>
    }
}
