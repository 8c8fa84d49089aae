//! The list behind the sync line: exactly what waits, what was refused and why, when the tablet
//! tries next, and the steps of «Synk nå».

use kjent_core::view::{SyncView, WaitingView};
use leptos::prelude::*;

use super::Syncing;
use super::left::LeftClients;
use super::refused::{Refused, Settled};
use super::sync_steps::steps;
use crate::components::dialog::Dialog;
use crate::components::failure::Trouble;
use crate::components::icon::{SYNC, icon};
use crate::i18n::{I18n, moment, sentence, t, t_string, use_i18n, work_word};
use crate::live::loaded;

/// The dialog; the sync line opens it.
#[component]
pub fn SyncDialog() -> impl IntoView {
    let i18n = use_i18n();
    let syncing = Syncing::get();
    let now = move || {
        if syncing.running.get() {
            t_string!(i18n, sync.exchanging)
        } else {
            t_string!(i18n, sync.now)
        }
    };
    let shown_steps = Memo::new(move |_| {
        let data = syncing.live.data;
        let steps = || data.with(|view| view.as_ref().map(|view| view.steps.clone()));
        syncing.asked.get().then(steps).flatten().unwrap_or_default()
    });
    view! {
        <Dialog handle=syncing.dialog id="sync-dialog" title=Signal::derive(move || t_string!(i18n, sync.title).to_owned())>
            {loaded(syncing.live, move |view| {
                view! {
                    <div class="kj-sync-list">
                        <Refused view />
                        <LeftClients view />
                        {move || view.with(|view| list(i18n, view))}
                        <Settled view />
                    </div>
                }
            })}
            <div role="status">
                {move || shown_steps.with(|shown| steps(i18n, shown))}
            </div>
            {move || syncing.problem.get().map(|problem| view! { <Trouble problem /> })}
            <div class="kj-dialog__actions">
                <button
                    type="button"
                    class="ds-button"
                    data-testid="sync-now"
                    aria-disabled=move || syncing.running.get().to_string()
                    on:click=move |_| syncing.sync_now()
                >
                    {icon(SYNC)}
                    <span>{now}</span>
                </button>
            </div>
        </Dialog>
    }
}

fn list(i18n: I18n, view: &SyncView) -> impl IntoView + use<> {
    let contact = match view.last_contact {
        Some(at) => t_string!(i18n, sync.last_contact, when = moment(i18n, at)).to_string(),
        None => t_string!(i18n, sync.never).to_owned(),
    };
    let next = view.next_try.map(|at| {
        let words = t_string!(i18n, sync.next_try, when = moment(i18n, at)).to_string();
        view! { <p class="kj-subtle" data-testid="next-try">{words}</p> }
    });
    let clock = view.clock_ahead_minutes.map(|minutes| {
        let n = minutes.abs();
        let words = if minutes > 0 {
            t_string!(i18n, sync.clock_ahead, n = n).to_string()
        } else {
            t_string!(i18n, sync.clock_behind, n = n).to_string()
        };
        view! { <div class="ds-alert" data-color="warning" data-testid="clock-warning"><p>{words}</p></div> }
    });
    let why = view.problem.as_ref().map(|problem| {
        view! { <div class="ds-alert" data-color="warning" data-testid="sync-problem"><p>{sentence(i18n, problem)}</p></div> }
    });
    let waiting = if view.waiting.is_empty() {
        view! { <p>{t!(i18n, sync.nothing_waits)}</p> }.into_any()
    } else {
        let items = view
            .waiting
            .iter()
            .map(|it| view! { <li data-testid="waiting-item">{work(i18n, it)}</li> });
        view! { <ul class="kj-plain-list kj-rows">{items.collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="kj-sync-list">
            <p data-testid="last-contact">{contact}</p>
            {next}
            {why}
            {clock}
            <section>
                <h3 class="ds-heading" data-size="2xs">{t!(i18n, sync.waiting_heading)}</h3>
                {waiting}
            </section>
        </div>
    }
}

/// What a piece of work is, and when it was written.
pub(super) fn work(i18n: I18n, it: &WaitingView) -> impl IntoView + use<> {
    view! {
        <p class="kj-sync-list__work">
            <span>{t!(i18n, sync.item, what = work_word(i18n, &it.what), name = it.client_name.clone())}</span>
            <span class="kj-subtle">{moment(i18n, it.at)}</span>
        </p>
    }
}
