//! Whether the day is on the tablet: proof before leaving the base, or exactly what is missing.

use kjent_core::view::{FillingView, LackView};
use leptos::prelude::*;

use super::today_model::{Readiness, TimeLeft, time_left};
use crate::components::icon::{ALERT, CHECK_CIRCLE, icon};
use crate::i18n::{I18n, moment, t_string};

/// How many missing things are named; the rest is counted.
const NAMED: usize = 3;

/// The line about it.
pub fn readiness_line(i18n: I18n, readiness: &Readiness) -> impl IntoView + use<> {
    let (svg, words, state) = match readiness {
        Readiness::Nothing => return ().into_any(),
        Readiness::All { count, as_of, holds_days, runs_out } => {
            let ready = t_string!(i18n, today.ready, count = *count).to_string();
            let as_of =
                as_of.map(|at| t_string!(i18n, today.as_of, when = moment(i18n, at)).to_string());
            let (svg, holds) = match (runs_out, *holds_days) {
                (true, 0) => (ALERT, t_string!(i18n, today.holds_soon_today).to_owned()),
                (true, days) => {
                    (ALERT, t_string!(i18n, today.holds_soon, count = days).to_string())
                }
                (false, days) => {
                    (CHECK_CIRCLE, t_string!(i18n, today.holds, count = days).to_string())
                }
            };
            let parts: Vec<String> =
                [Some(ready), as_of, Some(holds)].into_iter().flatten().collect();
            (svg, parts.join(" · "), "ready")
        }
        Readiness::NotCompared => {
            let words = t_string!(i18n, today.missing_check);
            (ALERT, format!("{words} {}", t_string!(i18n, today.missing_do)), "missing")
        }
        Readiness::Some { ready, due, missing } => {
            (ALERT, lacking(i18n, *ready, *due, missing), "missing")
        }
    };
    view! { <p class="kj-ready" data-testid="readiness" data-state=state>{icon(svg)} <span>{words}</span></p> }.into_any()
}

fn lacking(i18n: I18n, ready: u32, due: u32, missing: &[LackView]) -> String {
    let ready = (due > 0)
        .then(|| format!("{}. ", t_string!(i18n, today.missing, ready = ready, due = due)));
    let named: Vec<String> = missing.iter().filter_map(|lack| named(i18n, lack)).collect();
    let unnamed = |is: fn(&LackView) -> bool| missing.iter().filter(|lack| is(lack)).count();
    let plans = unnamed(|lack| matches!(lack, LackView::Plan { client_name: None }));
    let journals = unnamed(|lack| matches!(lack, LackView::Journal { client_name: None }));
    let mut parts: Vec<String> = named.iter().take(NAMED).cloned().collect();
    if plans > 0 {
        parts.push(t_string!(i18n, today.missing_plan_unnamed, count = plans).to_string());
    }
    if journals > 0 {
        parts.push(t_string!(i18n, today.missing_journal_unnamed, count = journals).to_string());
    }
    let what = parts.join(", ");
    let what = match named.len().saturating_sub(NAMED) {
        0 => what,
        n => t_string!(i18n, today.missing_more, what = what, n = n).to_string(),
    };
    let what = t_string!(i18n, today.missing_what, what = what).to_string();
    format!("{}{what} {}", ready.unwrap_or_default(), t_string!(i18n, today.missing_do))
}

fn named(i18n: I18n, lack: &LackView) -> Option<String> {
    Some(match lack {
        LackView::Plan { client_name } => {
            t_string!(i18n, today.missing_plan, name = client_name.clone()?).to_string()
        }
        LackView::Journal { client_name } => {
            t_string!(i18n, today.missing_journal, name = client_name.clone()?).to_string()
        }
    })
}

/// The bar of the first filling. Its words change; its place and its height don't.
pub fn filling_bar(i18n: I18n, filling: &FillingView, is_online: bool) -> impl IntoView + use<> {
    let percent = filling.percent;
    let words = if is_online {
        let left = filling.seconds_left.map(|seconds| match time_left(seconds) {
            TimeLeft::Seconds(n) => format!("{} ", t_string!(i18n, today.filling_seconds, n = n)),
            TimeLeft::Minutes(count) => {
                format!("{} ", t_string!(i18n, today.filling_minutes, count = count))
            }
        });
        let so_far = t_string!(i18n, today.filling, percent = percent).to_string();
        let work = t_string!(i18n, today.filling_work);
        format!("{so_far} {}{work}", left.unwrap_or_default())
    } else {
        t_string!(i18n, today.filling_stopped, percent = percent).to_string()
    };
    view! {
        <div class="kj-filling" data-testid="filling" data-percent=percent.to_string()>
            <p>{words}</p>
            <progress max="100" value=percent.to_string() aria-label=t_string!(i18n, today.filling_label)></progress>
        </div>
    }
}
