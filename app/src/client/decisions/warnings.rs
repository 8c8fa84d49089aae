//! What can't be right in a decision, and what is missing.

use kjent_core::plan::decision::DecisionWarning;
use leptos::prelude::*;

use crate::components::icon::{ALERT, icon};
use crate::i18n::{I18n, date, field_word, t_string};

/// A list of sentences; what is missing is one of them.
pub fn warnings(i18n: I18n, all: &[DecisionWarning]) -> impl IntoView + use<> {
    let missing: Vec<String> = all
        .iter()
        .filter_map(|it| match it {
            DecisionWarning::Missing { field } => Some(field_word(i18n, field)),
            _ => None,
        })
        .collect();
    let mut lines: Vec<String> = all.iter().filter_map(|it| sentence(i18n, it)).collect();
    if !missing.is_empty() {
        let fields = missing.join(", ").to_lowercase();
        lines.push(t_string!(i18n, decisions.missing, fields = fields).to_string());
    }
    (!lines.is_empty()).then(|| {
        let lines: Vec<_> = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect();
        view! {
            <div class="kj-warnings" data-testid="decision-warnings">
                {icon(ALERT)}
                <ul>{lines}</ul>
            </div>
        }
    })
}

fn sentence(i18n: I18n, warning: &DecisionWarning) -> Option<String> {
    Some(match warning {
        DecisionWarning::Missing { .. } => return None,
        DecisionWarning::AppliedAfterDecided => t_string!(i18n, decisions.applied_after).to_owned(),
        DecisionWarning::SourcesAfterDecided { count, latest } => {
            let latest = date(i18n, *latest);
            t_string!(i18n, decisions.sources_after, count = *count, day = latest).to_string()
        }
        DecisionWarning::EndsBeforeItBegins => t_string!(i18n, decisions.ends_before).to_owned(),
        DecisionWarning::BeginsLongAfterDecided { days } => {
            t_string!(i18n, decisions.begins_long_after, n = *days).to_string()
        }
        DecisionWarning::DecidedAfterItBegan { days } => {
            t_string!(i18n, decisions.decided_after, count = *days).to_string()
        }
        DecisionWarning::BandsDontMeet => t_string!(i18n, decisions.bands).to_owned(),
    })
}
