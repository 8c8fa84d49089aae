//! Wires the shift report.

use kjent_core::command::{MarkRead, ReadHandover};
use kjent_core::problem::Problem;
use kjent_core::view::{ClientReportView, HandedView, HandoverView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

use super::client_report::client_report;
use super::hand_over_form::HandOverForm;
use super::handed_card::handed_card;
use super::handover_model::sides;
use crate::changes::Changes;
use crate::components::dialog::DialogHandle;
use crate::components::failure::Trouble;
use crate::components::icon::{CHECK, HANDSHAKE, icon};
use crate::components::long_list::soon_all;
use crate::components::navigation::{Main, Trail};
use crate::components::page::Page;
use crate::i18n::{moment, t, t_string, use_i18n};
use crate::ipc::call;
use crate::live::{Live, loaded};

/// More clients than are seen at once: each brings several entries, and a tablet held upright shows
/// three (2026-11).
const SCREENFUL: usize = 4;

/// The report.
#[component]
pub fn HandoverScreen() -> impl IntoView {
    let i18n = use_i18n();
    Trail::arrive(Main::Handover);
    let live = Live::new(ReadHandover {}, Changes::get().today());
    view! {
        <Page title=Signal::derive(move || t_string!(i18n, handover.title).to_owned())>
            {loaded(live, |view| view! { <Report view /> })}
        </Page>
    }
}

#[component]
fn Report(view: Memo<HandoverView>) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let asked = move |name: &str| query.with_untracked(|query| query.get(name));
    let client = asked("client").and_then(|id| id.parse().ok());
    let about = asked("about").and_then(|id| id.parse().ok());
    let dialog = DialogHandle::new();
    if client.is_some() {
        // Who comes from an entry wants to hand it over; the dialog is in the page a moment later.
        request_animation_frame(move || dialog.open());
    }
    let problem = RwSignal::new(None::<Problem>);
    let span = move || {
        let (last, since) = view.with(|view| (view.last_shift, view.since));
        match last {
            Some(at) => t_string!(i18n, handover.since_shift, when = moment(i18n, at)).to_string(),
            None => t_string!(i18n, handover.since, when = moment(i18n, since)).to_string(),
        }
    };
    let unread = Memo::new(move |_| {
        view.with(|view| {
            let new = view.clients.iter().filter(|it| it.unread > 0);
            new.map(|it| it.client).collect::<Vec<_>>()
        })
    });
    let mark_all = move |_| {
        problem.set(None);
        spawn_local(async move {
            for client in unread.get_untracked() {
                if let Err(why) = call(MarkRead { client }).await {
                    problem.try_set(Some(why));
                    return;
                }
            }
        });
    };
    let handed = move |mine: bool| {
        view.with(|view| {
            let (waiting, own) = sides(view);
            let side = if mine { own } else { waiting };
            side.into_iter().cloned().collect::<Vec<HandedView>>()
        })
    };
    let card = move |it: HandedView| handed_card(i18n, &it, problem);
    let clients =
        move || view.with(|view| view.clients.iter().map(|it| it.client).collect::<Vec<_>>());
    let drawn = soon_all(SCREENFUL, clients);
    let one = move |client| {
        let found = Memo::new(move |_| {
            view.with(|view| -> Option<ClientReportView> {
                view.clients.iter().find(|it| it.client == client).cloned()
            })
        });
        move || found.with(|found| found.as_ref().map(|it| client_report(i18n, it, problem)))
    };
    view! {
        <div class="kj-card__head">
            <p class="kj-report__span" data-testid="report-span">{span}</p>
            <div class="kj-form__actions">
                <Show when=move || !unread.with(Vec::is_empty)>
                    <button type="button" class="ds-button" data-variant="secondary" data-testid="mark-all-read" on:click=mark_all>
                        {icon(CHECK)}
                        <span>{t!(i18n, handover.mark_all)}</span>
                    </button>
                </Show>
                <button type="button" class="ds-button" data-testid="open-hand-over" on:click=move |_| dialog.open()>
                    {icon(HANDSHAKE)}
                    <span>{t!(i18n, handover.hand_over)}</span>
                </button>
            </div>
        </div>
        {move || problem.get().map(|problem| view! { <Trouble problem /> })}
        {move || {
            let waiting = handed(false);
            (!waiting.is_empty()).then(|| view! {
                <section class="kj-report__side" aria-labelledby="handed-to-me" data-testid="handed-to-me">
                    <h2 class="ds-heading" data-size="2xs" id="handed-to-me">{t!(i18n, handover.to_you)}</h2>
                    <ul class="kj-plain-list">{waiting.into_iter().map(card).collect_view()}</ul>
                </section>
            })
        }}
        {move || {
            let own = handed(true);
            (!own.is_empty()).then(|| view! {
                <section class="kj-report__side" aria-labelledby="handed-by-me" data-testid="handed-by-me">
                    <h2 class="ds-heading" data-size="2xs" id="handed-by-me">{t!(i18n, handover.by_you)}</h2>
                    <ul class="kj-plain-list">{own.into_iter().map(card).collect_view()}</ul>
                </section>
            })
        }}
        <section class="kj-report__side" aria-labelledby="report-clients">
            <h2 class="ds-heading" data-size="2xs" id="report-clients">{t!(i18n, handover.clients)}</h2>
            {move || clients().is_empty().then(|| view! { <p class="kj-card kj-subtle" data-testid="nothing-new">{t!(i18n, handover.nothing)}</p> })}
            <ul class="kj-plain-list">
                <For each=move || drawn.get() key=|id| *id let(id)>
                    {one(id)}
                </For>
            </ul>
        </section>
        <HandOverForm view handle=dialog client about />
    }
}
