//! The steps of «Synk nå», as they happen, and how each ended.

use kjent_core::view::{Step, StepState, StepView};
use leptos::prelude::*;

use crate::i18n::{I18n, t_string};

/// The steps so far, a line for each.
pub fn steps(i18n: I18n, steps: &[StepView]) -> impl IntoView + use<> {
    let lines: Vec<_> = steps
        .iter()
        .map(|step| {
            let state = match step.state {
                StepState::UnderWay => "under_way",
                StepState::Done => "done",
                StepState::Failed => "failed",
            };
            view! { <li data-testid="sync-step" data-state=state>{words(i18n, *step)}</li> }
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <ol class="kj-plain-list kj-sync-steps">{lines}</ol> })
}

fn words(i18n: I18n, StepView { step, state }: StepView) -> String {
    match (step, state) {
        (Step::Connecting, StepState::UnderWay) => t_string!(i18n, sync.step_connecting).to_owned(),
        (Step::Connecting, StepState::Done) => t_string!(i18n, sync.step_connected).to_owned(),
        (Step::Connecting, StepState::Failed) => t_string!(i18n, sync.step_not_begun).to_owned(),
        (Step::Sending { sent, of }, StepState::UnderWay) => {
            t_string!(i18n, sync.step_sending, sent = sent, of = of).to_string()
        }
        (Step::Sending { sent, of }, StepState::Done) => {
            t_string!(i18n, sync.step_sent, sent = sent, of = of).to_string()
        }
        (Step::Sending { sent, of }, StepState::Failed) => {
            t_string!(i18n, sync.step_not_all_sent, sent = sent, of = of).to_string()
        }
        (Step::Fetching { fetched }, StepState::UnderWay) => {
            t_string!(i18n, sync.step_fetching, n = fetched).to_string()
        }
        (Step::Fetching { fetched: 0 }, StepState::Done) => {
            t_string!(i18n, sync.step_nothing_new).to_owned()
        }
        (Step::Fetching { fetched }, StepState::Done) => {
            t_string!(i18n, sync.step_fetched, n = fetched).to_string()
        }
        (Step::Fetching { fetched }, StepState::Failed) => {
            t_string!(i18n, sync.step_not_all_fetched, n = fetched).to_string()
        }
        (Step::Comparing, StepState::UnderWay | StepState::Done) => {
            t_string!(i18n, sync.step_equal).to_owned()
        }
        (Step::Comparing, StepState::Failed) => t_string!(i18n, sync.step_unequal).to_owned(),
    }
}
