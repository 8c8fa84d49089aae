//! Wires the day's list.

use std::time::Duration;

use kjent_core::command::ReadToday;
use kjent_core::ids::VisitId;
use kjent_core::view::TodayView;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::readiness::{filling_bar, readiness_line};
use super::today_model::{Shown, knows_all_visits, next_visit, readiness, visits};
use super::visit_card::visit_card;
use super::worker_menu::WorkerMenu;
use crate::changes::Changes;
use crate::components::icon::{ALERT, CLOCK, PERSON, icon};
use crate::components::long_list::soon_all;
use crate::components::navigation::{Main, Trail};
use crate::components::page::Page;
use crate::i18n::{heading, t_string, use_i18n};
use crate::live::{Live, loaded};
use crate::search::Searching;
use crate::sync::Syncing;

/// How often the day is read again without any change: «nå» follows the clock.
const MINUTE: Duration = Duration::from_secs(60);

/// More cards than are seen at once: a tablet held upright shows four or five (2026-11).
const SCREENFUL: usize = 6;

/// Reads the day, and provides it, so that it is there at once when the worker comes back to it.
pub fn provide_day() {
    provide_context(Live::new(ReadToday {}, Changes::get().today()));
}

/// The day.
#[component]
pub fn TodayScreen() -> impl IntoView {
    let i18n = use_i18n();
    let live: Live<TodayView> = expect_context();
    Trail::arrive(Main::Day);
    Searching::get().clear();
    if live.data.with_untracked(Option::is_some) {
        live.refetch();
    }
    if let Ok(timer) = set_interval_with_handle(move || live.refetch(), MINUTE) {
        on_cleanup(move || timer.clear());
    }
    let query = use_query_map();
    let shown =
        Memo::new(move |_| Shown::from_code(query.with(|query| query.get("show")).as_deref()));
    let title = Signal::derive(move || {
        match live.data.with(|today| today.as_ref().map(|today| today.day)) {
            Some(day) => heading(i18n, day),
            None => t_string!(i18n, today.title).to_owned(),
        }
    });
    view! {
        <Page title after=|| view! { <WorkerMenu /> }>
            {loaded(live, move |today| view! { <Day today shown /> })}
        </Page>
    }
}

#[component]
fn Day(today: Memo<TodayView>, shown: Memo<Shown>) -> impl IntoView {
    let i18n = use_i18n();
    let count = move |shown| today.with(|today| visits(today, shown).count());
    let next = Memo::new(move |_| today.with(next_visit));
    let current = move |which| (shown.get() == which).then_some("true");
    let knows_all = Memo::new(move |_| today.with(knows_all_visits));
    let empty = move || match (count(shown.get()), shown.get()) {
        (0, _) if !knows_all.get() => Some(t_string!(i18n, today.none_yet)),
        (0, Shown::Mine) => Some(t_string!(i18n, today.none_mine)),
        (0, Shown::Team) => Some(t_string!(i18n, today.none_team)),
        (_, Shown::Mine) if next.get().is_none() => Some(t_string!(i18n, today.all_done)),
        _ => None,
    };
    let filling = Memo::new(move |_| today.with(|today| today.filling.clone()));
    let ready = Memo::new(move |_| today.with(readiness));
    let is_online = Syncing::get().is_online();
    let gaps = Memo::new(move |_| today.with(|today| today.gaps));
    let to_give = Memo::new(move |_| today.with(|today| today.to_give));
    let grants = Memo::new(move |_| today.with(|today| today.grants));
    let late = Memo::new(move |_| today.with(|today| today.late_work));
    view! {
        <div class="kj-day__head">
            <nav class="kj-lists" aria-label=move || t_string!(i18n, today.which)>
                <a href="/" data-testid="show-mine" aria-current=move || current(Shown::Mine)>
                    {move || t_string!(i18n, today.mine, n = count(Shown::Mine)).to_string()}
                </a>
                <a href="/?show=team" data-testid="show-team" aria-current=move || current(Shown::Team)>
                    {move || t_string!(i18n, today.team, n = count(Shown::Team)).to_string()}
                </a>
            </nav>
            <div class="kj-day__ready">
                {move || match filling.get() {
                    Some(filling) => filling_bar(i18n, &filling, is_online.get()).into_any(),
                    None => ready.with(|ready| readiness_line(i18n, ready)).into_any(),
                }}
            </div>
        </div>
        <Show when=move || late.get() != 0>
            <a class="ds-link kj-late-link" href="/late" data-testid="late-work-line">
                {icon(CLOCK)}
                <span>{move || t_string!(i18n, today.late_work, count = late.get()).to_string()}</span>
            </a>
        </Show>
        <Show when=move || gaps.get() != 0>
            <a class="ds-link kj-late-link" href="/gaps" data-testid="gaps-line">
                {icon(PERSON)}
                <span>{move || t_string!(i18n, people.gaps_line, count = gaps.get()).to_string()}</span>
            </a>
        </Show>
        <Show when=move || to_give.get() != 0>
            <a class="ds-link kj-late-link" href="/gaps" data-testid="to-give-line">
                {icon(ALERT)}
                <span>{move || t_string!(i18n, people.to_give_line, count = to_give.get()).to_string()}</span>
            </a>
        </Show>
        <Show when=move || grants.get() != 0>
            <a class="ds-link kj-late-link" href="/break-glass" data-testid="grants-line">
                {icon(PERSON)}
                <span>{move || t_string!(i18n, break_glass.line, count = grants.get()).to_string()}</span>
            </a>
        </Show>
        {move || empty().map(|words| view! { <p class="kj-day__empty" data-testid="day-empty">{words}</p> })}
        {move || view! { <Visits today shown=shown.get() next /> }}
    }
}

#[component]
fn Visits(today: Memo<TodayView>, shown: Shown, next: Memo<Option<VisitId>>) -> impl IntoView {
    let i18n = use_i18n();
    let ids = soon_all(SCREENFUL, move || {
        today.with(|today| visits(today, shown).map(|visit| visit.visit).collect())
    });
    let card = move |id| {
        let card = Memo::new(move |_| {
            today.with(|today| today.visits.iter().find(|visit| visit.visit == id).cloned())
        });
        // What the clock says matters only to the one that is next.
        let now = Memo::new(move |_| today.with(|today| today.now));
        let problem = RwSignal::new(None);
        move || {
            card.with(|card| {
                card.as_ref().map(|card| visit_card(i18n, card, next.get(), now.get(), problem))
            })
        }
    };
    view! {
        <ul class="kj-day">
            <For each=move || ids.get() key=|id| *id let(id)>
                {card(id)}
            </For>
        </ul>
    }
}
