//! Refused work as plain text: for whom, when, why not, and every word that was written.

use kjent_core::fact::Note;
use kjent_core::view::{EntryBody, RefusedView};

use crate::i18n::{
    I18n, date, direction_word, moment_with_date, not_done_word, sentence, source_word, t_string,
    time, unplanned_line, work_word,
};
use crate::measurements::said_lines;

/// The text.
pub fn refused_text(i18n: I18n, it: &RefusedView) -> String {
    let (what, name) = (work_word(i18n, &it.work.what), it.work.client_name.clone());
    let mut lines = vec![
        t_string!(i18n, sync.item, what = what, name = name.clone()).to_string(),
        t_string!(i18n, sync.refused_written, when = moment_with_date(i18n, it.work.at))
            .to_string(),
        t_string!(i18n, sync.refused_why, why = sentence(i18n, &it.reason)).to_string(),
        String::new(),
    ];
    lines.extend(it.wrote.iter().cloned());
    if let Some(body) = &it.entry {
        entry(i18n, body, &name, &mut lines);
    }
    lines.join("\n").trim_end().to_owned()
}

fn entry(i18n: I18n, body: &EntryBody, client: &str, lines: &mut Vec<String>) {
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
            lines.extend(unplanned.as_ref().map(|it| unplanned_line(i18n, it)));
            let (from, to) = (time(*started), time(*finished));
            lines.push(t_string!(i18n, client.visit_times, from = from, to = to).to_string());
            for outcome in outcomes {
                let became = match &outcome.not_done {
                    None => t_string!(i18n, visit.done).to_owned(),
                    Some(why) => {
                        let why = not_done_word(i18n, why);
                        t_string!(i18n, visit.not_done_because, why = why).to_string()
                    }
                };
                lines.push(format!("{}: {became}", outcome.title));
            }
            for mark in progress {
                let direction = direction_word(i18n, &mark.direction);
                let source = source_word(i18n, &mark.source, client);
                lines.push(format!("{}: {direction}, {source}", mark.goal));
            }
            lines.extend(
                said_lines(i18n, observations).map(|(what, value)| format!("{what}: {value}")),
            );
            note_lines(i18n, note, lines);
        }
        EntryBody::Observations { observations } => {
            lines.extend(
                said_lines(i18n, observations).map(|(what, value)| format!("{what}: {value}")),
            );
        }
        EntryBody::Note { note } => note_lines(i18n, note, lines),
        // The others' words are in `RefusedView::wrote`.
        _ => {}
    }
}

fn note_lines(i18n: I18n, note: &Note, lines: &mut Vec<String>) {
    let parts = [
        (t_string!(i18n, words.note_observation), &note.observation),
        (t_string!(i18n, words.note_judgement), &note.judgement),
        (t_string!(i18n, words.note_client_view), &note.client_view),
        (t_string!(i18n, words.note_done), &note.done),
        (t_string!(i18n, words.note_further_plan), &note.further_plan),
    ];
    for (heading, text) in parts.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        lines.push(format!("{heading}: {text}"));
    }
    if let Some(asked) = &note.follow_up {
        let by = date(i18n, asked.by);
        lines.push(t_string!(i18n, note.asks, what = asked.what.clone(), by = by).to_string());
    }
    if note.important_for_next {
        lines.push(t_string!(i18n, client.important_tag).to_owned());
    }
}
