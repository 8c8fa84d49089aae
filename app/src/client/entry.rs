//! One entry of the journal: who, when, how far it has come, and what it says.

mod clinical;
mod plan;
mod visit_change;

use kjent_core::fact::Note;
use kjent_core::view::{
    EntryBody, EntryProgressView, EntryState, EntryView, OutcomeView, ReceiptStep, ReceiptView,
};
use leptos::prelude::*;

use super::client_model::done;
use crate::components::icon::{ALERT, CLOCK, CLOUD, CLOUD_UP, EYE, MESSAGES, STOP, TABLET, icon};
use crate::components::tag::tag;
use crate::i18n::{
    I18n, direction_word, moment, not_done_word, profession_word, sentence, source_word, t,
    t_string, time,
};

use crate::late::late_words;
use crate::measurements::said;

/// How long after the event an entry is written before that is worth saying, in minutes.
const LATE: i64 = 60;

/// The entry. A function and not a component, so that the closure around it follows the language.
pub fn entry(i18n: I18n, entry: &EntryView, called: &str) -> impl IntoView + use<> {
    let id = entry.fact;
    let code = match entry.state {
        EntryState::Waiting => "waiting",
        EntryState::Sent => "sent",
        EntryState::Refused { .. } => "refused",
    };
    let author = if entry.mine {
        format!("{} ({})", entry.author, t_string!(i18n, client.you))
    } else {
        entry.author.clone()
    };
    let profession = profession_word(i18n, &entry.profession);
    let late = (entry.written - entry.happened).num_minutes() > LATE;
    let late = late.then(|| {
        format!(" · {}", t_string!(i18n, client.late, when = moment(i18n, entry.written)))
    });
    let receipt = entry.receipt.as_ref().map(|it| receipt_line(i18n, it));
    let late_work = entry.late.as_ref().map(|it| {
        view! {
            <p class="kj-entry__late kj-with-icon" data-testid="late-work">{icon(CLOCK)} <span>{late_words(i18n, it)}</span></p>
        }
    });
    let new = entry.unread.then(|| tag("info", MESSAGES, t_string!(i18n, client.new_tag)));
    let link = |fact: kjent_core::ids::FactId, words: &'static str| {
        view! { <p><a class="ds-link" rel="external" href=format!("#entry-{fact}")>{words}</a></p> }
    };
    let amends = entry.amends.map(|fact| link(fact, t_string!(i18n, client.amends)));
    let amended_by = entry.amended_by.map(|fact| link(fact, t_string!(i18n, client.amended_by)));
    view! {
        <article
            class="kj-card kj-entry"
            id=format!("entry-{id}")
            class:kj-entry--amended=entry.amended_by.is_some()
            data-testid="journal-entry"
            data-state=code
            data-unread=entry.unread.to_string()
        >
            <div class="kj-card__head">
                <div>
                    <h3 class="kj-item-heading">{format!("{author}, {profession}")}</h3>
                    <p class="kj-subtle">{moment(i18n, entry.happened)} {late}</p>
                </div>
                <div class="kj-tags">{new} {refused(i18n, &entry.state)}</div>
            </div>
            {receipt}
            {late_work}
            {amends}
            {amended_by}
            {body(i18n, &entry.body, called)}
        </article>
    }
}

fn refused(i18n: I18n, state: &EntryState) -> impl IntoView + use<> {
    let EntryState::Refused { reason } = state else { return None };
    let why = t_string!(i18n, client.state_refused, why = sentence(i18n, reason)).to_string();
    Some(tag("danger", STOP, why))
}

/// How far an own entry has come: one calm line.
fn receipt_line(i18n: I18n, it: &ReceiptView) -> impl IntoView + use<> {
    let (svg, code, line) = match &it.step {
        ReceiptStep::Here => (CLOUD_UP, "here", t_string!(i18n, client.receipt_here).to_owned()),
        ReceiptStep::OnServer => {
            (CLOUD, "on_server", t_string!(i18n, client.receipt_server).to_owned())
        }
        ReceiptStep::OnTablet { name } => {
            let line = t_string!(i18n, client.receipt_tablet, name = name.clone()).to_string();
            (TABLET, "on_tablet", line)
        }
        ReceiptStep::Read { name, at } => {
            let when = moment(i18n, *at);
            let line = t_string!(i18n, client.receipt_read, name = name.clone(), when = when);
            (EYE, "read", line.to_string())
        }
    };
    let line = match (&it.step, it.others) {
        (_, 0) => line,
        (ReceiptStep::Read { .. }, n) => {
            t_string!(i18n, client.receipt_more, line = line, count = n).to_string()
        }
        (_, n) => t_string!(i18n, client.receipt_others, line = line, count = n).to_string(),
    };
    view! {
        <p class="kj-subtle kj-with-icon" data-testid="receipt" data-step=code>{icon(svg)} <span>{line}</span></p>
    }
}

fn body(i18n: I18n, body: &EntryBody, called: &str) -> impl IntoView + use<> {
    match body {
        EntryBody::Visit { started, finished, outcomes, progress, note, observations } => {
            let times =
                t_string!(i18n, client.visit_times, from = time(*started), to = time(*finished))
                    .to_string();
            view! {
                <p class="kj-subtle">{times}</p>
                {report(i18n, outcomes, progress, called)}
                {said(i18n, observations)}
                {note_parts(i18n, note)}
            }
            .into_any()
        }
        EntryBody::Note { note } => note_parts(i18n, note).into_any(),
        EntryBody::PlanChange { title, change } => {
            plan::change(i18n, title, change, called).into_any()
        }
        EntryBody::PlanProposal { title, proposal } => {
            plan::proposal(i18n, title, proposal, called).into_any()
        }
        EntryBody::ProposalDeclined { reason } => plan::declined(i18n, reason).into_any(),
        EntryBody::DeliveryExplained { title, from, to, reason } => {
            plan::delivery(i18n, title, (*from, *to), reason).into_any()
        }
        EntryBody::VisitTakenOver => {
            view! { <p>{t_string!(i18n, visits.entry_taken_over)}</p> }.into_any()
        }
        EntryBody::VisitGivenBack => {
            view! { <p>{t_string!(i18n, visits.entry_given_back)}</p> }.into_any()
        }
        EntryBody::VisitCancelled { reason, words } => {
            visit_change::cancelled(i18n, reason, words).into_any()
        }
        EntryBody::VisitReinstated => {
            view! { <p>{t_string!(i18n, visits.entry_reinstated)}</p> }.into_any()
        }
        EntryBody::Observations { observations } => {
            clinical::observations(i18n, observations).into_any()
        }
        EntryBody::Incident { incident } => clinical::incident(i18n, incident).into_any(),
        EntryBody::IncidentStep { about, step, words } => {
            clinical::step(i18n, about.as_ref(), step, words).into_any()
        }
        EntryBody::Unknown => view! { <p>{t!(i18n, client.entry_unknown)}</p> }.into_any(),
    }
}

fn report(
    i18n: I18n,
    outcomes: &[OutcomeView],
    progress: &[EntryProgressView],
    called: &str,
) -> impl IntoView + use<> {
    let done = done(outcomes);
    let done = (!done.is_empty())
        .then(|| view! { <dt>{t_string!(i18n, client.outcomes_done)}</dt><dd>{done}</dd> });
    let not_done: Vec<String> = outcomes
        .iter()
        .filter_map(|it| {
            it.not_done.as_ref().map(|why| format!("{}: {}", it.title, not_done_word(i18n, why)))
        })
        .collect();
    let not_done = (!not_done.is_empty()).then(|| {
        view! { <dt>{t_string!(i18n, client.outcomes_not)}</dt><dd>{not_done.join("\n")}</dd> }
    });
    let progress = progress.iter().map(|it| {
        let says = format!("{}, {}", direction_word(i18n, &it.direction), source_word(i18n, &it.source, called));
        view! { <dt>{t_string!(i18n, client.for_goal)}</dt><dd>{format!("{}: {says}", it.goal)}</dd> }
    });
    let progress: Vec<_> = progress.collect();
    let any = done.is_some() || not_done.is_some() || !progress.is_empty();
    any.then(|| view! { <dl class="kj-facts">{done}{not_done}{progress}</dl> })
}

fn note_parts(i18n: I18n, note: &Note) -> impl IntoView + use<> {
    let parts = [
        (t_string!(i18n, words.note_observation), "observation", &note.observation),
        (t_string!(i18n, words.note_judgement), "judgement", &note.judgement),
        (t_string!(i18n, words.note_client_view), "client-view", &note.client_view),
        (t_string!(i18n, words.note_done), "done", &note.done),
        (t_string!(i18n, words.note_further_plan), "further-plan", &note.further_plan),
    ];
    let parts =
        parts.into_iter().filter(|(_, _, text)| !text.is_empty()).map(|(heading, code, text)| {
            view! {
                <div class="kj-note-part" data-part=code>
                    <h4 class="kj-small-heading">{heading}</h4>
                    <p class="kj-text">{text.clone()}</p>
                </div>
            }
        });
    let important = note.important_for_next.then(|| {
        view! { <div class="kj-tags">{tag("warning", ALERT, t_string!(i18n, client.important_tag))}</div> }
    });
    view! {
        {important}
        {parts.collect_view()}
    }
}
