//! Whether the day is on the tablet: proof before leaving the base.

use leptos::prelude::*;

use super::today_model::Readiness;
use crate::components::icon::{ALERT, CHECK_CIRCLE, icon};
use crate::i18n::{I18n, t_string};

/// The line about it.
pub fn readiness_line(i18n: I18n, readiness: Readiness) -> impl IntoView {
    let (svg, words, state) = match readiness {
        Readiness::Nothing => return ().into_any(),
        Readiness::All(count) => {
            (CHECK_CIRCLE, t_string!(i18n, today.ready, count = count).to_string(), "ready")
        }
        Readiness::Some(ready, due) => {
            (ALERT, t_string!(i18n, today.missing, ready = ready, due = due).to_string(), "missing")
        }
    };
    view! { <p class="kj-ready" data-testid="readiness" data-state=state>{icon(svg)} <span>{words}</span></p> }.into_any()
}
