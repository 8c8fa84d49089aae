//! What was measured and asked, as it is read: in the summary before signing and in the journal.

use kjent_core::fact::Observations;
use leptos::prelude::*;

use super::mst_dialog::mst_words;
use crate::i18n::{I18n, fall_risk_word, kind_word, risk_words, t_string, value_said};

/// A line for each measurement, the total where there is one, and what the answers say.
pub fn said(i18n: I18n, observations: &Observations) -> impl IntoView + use<> {
    let lines = said_lines(i18n, observations)
        .map(|(what, value)| view! { <dt>{what}</dt><dd>{value}</dd> })
        .collect_view();
    (!observations.is_empty())
        .then(|| view! { <dl class="kj-facts" data-testid="measured">{lines}</dl> })
}

/// The same lines as text: what, and what it was.
pub fn said_lines(
    i18n: I18n,
    observations: &Observations,
) -> impl Iterator<Item = (String, String)> + use<> {
    let mut lines: Vec<(String, String)> = observations
        .measurements
        .iter()
        .map(|it| (kind_word(i18n, &it.kind).to_owned(), value_said(i18n, it)))
        .collect();
    let score = observations.news2();
    if let (Some(total), Some(risk)) = (score.total(), score.risk()) {
        let risk = risk_words(i18n, risk).0;
        let short = t_string!(i18n, measure.news2_short, total = total, risk = risk).to_string();
        lines.push((t_string!(i18n, measure.news2).to_owned(), short));
    }
    if let Some(mst) = &observations.mst {
        lines.push((t_string!(i18n, measure.mst).to_owned(), mst_words(i18n, mst)));
    }
    if let Some(fall) = &observations.fall {
        let words = fall_risk_word(i18n, fall.risk()).to_owned();
        lines.push((t_string!(i18n, measure.fall).to_owned(), words));
    }
    lines.into_iter()
}
