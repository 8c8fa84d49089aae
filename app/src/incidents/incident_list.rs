//! Incidents in a list: of a client on the client's page, and of the team on a screen of its own.

use kjent_core::command::ReadIncidents;
use kjent_core::fact::IncidentState;
use kjent_core::ids::ClientId;
use kjent_core::view::IncidentView;
use leptos::prelude::*;

use super::incident_card::incident_card;
use crate::changes::Changes;
use crate::components::icon::{INCIDENT, icon};
use crate::components::page::{Back, Page};
use crate::i18n::{t, t_string, use_i18n};
use crate::live::{Live, loaded};

/// A client's incidents, with the way to report one.
#[component]
pub fn ClientIncidents(client: ClientId) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::new(ReadIncidents { client: Some(client) }, Changes::get().client(client));
    let summary = move || {
        let open = live.data.with(|all| {
            let all = all.as_deref().unwrap_or_default();
            all.iter().filter(|it| it.state != IncidentState::Closed).count()
        });
        t_string!(i18n, incident.open, count = open).to_string()
    };
    let any = move || live.data.with(|all| all.as_ref().is_some_and(|all| !all.is_empty()));
    view! {
        <section class="kj-journal" aria-labelledby="incidents-heading">
            <div class="kj-card__head">
                <h2 class="ds-heading" data-size="2xs" id="incidents-heading">{t!(i18n, incident.list)}</h2>
                <a class="ds-button" data-variant="secondary" data-testid="report-incident" href=format!("/client/{client}/incident")>
                    {icon(INCIDENT)}
                    <span>{t!(i18n, incident.report)}</span>
                </a>
            </div>
            <details class="kj-details" data-testid="client-incidents" hidden=move || !any()>
                <summary>{summary}</summary>
                {loaded(live, |all| view! { <Incidents all /> })}
            </details>
        </section>
    }
}

/// The incidents of all the worker's clients.
#[component]
pub fn IncidentsScreen() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::new(ReadIncidents { client: None }, Changes::get().today());
    let back = Back {
        to: "/".to_owned(),
        words: Signal::derive(move || t_string!(i18n, app.back_to_day).to_owned()),
    };
    view! {
        <Page title=Signal::derive(move || t_string!(i18n, incident.list).to_owned()) back=Some(back)>
            <p>{t!(i18n, incident.list_lead)}</p>
            {loaded(live, |all| view! { <Incidents all none=true /> })}
        </Page>
    }
}

#[component]
fn Incidents(all: Memo<Vec<IncidentView>>, #[prop(optional)] none: bool) -> impl IntoView {
    let i18n = use_i18n();
    let ids = move || all.with(|all| all.iter().map(|it| it.fact).collect::<Vec<_>>());
    let one = move |fact| {
        let found =
            Memo::new(move |_| all.with(|all| all.iter().find(|it| it.fact == fact).cloned()));
        move || found.with(|found| found.as_ref().map(|it| incident_card(i18n, it)))
    };
    view! {
        <Show when=move || none && all.with(Vec::is_empty)><p class="kj-card">{t!(i18n, incident.none)}</p></Show>
        <div class="kj-journal">
            <For each=ids key=|fact| *fact let(fact)>{one(fact)}</For>
        </div>
    }
}
