//! What to know before the door: a minute with somebody one has never met, or what is new since last.

use kjent_core::ids::{ClientId, VisitId};
use kjent_core::view::{
    BeforeDoorView, EntryBody, EntryView, FirstTimeView, SinceProgressView, SinceView, VisitState,
    VisitView,
};
use leptos::prelude::*;

use crate::handover::gist;
use crate::i18n::{
    I18n, direction_word, fact_word, field_word, moment, part_word, relative_day, source_word, t,
    t_string, use_i18n, value_word,
};
use crate::people::first_time_body;

/// The card: open before the visit is started, and folded above it afterwards, unless the worker has
/// never been here.
#[component]
pub fn BeforeDoor(view: Memo<VisitView>, client: ClientId, visit: VisitId) -> impl IntoView {
    let i18n = use_i18n();
    let before = Memo::new(move |_| view.with(|view| view.before.clone()));
    let is_open = Memo::new(move |_| {
        view.with(|view| {
            let is_first = matches!(view.before, Some(BeforeDoorView::FirstTime(_)));
            is_first || view.state == VisitState::Planned
        })
    });
    let since = move |it: &SinceView| {
        let when = relative_day(i18n, it.last_here.date());
        if it.count() == 0 {
            let words = t_string!(i18n, visits.since_nothing, when = when).to_string();
            return view! { <p class="kj-subtle" data-testid="since-nothing">{words}</p> }
                .into_any();
        }
        let words = t_string!(i18n, visits.since, when = when, count = it.count()).to_string();
        let called = view.with(|view| view.called.clone());
        view! {
            <details class="kj-card kj-details kj-before" data-testid="since-last" prop:open=is_open>
                <summary><h2 class="ds-heading" data-size="2xs">{words}</h2></summary>
                {news(i18n, it, (client, visit), &called)}
            </details>
        }
        .into_any()
    };
    let first = move |it: &FirstTimeView| {
        let name = view.with(|view| view.called.clone());
        view! {
            <details class="kj-card kj-details kj-before" data-testid="first-time" prop:open=is_open>
                <summary>
                    <h2 class="ds-heading" data-size="2xs">{t!(i18n, people.first_time, name = name)}</h2>
                </summary>
                {view.with(|view| first_time(i18n, it, view))}
            </details>
        }
    };
    move || {
        before.with(|before| match before {
            Some(BeforeDoorView::Since(it)) => since(it),
            Some(BeforeDoorView::FirstTime(it)) => first(it).into_any(),
            None => ().into_any(),
        })
    }
}

fn first_time(i18n: I18n, it: &FirstTimeView, view: &VisitView) -> impl IntoView + use<> {
    let today: Vec<&str> = view.interventions.iter().map(|one| one.title.as_str()).collect();
    let today = Some(today.join(" · ")).filter(|it| !it.is_empty());
    // What matters stands above, in large letters.
    let rows = vec![(t_string!(i18n, visits.first_today).to_owned(), today)];
    first_time_body(i18n, it, rows, &view.critical)
}

fn news(
    i18n: I18n,
    it: &SinceView,
    place: (ClientId, VisitId),
    called: &str,
) -> impl IntoView + use<> {
    let entries = |all: &[EntryView]| -> Vec<AnyView> {
        all.iter().map(|one| entry(i18n, one, place, called).into_any()).collect()
    };
    let progress =
        it.progress.iter().map(|one| progress(i18n, one, place, called).into_any()).collect();
    let group = |heading: &'static str, rows: Vec<AnyView>| {
        (!rows.is_empty()).then(|| {
            view! {
                <h3 class="kj-item-heading">{heading}</h3>
                <ul class="kj-plain-list kj-since">{rows}</ul>
            }
        })
    };
    view! {
        {group(t_string!(i18n, visits.since_important), entries(&it.important))}
        {group(t_string!(i18n, visits.since_plan), entries(&it.plan))}
        {group(t_string!(i18n, visits.since_progress), progress)}
        {group(t_string!(i18n, visits.since_others), entries(&it.others))}
    }
}

/// A line that leads to its place: who, when, and the first words.
fn line(to: String, who: String, words: String) -> impl IntoView + use<> {
    view! {
        <li data-testid="since-entry">
            <a class="kj-since__entry" href=to>
                <span class="kj-subtle">{who}</span>
                <span class="kj-since__words">{words}</span>
            </a>
        </li>
    }
}

fn entry(
    i18n: I18n,
    it: &EntryView,
    (client, visit): (ClientId, VisitId),
    called: &str,
) -> impl IntoView + use<> {
    let who = format!("{} · {}", it.author, moment(i18n, it.happened));
    let words = match &it.body {
        EntryBody::PlanChange { .. } | EntryBody::PlanProposal { .. } => {
            plan_words(i18n, it, called)
        }
        _ => Some(gist(i18n, it)).filter(|words| !words.is_empty()),
    };
    let words = words.unwrap_or_else(|| fact_word(i18n, &it.kind));
    let to = match &it.body {
        EntryBody::Conversation { .. } => format!("/client/{client}?visit={visit}"),
        _ => format!("/client/{client}?part=journal&entry={}&visit={visit}", it.fact),
    };
    line(to, who, words)
}

/// A change of the plan in a line: what, from what to what, and why.
fn plan_words(i18n: I18n, it: &EntryView, called: &str) -> Option<String> {
    let (title, part, fields, reason) = match &it.body {
        EntryBody::PlanChange { title, change } => {
            (title, change.part, &change.fields, &change.reason)
        }
        EntryBody::PlanProposal { title, proposal } => {
            (title, proposal.part, &proposal.fields, &proposal.reason)
        }
        _ => return None,
    };
    let said = fields.iter().filter_map(|one| {
        let word = |value| value_word(i18n, part, &one.field, value, called);
        let after = match &one.after {
            Some(after) => word(after)?,
            None => t_string!(i18n, fields.nothing).to_owned(),
        };
        let now = match one.before.as_ref().and_then(word) {
            Some(before) => {
                t_string!(i18n, fields.from_to, before = before, after = after).to_string()
            }
            None => after,
        };
        Some(format!("{}: {now}", field_word(i18n, &one.field)))
    });
    let what = if title.is_empty() { part_word(i18n, part).to_owned() } else { title.clone() };
    let said = std::iter::once(what).chain(said).chain(Some(reason.clone()));
    Some(said.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · "))
}

fn progress(
    i18n: I18n,
    it: &SinceProgressView,
    (client, visit): (ClientId, VisitId),
    called: &str,
) -> impl IntoView + use<> {
    let who = format!("{} · {}", it.by, moment(i18n, it.at));
    let (direction, source) =
        (direction_word(i18n, &it.direction), source_word(i18n, &it.source, called));
    line(
        format!("/client/{client}?part=matters&visit={visit}"),
        who,
        format!("{}: {direction}, {source}", it.goal),
    )
}
