//! How far a goal was reached, and that the plan was gone through, as the journal tells it.

use kjent_core::fact::{GoalEvaluation, PlanReview};
use leptos::prelude::*;

use super::plan::discussed;
use crate::client::plan::unquoted;
use crate::components::quote::quote;
use crate::i18n::{I18n, attainment_word, date, t_string};

/// An evaluation of a goal.
pub fn evaluation(i18n: I18n, title: &str, it: &GoalEvaluation) -> impl IntoView + use<> {
    let outcome = attainment_word(i18n, &it.outcome);
    view! {
        <p class="kj-strong" data-testid="goal-evaluation">{format!("{}: {outcome}", t_string!(i18n, plan.entry_evaluation))}</p>
        <p>{title.to_owned()}</p>
        {(!it.client_view.is_empty()).then(|| quote(unquoted(&it.client_view)))}
        {text(&it.words)}
        {text(&it.next)}
        {discussed(i18n, &it.discussed)}
    }
}

/// A review of the plan.
pub fn review(i18n: I18n, it: &PlanReview) -> impl IntoView + use<> {
    let who = (!it.participants.is_empty())
        .then(|| t_string!(i18n, plan.review_with, who = it.participants.clone()).to_string());
    let next =
        it.next_on.map(|day| t_string!(i18n, plan.review_next, day = date(i18n, day)).to_string());
    view! {
        <p class="kj-strong" data-testid="plan-review">{t_string!(i18n, plan.entry_review)}</p>
        {text(&it.words)}
        {who.map(|who| view! { <p class="kj-subtle">{who}</p> })}
        {next.map(|next| view! { <p class="kj-subtle">{next}</p> })}
        {discussed(i18n, &it.discussed)}
    }
}

fn text(words: &str) -> impl IntoView + use<> {
    (!words.is_empty()).then(|| view! { <p class="kj-text">{words.to_owned()}</p> })
}
