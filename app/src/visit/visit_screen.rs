//! Wires a visit: which stage it is at, and what is shown there.

use chrono::Duration;
use kjent_core::command::ReadVisit;
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::problem::Problem;
use kjent_core::view::{VisitState, VisitView};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::bars::ToJournal;
use super::before_door::BeforeDoor;
use super::goals::Goals;
use super::important::Important;
use super::interventions::Interventions;
use super::note::NoteCard;
use super::plan_ahead::PlanAhead;
use super::sign::Sign;
use super::visit_change::{CancelledBar, ChangeLine, NotHome, NotMetBar, PlannedBar};
use super::visit_form::VisitForm;
use super::visit_model::unanswered;
use crate::changes::Changes;
use crate::components::critical::CriticalTags;
use crate::components::failure::Trouble;
use crate::components::icon::{INCIDENT, JOURNAL, icon};
use crate::components::page::{Back, Page};
use crate::components::quote::quote;
use crate::follow_ups::OpenThreads;
use crate::i18n::{I18n, t, t_string, time, use_i18n};
use crate::live::{Live, loaded};
use crate::measurements::VisitMeasurements;

/// A visit.
#[component]
pub fn VisitScreen() -> impl IntoView {
    let params = use_params_map();
    move || {
        let client = params.with(|params| params.get("client")).and_then(|id| id.parse().ok());
        let visit = params.with(|params| params.get("visit")).and_then(|id| id.parse().ok());
        match (client, visit) {
            (Some(client), Some(visit)) => view! { <OneVisit client visit /> }.into_any(),
            _ => {
                view! { <main class="kj-main"><Trouble problem=Problem::new("not_found") /></main> }
                    .into_any()
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Unknown,
    Planned,
    Cancelled,
    NotMet,
    UnderWay,
    Finished,
}

#[component]
fn OneVisit(client: ClientId, visit: VisitId) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::new(ReadVisit { visit }, Changes::get().client(client));
    let stage = Memo::new(move |_| {
        live.data.with(|view| match view.as_ref().map(|view| &view.state) {
            None => Stage::Unknown,
            Some(VisitState::Planned) => Stage::Planned,
            Some(VisitState::Cancelled { .. }) => Stage::Cancelled,
            Some(VisitState::NotMet { .. }) => Stage::NotMet,
            Some(VisitState::UnderWay { .. }) => Stage::UnderWay,
            Some(VisitState::Finished { .. }) => Stage::Finished,
        })
    });
    // The form lives as long as the visit is under way, and is seeded once, when that begins.
    let form = Memo::new(move |old: Option<&Option<FormOf>>| match (stage.get(), old) {
        (Stage::UnderWay, Some(Some(form))) => Some(*form),
        (Stage::UnderWay, _) => live
            .data
            .with_untracked(|view| view.as_ref().map(|view| FormOf(VisitForm::new(visit, view)))),
        _ => None,
    });
    let all_answered = Memo::new(move |_| match form.get() {
        Some(FormOf(form)) => live.data.with(|view| {
            view.as_ref().is_none_or(|view| {
                form.draft.with(|draft| unanswered(draft, &view.interventions).is_empty())
            })
        }),
        None => false,
    });
    let name = move || {
        live.data.with(|view| view.as_ref().map(|view| view.name.clone()).unwrap_or_default())
    };
    let critical = move || {
        live.data.with(|view| view.as_ref().map(|view| view.critical.clone()).unwrap_or_default())
    };
    let back = Back {
        to: "/".to_owned(),
        words: Signal::derive(move || t_string!(i18n, app.back_to_day).to_owned()),
    };
    let content = move |view: Memo<VisitView>| {
        view! {
            <Top view client visit />
            {move || match form.get() {
                Some(FormOf(form)) => view! {
                    <div class="kj-two">
                        <div><Interventions client visit view form all_answered /> <Goals view form /> <VisitMeasurements client form /></div>
                        <NoteCard view form />
                    </div>
                }.into_any(),
                None => view! { <PlanAhead view /> }.into_any(),
            }}
        }
    };
    let bar = move || {
        move || match (stage.get(), form.get(), live.data.get_untracked()) {
            (Stage::UnderWay, Some(FormOf(form)), Some(first)) => {
                // Of a visit that nobody planned there is nothing to be at home for.
                let is_planned = first.unplanned.is_none();
                let view = Memo::new(move |_| live.data.get().unwrap_or_else(|| first.clone()));
                view! {
                    {is_planned.then(|| view! { <NotHome client visit /> })}
                    <Sign visit view form all_answered />
                }
                .into_any()
            }
            (Stage::NotMet, ..) => view! { <NotMetBar client visit live /> }.into_any(),
            (Stage::Planned, ..) => view! { <PlannedBar client visit live /> }.into_any(),
            (Stage::Cancelled, ..) => view! { <CancelledBar visit live /> }.into_any(),
            (Stage::Finished, ..) => view! { <ToJournal client visit /> }.into_any(),
            _ => ().into_any(),
        }
    };
    view! {
        <Page
            title=Signal::derive(name)
            details=Signal::derive(move || live.data.with(|view| view.as_ref().map(|view| times(i18n, view)).unwrap_or_default()))
            back=Some(back)
            beside=move || view! { <CriticalTags critical=Signal::derive(critical) /> }
            bar=bar
        >
            {loaded(live, content)}
        </Page>
    }
}

/// A form is only ever itself.
#[derive(Clone, Copy)]
struct FormOf(VisitForm);

impl PartialEq for FormOf {
    fn eq(&self, other: &Self) -> bool {
        self.0.draft == other.0.draft
    }
}

fn times(i18n: I18n, view: &VisitView) -> String {
    let ends = view.starts + Duration::minutes(i64::from(view.minutes));
    let planned = match &view.unplanned {
        Some(_) => t_string!(i18n, visits.unplanned_short).to_owned(),
        None => {
            t_string!(i18n, visit.planned, from = time(view.starts), to = time(ends)).to_string()
        }
    };
    match &view.state {
        VisitState::Planned | VisitState::Cancelled { .. } | VisitState::NotMet { .. } => planned,
        VisitState::UnderWay { since } => {
            t_string!(i18n, visit.started, planned = planned, time = time(*since)).to_string()
        }
        VisitState::Finished { at, .. } => {
            t_string!(i18n, visit.finished, planned = planned, time = time(*at)).to_string()
        }
    }
}

/// What the visit is for, what is important, and the way to the client's page.
#[component]
fn Top(view: Memo<VisitView>, client: ClientId, visit: VisitId) -> impl IntoView {
    let i18n = use_i18n();
    let matters = Memo::new(move |_| view.with(|view| view.what_matters.clone()));
    view! {
        <ChangeLine view />
        <div class="kj-visit-top">
            <div class="kj-quote--large">{move || matters.get().map(quote)}</div>
            <a class="ds-button" data-variant="tertiary" data-testid="open-client" href=format!("/client/{client}?visit={visit}")>
                {icon(JOURNAL)}
                <span>{t!(i18n, visit.open_client)}</span>
            </a>
            <a class="ds-button" data-variant="tertiary" data-testid="report-incident" href=format!("/client/{client}/incident?visit={visit}")>
                {icon(INCIDENT)}
                <span>{t!(i18n, incident.report)}</span>
            </a>
        </div>
        <OpenThreads threads=Signal::derive(move || view.with(|view| view.links.threads.clone())) />
        <BeforeDoor view client visit />
        <Important important=Signal::derive(move || view.with(|view| view.important.clone())) />
    }
}
