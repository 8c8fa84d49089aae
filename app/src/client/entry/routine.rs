//! Entries of the two routines of a visit: nobody opened, and the client resisted care.

use kjent_core::fact::{CoerciveMeasure, ContactOutcome, ResistedCare};
use kjent_core::view::ContactAttemptView;
use leptos::prelude::*;

use crate::i18n::{
    I18n, consents_word, contact_outcome_word, contact_step_line, date, notified_word, t_string,
    time, tried_word,
};

/// What was done because nobody opened, with its times, and how it ended.
pub fn missed_contact(
    i18n: I18n,
    steps: &[ContactAttemptView],
    outcome: &ContactOutcome,
    (alarm_to, words): (&str, &str),
    called: &str,
) -> impl IntoView + use<> {
    let outcome = contact_outcome_word(i18n, outcome);
    let heading = t_string!(i18n, routine.entry_not_home, outcome = outcome).to_string();
    let rows = steps.iter().map(|one| {
        let line = contact_step_line(i18n, &one.step, &one.whom, called);
        view! { <dt>{time(one.at)}</dt><dd>{line}</dd> }
    });
    let alarm = (!alarm_to.is_empty()).then(|| {
        let line = t_string!(i18n, routine.entry_alarm, name = alarm_to.to_owned()).to_string();
        view! { <p class="kj-strong">{line}</p> }
    });
    view! {
        <p class="kj-strong" data-testid="entry-not-home">{heading}</p>
        <dl class="kj-facts">{rows.collect_view()}</dl>
        {alarm}
        {text(words)}
    }
}

/// Care that was resisted.
pub fn resisted_care(
    i18n: I18n,
    titles: &[String],
    care: &ResistedCare,
    called: &str,
) -> impl IntoView + use<> {
    let list = |words: Vec<String>, more: &str| {
        words.into_iter().chain((!more.is_empty()).then(|| more.to_owned())).collect::<Vec<_>>()
    };
    let resisted = list(titles.to_vec(), &care.what);
    let tried = care.tried.iter().map(|one| tried_word(i18n, one)).collect();
    let notified = care.notified.iter().map(|one| notified_word(i18n, one)).collect::<Vec<_>>();
    let capacity = list(vec![consents_word(i18n, &care.capacity)], &care.capacity_words);
    let needed = match care.decision_needed {
        true => t_string!(i18n, routine.yes),
        false => t_string!(i18n, routine.no),
    };
    let called = called.to_owned();
    let rows = [
        (t_string!(i18n, routine.resisted, name = called.clone()).to_string(), resisted.join("\n")),
        (t_string!(i18n, routine.tried).to_owned(), list(tried, &care.tried_words).join("\n")),
        (t_string!(i18n, routine.capacity, name = called).to_string(), capacity.join("\n")),
        (t_string!(i18n, routine.harm).to_owned(), care.harm.clone()),
        (t_string!(i18n, routine.notified).to_owned(), notified.join("\n")),
        (t_string!(i18n, routine.decision_needed).to_owned(), needed.to_owned()),
    ];
    let rows =
        rows.into_iter().map(|(heading, words)| view! { <dt>{heading}</dt><dd>{words}</dd> });
    let coercion = match &care.coercion {
        None => t_string!(i18n, routine.basis_none).to_owned(),
        Some(measure) => format!("{}\n{}", measure.what(), basis(i18n, measure)),
    };
    view! {
        <p class="kj-strong" data-testid="entry-resisted">{t_string!(i18n, routine.entry_resisted)}</p>
        <dl class="kj-facts">
            {rows.collect_view()}
            <dt>{t_string!(i18n, routine.against_will)}</dt>
            <dd data-testid="entry-coercion">{coercion}</dd>
        </dl>
    }
}

/// What a measure rests on.
fn basis(i18n: I18n, measure: &CoerciveMeasure) -> String {
    match measure.decision() {
        Some(decision) => {
            let (reference, day) = (decision.reference.clone(), date(i18n, decision.decided_on));
            t_string!(i18n, routine.entry_decision, reference = reference, day = day).to_string()
        }
        None => {
            let why = measure.emergency().to_owned();
            t_string!(i18n, routine.entry_emergency, why = why).to_string()
        }
    }
}

fn text(words: &str) -> impl IntoView + use<> {
    (!words.is_empty()).then(|| view! { <p class="kj-text">{words.to_owned()}</p> })
}
