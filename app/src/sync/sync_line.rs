//! The pill at the top of every screen: how the work stands, in words.

use leptos::prelude::*;

use super::Syncing;
use super::sync_model::Line;
use crate::components::icon::{ALERT, CLOUD, CLOUD_SLASH, CLOUD_UP, SYNC, icon};
use crate::i18n::{I18n, t_string, time, use_i18n};

/// How many words there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// The whole line.
    Wide,
    /// The state and the number, without the time.
    Narrow,
}

/// The sync line; it opens the list.
#[component]
pub fn SyncLine(room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let syncing = Syncing::get();
    let line = Memo::new(move |_| {
        if syncing.running.get() {
            Line::Exchanging
        } else {
            syncing.live.data.with(|view| Line::of(view.as_ref()))
        }
    });
    let color = move || match line.get() {
        Line::Offline(..) => "warning",
        Line::Refused(_) => "danger",
        Line::Waiting(_) | Line::MoreToFetch | Line::Exchanging => "info",
        Line::UpToDate(_) | Line::Unknown => "neutral",
    };
    let svg = move || match line.get() {
        Line::UpToDate(_) => CLOUD,
        Line::Waiting(_) | Line::MoreToFetch => CLOUD_UP,
        Line::Exchanging => SYNC,
        Line::Offline(..) | Line::Unknown => CLOUD_SLASH,
        Line::Refused(_) => ALERT,
    };
    let said = Memo::new(move |_| line.with(|line| words(i18n, line, Room::Wide)));
    let shown = Memo::new(move |_| line.with(|line| words(i18n, line, room)));
    view! {
        <button
            type="button"
            class="kj-sync"
            data-color=color
            data-testid="sync-line"
            data-state=move || line.with(Line::code)
            aria-label=move || t_string!(i18n, sync.open, line = shown.get()).to_string()
            aria-haspopup="dialog"
            on:click=move |_| syncing.open()
        >
            {move || icon(svg())}
            <span>{shown}</span>
        </button>
        <span class="ds-sr-only" role="status">{said}</span>
    }
}

fn words(i18n: I18n, line: &Line, room: Room) -> String {
    match line {
        Line::Unknown => t_string!(i18n, sync.unknown).to_owned(),
        Line::UpToDate(_) if room == Room::Narrow => {
            t_string!(i18n, sync.up_to_date_short).to_owned()
        }
        Line::Waiting(n) if room == Room::Narrow => {
            t_string!(i18n, sync.waiting_short, n = *n).to_string()
        }
        Line::UpToDate(at) => t_string!(i18n, sync.up_to_date, time = time(*at)).to_string(),
        Line::Waiting(count) => t_string!(i18n, sync.waiting, count = *count).to_string(),
        Line::MoreToFetch => t_string!(i18n, sync.waiting_fetch).to_owned(),
        Line::Exchanging => t_string!(i18n, sync.exchanging).to_owned(),
        Line::Refused(count) => t_string!(i18n, sync.refused, count = *count).to_string(),
        Line::Offline(since, waiting) => {
            let line = match since {
                Some(since) if room == Room::Wide => {
                    t_string!(i18n, sync.offline_since, time = time(*since)).to_string()
                }
                _ => t_string!(i18n, sync.offline).to_owned(),
            };
            match waiting {
                0 => line,
                n => t_string!(i18n, sync.and_waiting, line = line, n = *n).to_string(),
            }
        }
    }
}
