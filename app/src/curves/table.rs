//! The same numbers as a table, the newest first, each with the way to put it right.

use kjent_core::clinical::Measurement;
use kjent_core::ids::FactId;
use leptos::prelude::*;

use super::curves_model::Point;
use crate::i18n::{I18n, moment, t, t_string, value_said};

/// The table. `correct` takes the entry and what was measured.
pub fn table(
    i18n: I18n,
    what: &str,
    points: Vec<Point>,
    correct: Callback<(FactId, Measurement)>,
) -> impl IntoView + use<> {
    let rows = points.into_iter().rev().map(|point| {
        let when = moment(i18n, point.at);
        let value = match &point.measurement {
            Some(measurement) => value_said(i18n, measurement),
            None => point.values.iter().map(ToString::to_string).collect(),
        };
        let button = point.measurement.map(|measurement| {
            let label =
                t_string!(i18n, curves.correct_one, what = what.to_owned(), when = when.clone());
            let label = label.to_string();
            view! {
                <button type="button" class="ds-button" data-variant="tertiary" data-testid="correct-measurement" aria-label=label
                    on:click=move |_| correct.run((point.fact, measurement.clone()))>
                    {t!(i18n, curves.correct)}
                </button>
            }
        });
        view! { <tr><td>{when}</td><td>{value}</td><td>{point.by}</td><td>{button}</td></tr> }
    });
    view! {
        <div class="kj-table" tabindex="0" role="region" aria-label=t_string!(i18n, curves.table_of, what = what.to_owned()).to_string()>
            <table class="ds-table" data-testid="curve-table">
                <caption class="ds-sr-only">{what.to_owned()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, curves.when)}</th>
                        <th scope="col">{t!(i18n, curves.value)}</th>
                        <th scope="col">{t!(i18n, curves.by)}</th>
                        <th scope="col"><span class="ds-sr-only">{t!(i18n, curves.correct)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
