//! A thread on the follow-ups screen.

use kjent_core::fact::Concern;
use kjent_core::view::ThreadView;
use leptos::prelude::*;

use super::thread_words::{due_words, from_words, what_words};
use crate::components::icon::{ALERT, BELL, CLOCK, MESSAGES};
use crate::components::tag::tag;
use crate::i18n::{I18n, moment, t_string};

/// What is to be followed up, by when, from whom, who raised it, and what has been answered.
pub fn thread_body(i18n: I18n, it: &ThreadView) -> impl IntoView + use<> {
    let color = if it.is_overdue() { "warning" } else { "neutral" };
    let due_icon = if it.is_overdue() { ALERT } else { CLOCK };
    let concern = it.concern.as_ref().map(|concern| {
        let words = match concern {
            Concern::Client => t_string!(i18n, follow_ups.concern_client).to_owned(),
            Concern::Relative => t_string!(i18n, follow_ups.concern_relative).to_owned(),
            Concern::Worker => t_string!(i18n, follow_ups.concern_worker).to_owned(),
            Concern::Unknown(code) => code.clone(),
        };
        view! { <li>{tag("warning", BELL, words)}</li> }
    });
    let raised =
        t_string!(i18n, follow_ups.raised, name = it.by.clone(), when = moment(i18n, it.at))
            .to_string();
    let answers = it.answers.iter().map(|answer| {
        let by = format!("{} {}", answer.by, moment(i18n, answer.at));
        view! { <li><p class="kj-subtle">{by}</p><p class="kj-text">{answer.text.clone()}</p></li> }
    });
    let answers = answers.collect_view();
    let has_answers = !it.answers.is_empty();
    view! {
        <p class="kj-strong kj-text" data-testid="thread-what">{what_words(i18n, it)}</p>
        <ul class="kj-tags">
            <li data-testid="thread-due">{tag(color, due_icon, due_words(i18n, it))}</li>
            <li>{tag("neutral", MESSAGES, from_words(i18n, it))}</li>
            {concern}
        </ul>
        <p class="kj-subtle">{raised}</p>
        {has_answers.then(|| view! { <ul class="kj-plain-list kj-thread__answers">{answers}</ul> })}
    }
}

/// The card, with the ways to answer it and to the note that raised it. A function and not a
/// component, so that the closure around it follows the language.
pub fn thread_card(i18n: I18n, it: &ThreadView) -> impl IntoView + use<> {
    let (client, thread) = (it.client, it.thread);
    let name = it.client_name.clone();
    let (read, read_words) = if it.is_conversation {
        (format!("/client/{client}/conversation"), t_string!(i18n, follow_ups.open_talk))
    } else {
        (
            format!("/client/{client}?part=journal&entry={thread}"),
            t_string!(i18n, follow_ups.read_note),
        )
    };
    view! {
        <li class="kj-card kj-thread" data-testid="thread" data-overdue=it.is_overdue().to_string() data-thread=thread.to_string()>
            <h2 class="kj-item-heading">
                <a href=format!("/client/{client}") data-testid="thread-client">{name.clone()}</a>
            </h2>
            {thread_body(i18n, it)}
            <div class="kj-form__actions">
                <a class="ds-button" data-variant="secondary" data-testid="answer-thread" href=format!("/client/{client}/note?thread={thread}")>
                    {t_string!(i18n, follow_ups.answer)}
                    <span class="ds-sr-only">{name.clone()}</span>
                </a>
                <a class="ds-button" data-variant="tertiary" data-testid="read-thread" href=read>
                    {read_words}
                    <span class="ds-sr-only">{name}</span>
                </a>
            </div>
        </li>
    }
}
