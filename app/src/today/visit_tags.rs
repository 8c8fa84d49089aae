//! The tags of a visit: sentences about what is new, important or unknown.

use kjent_core::view::VisitCardView;
use leptos::prelude::*;

use super::today_model::first_name;
use crate::components::icon::{ALERT, BELL, HEART, MESSAGES, PERSON, PERSON_KNOWN};
use crate::components::tag::tag;
use crate::follow_ups::thread_sentence;
use crate::i18n::{I18n, competence_word, relative_day, t_string};

/// How many open threads a card shows; the visit shows all.
const MOST_THREADS: usize = 2;

/// The list of tags; what must not be overlooked comes first.
pub fn visit_tags(i18n: I18n, card: &VisitCardView) -> impl IntoView + use<> {
    let mut tags = Vec::new();
    let mut add = |color, svg, words: String, test_id: &'static str| {
        tags.push(view! { <li data-testid=test_id>{tag(color, svg, words)}</li> });
    };
    for critical in &card.critical {
        add("danger", HEART, critical.label.clone(), "tag-critical");
    }
    for what in &card.important {
        add(
            "warning",
            ALERT,
            t_string!(i18n, today.important, what = what.clone()).to_string(),
            "tag-important",
        );
    }
    for competence in &card.asks_for {
        let who = competence_word(i18n, competence);
        let words = t_string!(i18n, visits.asks_for, who = who).to_string();
        add("warning", ALERT, words, "tag-competence");
    }
    for thread in card.threads.iter().take(MOST_THREADS) {
        let color = if thread.is_overdue() { "warning" } else { "info" };
        add(color, BELL, thread_sentence(i18n, thread), "tag-thread");
    }
    match (card.unread, card.last_here) {
        (0, _) => {}
        (count, Some(day)) => {
            let words =
                t_string!(i18n, today.unread_since, count = count, day = relative_day(i18n, day))
                    .to_string();
            add("info", MESSAGES, words, "tag-unread");
        }
        (count, None) => add(
            "info",
            MESSAGES,
            t_string!(i18n, today.unread, count = count).to_string(),
            "tag-unread",
        ),
    }
    if card.last_here.is_none() && card.mine {
        let name = first_name(&card.name).to_owned();
        add(
            "neutral",
            PERSON,
            t_string!(i18n, today.first_time, name = name).to_string(),
            "tag-first-time",
        );
    } else if card.carers_28_days > 0 {
        let words = t_string!(i18n, today.carers, n = card.carers_28_days).to_string();
        add("neutral", PERSON_KNOWN, words, "tag-carers");
    }
    (!tags.is_empty()).then(|| view! { <ul class="kj-tags kj-visit__tags">{tags}</ul> })
}
