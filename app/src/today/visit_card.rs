//! One visit in the list.

use chrono::NaiveDateTime;
use kjent_core::command::StartVisit;
use kjent_core::ids::VisitId;
use kjent_core::problem::Problem;
use kjent_core::view::{EntryState, VisitCardView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use super::today_model::{Standing, standing};
use super::visit_tags::visit_tags;
use crate::components::failure::Trouble;
use crate::components::icon::{ALERT, BELL, HOUSE, PEOPLE, PERSON, icon};
use crate::components::quote::quote;
use crate::i18n::{
    I18n, address_word, cancelled_line, erased_line, not_met_line, t, t_string, taken_over_line,
    time, unplanned_line, wrong_person_line,
};
use crate::ipc::call;

/// A card; the one to do next stands out, what is finished steps back. A function and not a
/// component, so that the closure around it follows the language.
pub fn visit_card(
    i18n: I18n,
    card: &VisitCardView,
    next: Option<VisitId>,
    now: NaiveDateTime,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView + use<> {
    let standing = standing(card, next, now);
    let is_next = next == Some(card.visit);
    let finished = matches!(
        standing,
        Standing::Finished { .. } | Standing::Cancelled { .. } | Standing::NotMet { .. }
    );
    let state = match standing {
        Standing::Finished { .. } => "finished",
        Standing::Cancelled { .. } => "cancelled",
        Standing::NotMet { .. } => "not_met",
        Standing::UnderWay(_) => "under_way",
        _ => "planned",
    };
    let details = if finished {
        view! { <p class="kj-visit__line">{finished_line(i18n, &standing)}</p> }.into_any()
    } else {
        let what_matters = card.what_matters.clone().map(quote);
        let interventions = card.interventions.join(" · ");
        view! {
            {what_matters}
            {(!interventions.is_empty()).then(|| view! { <p class="kj-visit__line">{interventions}</p> })}
        }
        .into_any()
    };
    let to_give = card.to_give.then(|| {
        view! { <p class="kj-fact" data-testid="to-give">{icon(ALERT)} <span>{t_string!(i18n, visits.to_give)}</span></p> }
    });
    let worker = (!card.mine && card.taken_over.is_none() && !card.to_give).then(|| {
        view! { <p class="kj-fact">{icon(PERSON)} <span>{card.worker_name.clone()}</span></p> }
    });
    let taken = card.taken_over.as_ref().map(|taken| {
        let line = taken_over_line(i18n, taken, &card.worker_name);
        view! { <p class="kj-fact" data-testid="taken-over">{icon(PEOPLE)} <span>{line}</span></p> }
    });
    let unplanned = card.unplanned.as_ref().map(|it| {
        let line = unplanned_line(i18n, it);
        view! { <p class="kj-fact" data-testid="unplanned">{icon(BELL)} <span>{line}</span></p> }
    });
    let erased = card.erased.as_ref().map(|it| {
        let line = erased_line(i18n, it);
        view! { <p class="kj-fact" data-testid="erased-report">{icon(ALERT)} <span>{line}</span></p> }
    });
    let wrong_person = card.wrong_person.as_ref().map(|it| {
        let line = wrong_person_line(i18n, it);
        view! { <p class="kj-fact" data-testid="wrong-person">{icon(ALERT)} <span>{line}</span></p> }
    });
    let place = match &card.entry {
        Some(entry) if !finished => format!("{} · {entry}", address_word(i18n, &card.address)),
        _ => address_word(i18n, &card.address),
    };
    view! {
        <li
            class="kj-visit"
            class:kj-visit--next=is_next
            class:kj-visit--finished=finished
            data-testid="visit-card"
            data-visit=card.visit.to_string()
            data-client=card.client.to_string()
            data-state=state
            data-next=is_next.to_string()
        >
            <div class="kj-visit__time">
                <p class="kj-visit__clock">{time(card.starts)}</p>
                <p class="kj-subtle">{duration(i18n, &standing, card.minutes)}</p>
            </div>
            <div class="kj-visit__what">
                <h2 class="kj-visit__name">
                    <a href=format!("/client/{}", card.client) data-testid="open-client">{card.name.clone()}</a>
                </h2>
                <p class="kj-fact">{icon(HOUSE)} <span>{place}</span></p>
                {to_give}
                {worker}
                {taken}
                {unplanned}
                {erased}
                {wrong_person}
                {details}
                {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            </div>
            {action(i18n, card, &standing, is_next, problem)}
            {(!finished).then(|| visit_tags(i18n, card))}
        </li>
    }
}

fn finished_line(i18n: I18n, standing: &Standing) -> Option<String> {
    if let Standing::Cancelled { at, by, reason, words } = standing {
        return Some(cancelled_line(i18n, *at, by, reason, words));
    }
    if let Standing::NotMet { at, by, outcome, report } = standing {
        let line = not_met_line(i18n, *at, by, outcome);
        return Some(format!("{line} · {}", report_word(i18n, report)));
    }
    let Standing::Finished { at, by, report } = standing else { return None };
    let done = match by {
        Some(name) => {
            t_string!(i18n, today.finished_by, time = time(*at), name = name.clone()).to_string()
        }
        None => t_string!(i18n, today.finished, time = time(*at)).to_string(),
    };
    Some(format!("{done} · {}", report_word(i18n, report)))
}

fn report_word(i18n: I18n, report: &EntryState) -> &'static str {
    match report {
        EntryState::Waiting => t_string!(i18n, today.waits),
        EntryState::Sent => t_string!(i18n, today.sent),
        EntryState::Refused { .. } => t_string!(i18n, today.refused),
    }
}

fn duration(i18n: I18n, standing: &Standing, n: u32) -> String {
    match standing {
        Standing::Now => t_string!(i18n, today.now, n = n).to_string(),
        Standing::Next => t_string!(i18n, today.next, n = n).to_string(),
        Standing::UnderWay(since) => {
            t_string!(i18n, today.under_way, time = time(*since)).to_string()
        }
        Standing::Finished { .. }
        | Standing::Cancelled { .. }
        | Standing::NotMet { .. }
        | Standing::Later => t_string!(i18n, today.minutes, n = n).to_string(),
    }
}

/// The one button of a card: start, continue or open.
fn action(
    i18n: I18n,
    card: &VisitCardView,
    standing: &Standing,
    is_next: bool,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView + use<> {
    let visit = card.visit;
    let to = format!("/client/{}/visit/{visit}", card.client);
    let about = format!("{} {}", card.name, time(card.starts));
    let navigate = use_navigate();
    match standing {
        Standing::Now | Standing::Next if is_next => {
            let start = move |_| {
                let (navigate, to) = (navigate.clone(), to.clone());
                spawn_local(async move {
                    match call(StartVisit { visit }).await {
                        Ok(_) => navigate(&to, Default::default()),
                        Err(why) => problem.set(Some(why)),
                    }
                });
            };
            view! {
                <button type="button" class="ds-button kj-visit__action" data-testid="start-visit" on:click=start>
                    {t!(i18n, today.start)}
                    <span class="ds-sr-only">{about}</span>
                </button>
            }
            .into_any()
        }
        Standing::UnderWay(_) if is_next => view! {
            <a class="ds-button kj-visit__action" data-testid="continue-visit" href=to>
                {t!(i18n, today.go_on)}
                <span class="ds-sr-only">{about}</span>
            </a>
        }
        .into_any(),
        Standing::Finished { .. } | Standing::Cancelled { .. } | Standing::NotMet { .. } => view! {
            <a class="ds-button kj-visit__action" data-variant="tertiary" data-color="neutral" data-testid="open-visit" href=to>
                {t!(i18n, today.open)}
                <span class="ds-sr-only">{about}</span>
            </a>
        }
        .into_any(),
        _ => view! {
            <a class="ds-button kj-quiet-button kj-visit__action" data-testid="open-visit" href=to>
                {t!(i18n, today.open)}
                <span class="ds-sr-only">{about}</span>
            </a>
        }
        .into_any(),
    }
}
