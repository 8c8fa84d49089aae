//! What went wrong, in a sentence, with a way on.

use kjent_core::problem::Problem;
use leptos::prelude::*;

use crate::i18n::{sentence, t, use_i18n};
use crate::session::Session;

/// A problem that kept something from being read, with «Prøv igjen».
#[component]
pub fn Failure(problem: Problem, retry: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let locked = matches!(problem.code.as_str(), "locked" | "not_enrolled");
    let go_on = move |_| {
        if locked {
            session.read();
        } else {
            retry.run(());
        }
    };
    view! {
        <div class="kj-failure">
            <Trouble problem=problem />
            <button type="button" class="ds-button" data-variant="secondary" data-testid="retry" on:click=go_on>
                {move || if locked { t!(i18n, app.unlock_again).into_any() } else { t!(i18n, app.retry).into_any() }}
            </button>
        </div>
    }
}

/// A problem's sentence.
#[component]
pub fn Trouble(problem: Problem) -> impl IntoView {
    let i18n = use_i18n();
    let code = problem.code.clone();
    view! {
        <div class="ds-alert" data-color="danger" role="alert" data-testid="problem" data-code=code>
            <p>{move || sentence(i18n, &problem)}</p>
        </div>
    }
}
