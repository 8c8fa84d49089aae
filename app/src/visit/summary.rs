//! What is about to be signed.

use kjent_core::command::VisitDraft;
use kjent_core::fact::{NotDoneReason, Note};
use kjent_core::view::VisitView;
use leptos::prelude::*;

use super::visit_model::{Answer, answer, unanswered};
use crate::components::icon::{ALERT, BELL};
use crate::components::tag::tag;
use crate::i18n::{I18n, direction_word, not_done_word, relative_day, source_word, t, t_string};
use crate::measurements::said;

/// The summary of a draft.
pub fn summary(i18n: I18n, view: &VisitView, draft: &VisitDraft) -> impl IntoView + use<> {
    let done = view
        .interventions
        .iter()
        .filter(|it| answer(draft, it.intervention) == Some(Answer::Done))
        .count();
    let not_done: Vec<(String, NotDoneReason)> = view
        .interventions
        .iter()
        .filter_map(|it| match answer(draft, it.intervention) {
            Some(Answer::NotDone(reason)) => Some((it.title.clone(), reason)),
            _ => None,
        })
        .collect();
    let open = unanswered(draft, &view.interventions).len();
    let not_done = not_done.into_iter().map(|(title, reason)| {
        view! { <li>{format!("{title}: {}", not_done_word(i18n, &reason))}</li> }
    });
    let adjusted = draft.adjustments.iter().filter_map(|it| {
        let what = view.interventions.iter().find(|one| one.intervention == it.intervention)?;
        let how = [it.instead.trim(), it.reason.trim()];
        let how = how.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
        let line = t_string!(i18n, visits.otherwise_said, what = what.title.clone(), how = how);
        Some(view! { <li data-testid="summary-otherwise">{line.to_string()}</li> })
    });
    let adjusted: Vec<_> = adjusted.collect();
    let remarks = adjusted.is_empty() || !draft.note.is_empty();
    let progress = draft.progress.iter().filter_map(|it| {
        let goal = view.goals.iter().find(|goal| goal.goal == it.goal)?;
        let (direction, source) =
            (direction_word(i18n, &it.direction), source_word(i18n, &it.source, &view.called));
        Some(view! { <li>{format!("{}: {direction}, {source}", goal.title)}</li> })
    });
    let open = (open > 0).then(|| {
        view! { <p data-testid="summary-unanswered">{tag("warning", ALERT, t_string!(i18n, visit.summary_unanswered, count = open).to_string())}</p> }
    });
    view! {
        <div class="kj-summary" data-testid="summary">
            <p class="kj-strong">{t_string!(i18n, visit.summary_done, count = done).to_string()}</p>
            {open}
            <ul class="kj-summary__list">{not_done.collect_view()} {adjusted} {progress.collect_view()}</ul>
            {said(i18n, &draft.observations)}
            {remarks.then(|| note(i18n, &draft.note))}
            <p class="kj-subtle">{t!(i18n, visit.summary_waits)}</p>
        </div>
    }
}

fn note(i18n: I18n, note: &Note) -> impl IntoView + use<> {
    if note.is_empty() {
        return view! { <p>{t!(i18n, visit.summary_no_note)}</p> }.into_any();
    }
    let parts = [
        (t_string!(i18n, words.note_observation), &note.observation),
        (t_string!(i18n, words.note_judgement), &note.judgement),
        (t_string!(i18n, words.note_client_view), &note.client_view),
        (t_string!(i18n, words.note_done), &note.done),
        (t_string!(i18n, words.note_further_plan), &note.further_plan),
    ];
    let follow_up = note.follow_up.as_ref().map(|it| {
        let by = relative_day(i18n, it.by);
        let words = t_string!(i18n, note.asks, what = it.what.clone(), by = by).to_string();
        tag("neutral", BELL, words)
    });
    let parts =
        parts.into_iter().filter(|(_, text)| !text.trim().is_empty()).map(|(heading, text)| {
            view! { <dt>{heading}</dt><dd>{text.trim().to_owned()}</dd> }
        });
    let important =
        note.important_for_next.then(|| tag("warning", ALERT, t_string!(i18n, visit.important)));
    view! {
        <dl class="kj-facts">{parts.collect_view()}</dl>
        {important}
        {follow_up}
    }
    .into_any()
}
