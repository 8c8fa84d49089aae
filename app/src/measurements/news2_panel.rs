//! NEWS2: the points one by one, what is missing, and a total only when nothing is.

use kjent_core::clinical::News2;
use kjent_core::clinical::news2::{Parameter, Pregnancy, Risk, unsuited};
use kjent_core::fact::Observations;
use leptos::prelude::*;

use super::pad::PadHandle;
use super::sheet::Sheet;
use crate::components::icon::{ALERT, icon};
use crate::i18n::{I18n, date, parameter_word, risk_words, t, t_string, use_i18n, value_said};

/// The panel. It is folded until something is measured that it counts.
#[component]
pub fn News2Panel(sheet: Sheet, pad: PadHandle) -> impl IntoView {
    let i18n = use_i18n();
    let score = Memo::new(move |_| {
        let mut seen = sheet.seen.get();
        seen.scale_two = sheet.before(|view| view.scale_two.clone());
        Scored { news2: seen.news2(), seen }
    });
    let is_child = Memo::new(move |_| {
        // Nothing here says who is pregnant; the panel says for whom it is not.
        sheet.before(|view| {
            view.age.is_some_and(|age| unsuited(age, Pregnancy::NotPregnant).is_some())
        })
    });
    let summary = move || score.with(|it| headline(i18n, &it.news2));
    let row = move |parameter: Parameter| {
        let kind = parameter.kind();
        let said = {
            let kind = kind.clone();
            move || score.with(|it| it.seen.of(&kind).map(|it| value_said(i18n, it)))
        };
        let points = move || {
            let points = score.with(|it| {
                it.news2.points().find(|(one, _)| *one == parameter).and_then(|(_, points)| points)
            });
            match points {
                Some(points) => t_string!(i18n, measure.points, count = points).to_string(),
                None => t_string!(i18n, measure.points_missing).to_owned(),
            }
        };
        let code = kind.code().to_owned();
        view! {
            <li>
                <button type="button" class="kj-news2__row" data-testid=format!("news2-{code}") on:click=move |_| pad.open(&kind, sheet)>
                    <span>{parameter_word(i18n, parameter)}</span>
                    <span>{said}</span>
                    <span class="kj-strong">{points}</span>
                </button>
            </li>
        }
    };
    let result = move || score.with(|it| result(i18n, &it.news2));
    let scale_two = move || {
        let order = sheet.before(|view| view.scale_two.clone())?;
        let (doctor, when) = (order.doctor().to_owned(), date(i18n, order.date()));
        Some(t_string!(i18n, measure.news2_scale_two, doctor = doctor, date = when).to_string())
    };
    view! {
        {move || if is_child.get() {
            view! { <p class="kj-subtle">{t!(i18n, measure.news2_child)}</p> }.into_any()
        } else {
            view! {
                <details class="kj-details kj-news2" data-testid="news2">
                    <summary>{summary}</summary>
                    <p class="kj-subtle">{t!(i18n, measure.news2_lead)} " " {t!(i18n, measure.news2_not_pregnant)}</p>
                    <ul class="kj-plain-list kj-news2__rows">
                        {Parameter::ALL.into_iter().map(row).collect_view()}
                    </ul>
                    <p class="kj-subtle">{scale_two}</p>
                </details>
                <div role="status">{result}</div>
            }.into_any()
        }}
    }
}

/// A score with what was scored.
#[derive(Clone, PartialEq)]
struct Scored {
    news2: News2,
    seen: Observations,
}

fn headline(i18n: I18n, score: &News2) -> String {
    match (score.total(), score.risk()) {
        (Some(total), Some(risk)) => {
            let short = t_string!(
                i18n,
                measure.news2_short,
                total = total,
                risk = risk_words(i18n, risk).0
            );
            t_string!(i18n, measure.news2_total, total = short.to_string()).to_string()
        }
        _ => t_string!(i18n, measure.news2).to_owned(),
    }
}

/// The total with its advice, or what is missing; what is red alone is said also without a total.
/// Nothing while nothing but what is usual anyway is measured.
fn result(i18n: I18n, score: &News2) -> impl IntoView + use<> {
    let missing: Vec<&str> = score.missing().map(|it| parameter_word(i18n, it)).collect();
    let red: Vec<&str> = score.red().map(|it| parameter_word(i18n, it)).collect();
    let red = (!red.is_empty()).then(|| {
        t_string!(i18n, measure.news2_red, what = red.join(", ").to_lowercase()).to_string()
    });
    match (score.total(), score.risk()) {
        (Some(total), Some(risk)) => {
            let (word, advice) = risk_words(i18n, risk);
            let color = match risk {
                Risk::Low => "success",
                Risk::LowMedium | Risk::Medium => "warning",
                Risk::High => "danger",
            };
            let short =
                t_string!(i18n, measure.news2_short, total = total, risk = word).to_string();
            view! {
                <div class="ds-alert" data-color=color data-testid="news2-result" data-total=total>
                    <p class="kj-strong">{t_string!(i18n, measure.news2_total, total = short).to_string()}</p>
                    <p>{advice}</p>
                    {red.map(|red| view! { <p>{red}</p> })}
                </div>
            }
            .into_any()
        }
        _ if red.is_some() || missing.len() < 5 => {
            let what = missing.join(", ").to_lowercase();
            view! {
                <div class="kj-news2__open" data-testid="news2-result">
                    {red.map(|red| view! { <p class="kj-with-icon kj-strong">{icon(ALERT)} <span>{red}</span></p> })}
                    <p>{t_string!(i18n, measure.news2_missing, what = what).to_string()}</p>
                </div>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}
