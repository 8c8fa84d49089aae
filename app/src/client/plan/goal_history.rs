//! The history of a goal: what it was called, how far it was reached, and how it went.

use kjent_core::fact::Direction;
use kjent_core::view::{EvaluationView, GoalView, ProgressView, WordingView};
use leptos::prelude::*;

use crate::components::icon::{DOWN, FORWARD, UP, icon};
use crate::components::quote::quote;
use crate::i18n::{I18n, attainment_word, direction_word, relative_day, source_word, t, t_string};

/// Folded: everything that is behind the goal.
pub fn history(i18n: I18n, goal: &GoalView, called: &str) -> impl IntoView + use<> {
    let any = !goal.wordings.is_empty() || !goal.evaluations.is_empty() || goal.progress.len() > 1;
    let heading = |words: &'static str| view! { <h4 class="kj-small-heading">{words}</h4> };
    any.then(|| {
        let wordings = (!goal.wordings.is_empty()).then(|| {
            view! {
                {heading(t_string!(i18n, plan.wordings))}
                <ul class="kj-plain-list kj-rows" data-testid="goal-wordings">
                    {goal.wordings.iter().map(|it| wording(i18n, it)).collect_view()}
                </ul>
            }
        });
        let evaluations = (!goal.evaluations.is_empty()).then(|| {
            view! {
                {heading(t_string!(i18n, plan.evaluations))}
                <ul class="kj-plain-list kj-rows" data-testid="goal-evaluations">
                    {goal.evaluations.iter().map(|it| evaluation(i18n, it)).collect_view()}
                </ul>
            }
        });
        let marks = (!goal.progress.is_empty()).then(|| {
            view! {
                {heading(t_string!(i18n, client.progress))}
                <ul class="kj-marks">{goal.progress.iter().map(|it| mark(i18n, it, called)).collect_view()}</ul>
            }
        });
        view! {
            <details class="kj-details" data-testid="goal-history">
                <summary>{t!(i18n, plan.history)}</summary>
                <div class="kj-form">{evaluations}{marks}{wordings}</div>
            </details>
        }
    })
}

fn wording(i18n: I18n, it: &WordingView) -> impl IntoView + use<> {
    let day = relative_day(i18n, it.at.date());
    let by = t_string!(i18n, plan.wording_by, name = it.changed_by.clone(), day = day).to_string();
    let reason =
        (!it.reason.is_empty()).then(|| view! { <p class="kj-subtle">{it.reason.clone()}</p> });
    view! {
        <li>
            <p>{it.words.clone()}</p>
            <p class="kj-subtle">{by}</p>
            {reason}
        </li>
    }
}

/// An evaluation, in the goal's history and in the journal.
fn evaluation(i18n: I18n, it: &EvaluationView) -> impl IntoView + use<> {
    let day = relative_day(i18n, it.at.date());
    let by = t_string!(i18n, plan.evaluation_by, name = it.by.clone(), day = day).to_string();
    let told = &it.evaluation;
    let said = (!told.client_view.is_empty()).then(|| quote(unquoted(&told.client_view)));
    let next =
        (!told.next.is_empty()).then(|| view! { <p class="kj-text">{told.next.clone()}</p> });
    view! {
        <li class="kj-matters">
            <p class="kj-strong">{attainment_word(i18n, &told.outcome)}</p>
            {said}
            <p class="kj-text">{told.words.clone()}</p>
            {next}
            <p class="kj-subtle">{by}</p>
        </li>
    }
}

/// The words without the marks that the quote puts around them.
pub fn unquoted(words: &str) -> String {
    let inner = words.strip_prefix('«').and_then(|it| it.strip_suffix('»'));
    inner.filter(|it| !it.contains('«')).unwrap_or(words).to_owned()
}

/// How it went once.
pub fn mark(i18n: I18n, it: &ProgressView, called: &str) -> impl IntoView + use<> {
    let svg = match it.direction {
        Direction::Closer => UP,
        Direction::Further => DOWN,
        _ => FORWARD,
    };
    let says = format!(
        "{}, {}",
        direction_word(i18n, &it.direction),
        source_word(i18n, &it.source, called)
    );
    let words =
        (!it.words.is_empty()).then(|| view! { <span class="kj-text">{it.words.clone()}</span> });
    view! {
        <li class="kj-mark" data-direction=it.direction.code().to_owned() data-testid="progress-mark">
            {icon(svg)}
            <span>
                <span>{says}</span>
                <span class="kj-subtle">{format!(" · {} {}", it.by, relative_day(i18n, it.at.date()))}</span>
                {words}
            </span>
        </li>
    }
}
