//! The overview: what matters on top, what to look at, and the goals in short.

use kjent_core::fact::ConversationOutcome;
use kjent_core::plan::{Currency, GoalStatus, InterventionStatus, Part, UNTOUCHED_VISITS};
use kjent_core::view::{ClientView, GoalView};
use leptos::prelude::*;

use super::conflicts::Conflicts;
use super::matters::Matters;
use crate::components::icon::{ALERT, CLOCK, icon};
use crate::components::tag::tag;
use crate::i18n::{I18n, date, direction_word, relative_day, source_word, t, t_string, use_i18n};

/// The part of the client's page.
#[component]
pub fn Overview(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let unasked = move || {
        data.with(|data| {
            let name = called.get();
            let outcome = data.what_matters.first().map(|it| it.outcome.clone());
            let answered = data.what_matters.iter().any(|it| {
                matches!(it.outcome, ConversationOutcome::Answered | ConversationOutcome::NotAble)
            });
            let words = match outcome {
                None => t_string!(i18n, plan.no_conversation, name = name).to_string(),
                Some(ConversationOutcome::Later) if !answered => {
                    t_string!(i18n, plan.no_answer_yet, name = name).to_string()
                }
                _ => return None,
            };
            Some(view! { <div class="ds-alert" data-color="warning" data-testid="no-conversation"><p>{words}</p></div> })
        })
    };
    let warnings = move || data.with(|data| warnings(i18n, data));
    let goals = move || {
        data.with(|data| {
            let active = data.goals.iter().filter(|goal| goal.status == GoalStatus::Active);
            active.map(|goal| in_short(i18n, goal, &data.called)).collect_view()
        })
    };
    let no_goals =
        move || data.with(|data| !data.goals.iter().any(|goal| goal.status == GoalStatus::Active));
    view! {
        {unasked}
        <Matters data />
        <Conflicts data part=Part::Client />
        {move || {
            let warnings = warnings();
            (!warnings.is_empty()).then(|| view! {
                <section class="kj-card" aria-labelledby="look-heading" data-testid="to-look-at">
                    <h2 class="ds-heading" data-size="2xs" id="look-heading">{t!(i18n, plan.to_look_at)}</h2>
                    <ul class="kj-plain-list">
                        {warnings.into_iter().map(|words| view! { <li class="kj-with-icon">{icon(ALERT)} <span>{words}</span></li> }).collect_view()}
                    </ul>
                </section>
            })
        }}
        <section class="kj-card" aria-labelledby="goals-heading" data-testid="goals-in-short">
            <div class="kj-card__head">
                <h2 class="ds-heading" data-size="2xs" id="goals-heading">{t!(i18n, plan.goals_short)}</h2>
                <a class="ds-button" data-variant="secondary" data-testid="open-plan" href=format!("/client/{client}?part=plan")>{t!(i18n, plan.open_plan)}</a>
            </div>
            {move || no_goals().then(|| view! { <p class="kj-subtle">{t!(i18n, client.goals_none)}</p> })}
            <ul class="kj-plain-list kj-rows">{goals}</ul>
        </section>
    }
}

fn in_short(i18n: I18n, goal: &GoalView, called: &str) -> impl IntoView + use<> {
    let last = goal.progress.first().map(|it| {
        let direction = direction_word(i18n, &it.direction);
        let source = source_word(i18n, &it.source, called);
        t_string!(i18n, plan.last_direction, direction = direction, source = source).to_string()
    });
    let due =
        goal.due.map(|day| t_string!(i18n, client.due, day = relative_day(i18n, day)).to_string());
    let line = last.into_iter().chain(due).collect::<Vec<_>>().join(" · ");
    let untouched = (goal.untouched >= UNTOUCHED_VISITS).then(|| {
        let words = t_string!(i18n, plan.untouched, count = goal.untouched).to_string();
        tag("warning", CLOCK, words)
    });
    view! {
        <li class="kj-card__head">
            <div>
                <p class="kj-strong">{goal.title.value.clone()}</p>
                <p class="kj-subtle">{line}</p>
            </div>
            {untouched}
        </li>
    }
}

/// What somebody should look at, each in a sentence.
fn warnings(i18n: I18n, data: &ClientView) -> Vec<String> {
    let today = crate::clock::now().date();
    let mut warnings = Vec::new();
    if !data.conflicts.is_empty() {
        let count = data.conflicts.len();
        warnings.push(t_string!(i18n, plan.warn_conflicts, count = count).to_string());
    }
    if !data.proposals.is_empty() {
        let count = data.proposals.len();
        warnings.push(t_string!(i18n, plan.warn_proposals, count = count).to_string());
    }
    let gaps = data.interventions.iter().filter(|it| it.status != InterventionStatus::Ended);
    let gaps = gaps.filter(|it| !it.gaps.is_empty()).count();
    if gaps > 0 {
        warnings.push(t_string!(i18n, plan.warn_gaps, count = gaps).to_string());
    }
    // A conversation is followed up by the next one.
    let due = data.what_matters.first().and_then(|it| it.follow_up_on).filter(|day| *day < today);
    if let Some(day) = due {
        let day = relative_day(i18n, day);
        warnings.push(t_string!(i18n, plan.warn_follow_up, day = day).to_string());
    }
    match data.currency {
        Currency::NeverReviewed => warnings.push(t_string!(i18n, plan.warn_never).to_owned()),
        Currency::Overdue(day) => {
            warnings.push(t_string!(i18n, plan.warn_overdue, day = date(i18n, day)).to_string());
        }
        Currency::Concern(day) => {
            warnings.push(t_string!(i18n, plan.review_concern, day = date(i18n, day)).to_string());
        }
        Currency::Current(_) => {}
    }
    warnings
}
