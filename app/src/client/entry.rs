//! One entry of the journal: who, when, how far it has come, and what it says.

mod clinical;
mod evaluation;
mod note;
mod people;
pub mod plan;
mod restricted;
mod routine;
mod visit_change;

use kjent_core::ids::{ClientId, FactId};
use kjent_core::view::{
    EntryBody, EntryProgressView, EntryState, EntryView, OutcomeView, ReceiptStep, ReceiptView,
};
use leptos::prelude::*;

use super::client_model::done;
use super::journal_model::Folded;
use crate::components::icon::{
    ALERT, CLOCK, CLOUD, CLOUD_UP, EYE, MESSAGES, PENCIL, STOP, TABLET, icon,
};
use crate::components::quote::quote;
use crate::components::tag::tag;
use crate::i18n::{
    I18n, direction_word, moment, not_done_word, profession_word, sentence, source_word, t,
    t_string, time, unplanned_line,
};

use crate::late::late_words;
use crate::measurements::said;

/// What can be done with an entry.
#[derive(Clone, Copy)]
pub struct Acts {
    /// Whose journal it is.
    pub client: ClientId,
    /// Opens the dialog that says that it is about somebody else.
    pub wrong: Callback<FactId>,
    /// Opens the dialog that says who reads it.
    pub restrict: Callback<FactId>,
}

/// The entry. A function and not a component, so that the closure around it follows the language.
pub fn entry(i18n: I18n, folded: &Folded, called: &str, acts: Acts) -> impl IntoView + use<> {
    let entry = &folded.entry;
    if let EntryBody::Restricted { entry, ask } = &entry.body {
        return restricted::closed(i18n, *entry, ask).into_any();
    }
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
    let let_in = entry
        .by_break_glass
        .then(|| tag("warning", ALERT, t_string!(i18n, break_glass.entry).to_owned()));
    let first = folded.earlier.last().unwrap_or(entry);
    let is_late = first.is_late_entry();
    let late = is_late.then(|| {
        format!(" · {}", t_string!(i18n, client.late, when = moment(i18n, first.written)))
    });
    let late_tag = is_late.then(|| tag("neutral", CLOCK, t_string!(i18n, journal.late_entry)));
    let corrected = (!folded.earlier.is_empty()).then(|| {
        let when = moment(i18n, entry.written);
        tag("neutral", PENCIL, t_string!(i18n, journal.corrected_at, when = when).to_string())
    });
    let receipt = entry.receipt.as_ref().map(|it| receipt_line(i18n, it));
    let late_work = entry.late.as_ref().map(|it| {
        view! {
            <p class="kj-entry__late kj-with-icon" data-testid="late-work">{icon(CLOCK)} <span>{late_words(i18n, it)}</span></p>
        }
    });
    let new = entry.unread.then(|| tag("info", MESSAGES, t_string!(i18n, client.new_tag)));
    let amends = entry.amends.map(|fact| {
        view! { <p><a class="ds-link" rel="external" href=format!("#entry-{fact}")>{t_string!(i18n, client.amends)}</a></p> }
    });
    let said = view! {
        {body(i18n, &entry.body, &entry.links, called)}
        {entry.answered.iter().map(|what| note::answered(i18n, what)).collect_view()}
        {entry.thread.as_ref().map(|it| note::thread(i18n, it))}
        {note::earlier(i18n, folded)}
    };
    let content = match &folded.wrong {
        Some(wrong) => wrong_person(i18n, wrong, said).into_any(),
        None => said.into_any(),
    };
    view! {
        <article
            class="kj-card kj-entry"
            id=format!("entry-{id}")
            class:kj-entry--amended=folded.wrong.is_some()
            data-testid="journal-entry"
            data-state=code
            data-unread=entry.unread.to_string()
            data-corrected=(!folded.earlier.is_empty()).to_string()
            data-wrong=folded.wrong.is_some().to_string()
        >
            <div class="kj-card__head">
                <div>
                    <h3 class="kj-item-heading">{format!("{author}, {profession}")}</h3>
                    <p class="kj-subtle">{moment(i18n, entry.happened)} {late}</p>
                </div>
                <div class="kj-tags">{new} {let_in} {late_tag} {corrected} {refused(i18n, &entry.state)}</div>
            </div>
            {entry.restricted.as_ref().map(|it| restricted::mark(i18n, it))}
            {receipt}
            {late_work}
            {amends}
            {content}
            {actions(i18n, folded, acts)}
        </article>
    }
    .into_any()
}

/// An entry about the wrong person: what happened first, and its words folded and struck.
fn wrong_person<V: IntoView + 'static>(
    i18n: I18n,
    wrong: &EntryView,
    said: V,
) -> impl IntoView + use<V> {
    let reason = match &wrong.body {
        EntryBody::WrongPerson { reason } => reason.clone(),
        _ => String::new(),
    };
    let when = moment(i18n, wrong.written);
    let marked = t_string!(i18n, journal.wrong_marked, when = when).to_string();
    view! {
        <div data-testid="wrong-person">
            <p class="kj-strong">{t_string!(i18n, journal.wrong)}</p>
            <p class="kj-text">{reason}</p>
            <p class="kj-subtle">{marked}</p>
        </div>
        <details class="kj-details">
            <summary data-testid="show-wrong">{t_string!(i18n, journal.show_wrong)}</summary>
            <div class="kj-entry__struck">{said}</div>
        </details>
    }
}

/// What its author can do with it, and what anybody can.
fn actions(i18n: I18n, folded: &Folded, acts: Acts) -> impl IntoView + use<> {
    let fact = folded.entry.fact;
    let client = acts.client;
    let own = folded.is_correctable().then(|| {
        view! {
            <a class="ds-button" data-variant="tertiary" data-testid="correct-entry" href=format!("/client/{client}/note?correct={fact}")>
                {t_string!(i18n, journal.correct)}
            </a>
            <button type="button" class="ds-button" data-variant="tertiary" data-testid="wrong-entry" on:click=move |_| acts.wrong.run(fact)>
                {t_string!(i18n, journal.wrong_title)}
            </button>
        }
    });
    let is_note = matches!(folded.entry.body, EntryBody::Visit { .. } | EntryBody::Note { .. });
    // What the client lets few read isn't for somebody else to act on.
    let is_closed = folded.entry.restricted.as_ref().is_some_and(|it| !it.is_ended);
    let hand_over = (is_note && folded.wrong.is_none() && !is_closed).then(|| {
        view! {
            <a class="ds-button" data-variant="tertiary" data-testid="hand-over-entry" href=format!("/handover?client={client}&about={fact}")>
                {t_string!(i18n, journal.hand_over)}
            </a>
        }
    });
    let restrict = (folded.entry.may_restrict && folded.wrong.is_none())
        .then(|| restricted::button(i18n, &folded.entry, acts.restrict));
    let any = own.is_some() || hand_over.is_some() || restrict.is_some();
    any.then(|| view! { <div class="kj-entry__acts">{own} {hand_over} {restrict}</div> })
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

fn body(i18n: I18n, body: &EntryBody, links: &[String], called: &str) -> impl IntoView + use<> {
    match body {
        EntryBody::Visit {
            started,
            finished,
            unplanned,
            outcomes,
            progress,
            note,
            observations,
        } => {
            let unplanned = unplanned.as_ref().map(|it| {
                view! { <p class="kj-strong" data-testid="unplanned">{unplanned_line(i18n, it)}</p> }
            });
            let times =
                t_string!(i18n, client.visit_times, from = time(*started), to = time(*finished))
                    .to_string();
            view! {
                {unplanned}
                <p class="kj-subtle">{times}</p>
                {report(i18n, outcomes, progress, called)}
                {said(i18n, observations)}
                {note::parts(i18n, note, links)}
            }
            .into_any()
        }
        EntryBody::Note { note } => note::parts(i18n, note, links).into_any(),
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
        EntryBody::MissedContact { steps, outcome, alarm_to, words } => {
            routine::missed_contact(i18n, steps, outcome, (alarm_to, words), called).into_any()
        }
        EntryBody::ResistedCare { titles, care } => {
            routine::resisted_care(i18n, titles, care, called).into_any()
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
        EntryBody::Conversation { conversation } => quote(conversation.words.clone()).into_any(),
        EntryBody::WrongPerson { reason } => view! {
            <p class="kj-strong">{t_string!(i18n, journal.wrong)}</p>
            <p class="kj-text">{reason.clone()}</p>
        }
        .into_any(),
        EntryBody::Handover { to_name, text, .. } => {
            let to = if to_name.is_empty() {
                t_string!(i18n, handover.next_shift).to_owned()
            } else {
                to_name.clone()
            };
            view! {
                <p class="kj-strong">{t_string!(i18n, journal.handed_to, name = to).to_string()}</p>
                <p class="kj-text">{text.clone()}</p>
            }
            .into_any()
        }
        EntryBody::GoalEvaluation { title, evaluation } => {
            evaluation::evaluation(i18n, title, evaluation).into_any()
        }
        EntryBody::PlanReview { review } => evaluation::review(i18n, review).into_any(),
        EntryBody::Contact { with, contact } => people::contact(i18n, with, contact).into_any(),
        EntryBody::Consent { to, consent } => people::consent(i18n, to, consent).into_any(),
        EntryBody::ConsentWithdrawn { how } => people::withdrawn(i18n, how).into_any(),
        EntryBody::Restriction { name, role, words } => {
            people::restriction(i18n, name, role.as_ref(), words).into_any()
        }
        EntryBody::RestrictionEnded { words } => people::restriction_ended(i18n, words).into_any(),
        EntryBody::Restricted { entry, ask } => restricted::closed(i18n, *entry, ask).into_any(),
        EntryBody::Capacity { assessment } => people::capacity(i18n, assessment).into_any(),
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
