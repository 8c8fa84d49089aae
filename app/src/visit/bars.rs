//! The bar at the bottom of a visit that is not under way: start it, or read about it.

use kjent_core::command::StartVisit;
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::problem::Problem;
use kjent_core::view::VisitView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::failure::Trouble;
use crate::i18n::{t, use_i18n};
use crate::ipc::call;
use crate::live::Live;

/// «Start», on a visit that was opened first.
#[component]
pub fn Start(visit: VisitId, live: Live<VisitView>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = RwSignal::new(None::<Problem>);
    let start = move |_| {
        spawn_local(async move {
            match call(StartVisit { visit }).await {
                Ok(_) => live.refetch(),
                Err(why) => problem.set(Some(why)),
            }
        });
    };
    view! {
        {move || match problem.get() {
            Some(problem) => view! { <Trouble problem /> }.into_any(),
            None => view! { <p class="kj-subtle">{t!(i18n, visit.not_started)}</p> }.into_any(),
        }}
        <button type="button" class="ds-button" data-testid="start-visit" on:click=start>{t!(i18n, today.start)}</button>
    }
}

/// Where to read about a signed visit.
#[component]
pub fn ToJournal(client: ClientId, visit: VisitId) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p data-testid="visit-finished">{t!(i18n, visit.in_journal)}</p>
        <a class="ds-button" data-testid="open-journal" href=format!("/client/{client}?part=journal&visit={visit}")>
            {t!(i18n, visit.open_journal)}
        </a>
    }
}
