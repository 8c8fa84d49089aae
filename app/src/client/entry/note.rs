//! A note in the journal: its parts, what it is about, what it asks for, and how it was corrected.

use kjent_core::fact::{Concern, Note};
use kjent_core::view::{EntryBody, EntryView, ThreadView};
use leptos::prelude::*;

use crate::client::journal_model::Folded;
use crate::components::icon::{ALERT, BELL, CHECK_CIRCLE, icon};
use crate::components::tag::tag;
use crate::follow_ups::standing_words;
use crate::i18n::{I18n, moment, occasion_of_note_word, t_string};

/// What the note says, and what it is about.
pub fn parts(i18n: I18n, note: &Note, links: &[String]) -> impl IntoView + use<> {
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
    let parts = parts.collect_view();
    let important = note
        .important_for_next
        .then(|| tag("warning", ALERT, t_string!(i18n, client.important_tag)));
    let concern = note.concern.as_ref().map(|concern| {
        let words = match concern {
            Concern::Client => t_string!(i18n, follow_ups.concern_client).to_owned(),
            Concern::Relative => t_string!(i18n, follow_ups.concern_relative).to_owned(),
            Concern::Worker => t_string!(i18n, follow_ups.concern_worker).to_owned(),
            Concern::Unknown(code) => code.clone(),
        };
        tag("warning", BELL, words)
    });
    let any = important.is_some() || concern.is_some();
    let occasion = note.occasion.as_ref().map(|it| {
        view! { <p class="kj-subtle">{occasion_of_note_word(i18n, it)}</p> }
    });
    let about = (!links.is_empty()).then(|| {
        let words = t_string!(i18n, journal.about, what = links.join(" · ")).to_string();
        view! { <p class="kj-subtle" data-testid="entry-links">{words}</p> }
    });
    view! {
        {any.then(|| view! { <div class="kj-tags">{important} {concern}</div> })}
        {occasion}
        {parts}
        {about}
    }
}

/// What the note answers.
pub fn answered(i18n: I18n, what: &str) -> impl IntoView + use<> {
    let words = t_string!(i18n, journal.answered, what = what.to_owned()).to_string();
    view! { <p class="kj-subtle kj-with-icon" data-testid="entry-answers">{icon(CHECK_CIRCLE)} <span>{words}</span></p> }
}

/// What the note asks to be followed up, and where that stands.
pub fn thread(i18n: I18n, it: &ThreadView) -> impl IntoView + use<> {
    let svg = if it.is_open() { BELL } else { CHECK_CIRCLE };
    let what = t_string!(i18n, journal.follow_up, what = it.what.clone()).to_string();
    let answer = it.is_open().then(|| {
        let to = format!("/client/{}/note?thread={}", it.client, it.thread);
        view! {
            <a class="ds-button" data-variant="tertiary" data-testid="answer-thread" href=to>{t_string!(i18n, follow_ups.answer)}</a>
        }
    });
    view! {
        <div class="kj-entry__thread" data-testid="entry-thread" data-open=it.is_open().to_string()>
            <p class="kj-with-icon">{icon(svg)} <span><span class="kj-strong">{what}</span> " " <span class="kj-subtle">{standing_words(i18n, it)}</span></span></p>
            {answer}
        </div>
    }
}

/// The earlier versions, one tap away.
pub fn earlier(i18n: I18n, it: &Folded) -> impl IntoView + use<> {
    if it.earlier.is_empty() {
        return None;
    }
    let version = |one: &EntryView| {
        let note = match &one.body {
            EntryBody::Visit { note, .. } | EntryBody::Note { note } => note.clone(),
            _ => Note::default(),
        };
        let when = t_string!(i18n, journal.stood, when = moment(i18n, one.written)).to_string();
        view! {
            <div class="kj-entry__earlier" data-testid="earlier-version">
                <p class="kj-subtle">{when}</p>
                {parts(i18n, &note, &one.links)}
            </div>
        }
    };
    let versions = it.earlier.iter().map(version).collect_view();
    Some(view! {
        <details class="kj-details">
            <summary data-testid="show-earlier">{t_string!(i18n, journal.show_earlier)}</summary>
            {versions}
        </details>
    })
}
