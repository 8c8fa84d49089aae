//! What an entry comes to in one line of the report.

use kjent_core::view::{EntryBody, EntryView};

use crate::i18n::{
    I18n, attainment_word, cancel_word, contact_outcome_word, incident_kind_word,
    incident_state_word, scope_word,
};
use crate::measurements::said_lines;

/// What an entry says in a line: what it is about, and its first words.
pub fn gist(i18n: I18n, entry: &EntryView) -> String {
    let about = match &entry.body {
        EntryBody::Visit { outcomes, .. } if entry.first_words.is_empty() => {
            let done = outcomes.iter().filter(|one| one.not_done.is_none());
            done.map(|one| one.title.as_str()).collect::<Vec<_>>().join(" · ")
        }
        EntryBody::PlanChange { title, .. }
        | EntryBody::PlanProposal { title, .. }
        | EntryBody::DeliveryExplained { title, .. } => title.clone(),
        EntryBody::Observations { observations } => said_lines(i18n, observations)
            .map(|(what, value)| format!("{what} {value}"))
            .collect::<Vec<_>>()
            .join(" · "),
        EntryBody::Incident { incident } => incident_kind_word(i18n, &incident.kind),
        EntryBody::IncidentStep { step, .. } => incident_state_word(i18n, step),
        EntryBody::VisitCancelled { reason, .. } => cancel_word(i18n, reason),
        EntryBody::MissedContact { outcome, .. } => contact_outcome_word(i18n, outcome),
        EntryBody::ResistedCare { titles, .. } => titles.join(", "),
        EntryBody::GoalEvaluation { title, evaluation } => {
            format!("{title}, {}", attainment_word(i18n, &evaluation.outcome).to_lowercase())
        }
        EntryBody::Contact { with, .. } => with.clone(),
        EntryBody::Consent { to, consent } => {
            format!("{to}, {}", scope_word(i18n, &consent.what).to_lowercase())
        }
        _ => String::new(),
    };
    joined(&about, &entry.first_words)
}

fn joined(about: &str, words: &str) -> String {
    let words = words.lines().next().filter(|words| *words != about).unwrap_or_default();
    [about, words].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_line_is_what_it_is_about_and_why() {
        assert_eq!(joined("Dusj", "Hun vil selv\nog lenge"), "Dusj: Hun vil selv");
        assert_eq!(joined("", "Hun vil selv"), "Hun vil selv");
        assert_eq!(joined("Dusj", ""), "Dusj");
        assert_eq!(joined("Tone", "Tone"), "Tone");
    }
}
