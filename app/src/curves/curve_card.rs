//! One kind's card: the curve, what it says in words, and the table behind a button.

use kjent_core::clinical::{Limits, Measurement, MeasurementKind};
use kjent_core::ids::FactId;
use kjent_core::view::CurvesView;
use leptos::prelude::*;

use super::chart::chart;
use super::curves_model::{Period, Point, news2, series, tenths, weight_change};
use super::table::table;
use crate::i18n::{I18n, date, kind_word, purpose_word, t, t_string, use_i18n, with_unit};

/// What a card is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    /// A kind of measurement.
    Kind(MeasurementKind),
    /// The totals of NEWS2.
    News2,
}

impl Curve {
    fn code(&self) -> &str {
        match self {
            Curve::Kind(kind) => kind.code(),
            Curve::News2 => "news2",
        }
    }

    fn name(&self, i18n: I18n) -> &'static str {
        match self {
            Curve::Kind(kind) => kind_word(i18n, kind),
            Curve::News2 => t_string!(i18n, curves.news2),
        }
    }

    fn points(&self, view: &CurvesView, period: Period) -> Vec<Point> {
        match self {
            Curve::Kind(kind) => series(view, kind, period),
            Curve::News2 => news2(view, period),
        }
    }

    /// A number as people write it.
    fn said(&self, value: i32) -> String {
        match self {
            Curve::Kind(MeasurementKind::BloodPressure) | Curve::News2 => value.to_string(),
            Curve::Kind(kind) => Measurement::number(kind.clone(), value).format(),
        }
    }

    fn limits(&self, view: &CurvesView) -> Option<Limits> {
        let Curve::Kind(kind) = self else { return None };
        let limits = view.limits.iter().find(|limits| limits.kind == *kind)?;
        Limits::parse(kind, &limits.text).ok()
    }

    fn with_unit(&self, text: &str) -> String {
        match self {
            Curve::Kind(kind) => with_unit(text, kind),
            Curve::News2 => text.to_owned(),
        }
    }
}

/// The card.
#[component]
pub fn CurveCard(
    curve: Curve,
    data: Memo<CurvesView>,
    period: RwSignal<Period>,
    correct: Callback<(FactId, Measurement)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let code = curve.code().to_owned();
    let curve = StoredValue::new(curve);
    let points = Memo::new(move |_| {
        curve.with_value(|curve| data.with(|view| curve.points(view, period.get())))
    });
    let open = RwSignal::new(false);
    let name = move || curve.with_value(|curve| curve.name(i18n));
    // Words have no line, and one point is none: they are read in the table.
    let has_line = Memo::new(move |_| {
        points.with(|points| points.iter().filter(|it| !it.values.is_empty()).count() > 1)
    });
    let shows_table = Memo::new(move |_| {
        points.with(|points| !points.is_empty()) && (open.get() || !has_line.get())
    });
    let picture = move || {
        if !has_line.get() {
            return None;
        }
        curve.with_value(|curve| {
            data.with(|view| {
                points.with(|points| {
                    let limits = curve.limits(view).map(|limits| (limits.low, limits.high));
                    let words = alternative(i18n, curve, points)?;
                    Some(chart(i18n, points, limits, &|value| curve.said(value), words))
                })
            })
        })
    };
    let beside = move || {
        curve.with_value(|curve| {
            let is_weight = *curve == Curve::Kind(MeasurementKind::Weight);
            points.with(|points| {
                let change = weight_change(points).filter(|_| is_weight)?;
                let since = date(i18n, points.first()?.at.date());
                Some(
                    t_string!(i18n, curves.weight_change, percent = tenths(change), date = since)
                        .to_string(),
                )
            })
        })
    };
    let band = move || {
        curve.with_value(|curve| {
            data.with(|view| {
                let Curve::Kind(kind) = curve else { return None };
                let range = curve.with_unit(&curve.limits(view)?.format(kind));
                let name = view.called.clone();
                Some(t_string!(i18n, curves.band, name = name, range = range).to_string())
            })
        })
    };
    let why = move || {
        curve.with_value(|curve| match curve {
            Curve::Kind(kind) => purpose_word(i18n, kind),
            Curve::News2 => t_string!(i18n, measure.news2_lead),
        })
    };
    let heading = format!("curve-{code}");
    view! {
        <section class="kj-card" data-testid=heading.clone() aria-labelledby=format!("{heading}-heading")>
            <div class="kj-card__head">
                <h2 class="ds-heading" data-size="2xs" id=format!("{heading}-heading")>{name}</h2>
                <p class="kj-strong">{beside}</p>
            </div>
            <p class="kj-subtle">{why}</p>
            {move || points.with(Vec::is_empty).then(|| view! { <p>{t!(i18n, curves.none_in_period)}</p> })}
            {picture}
            <p class="kj-subtle">{band}</p>
            <Show when=move || has_line.get()>
                <button type="button" class="ds-button" data-variant="tertiary" data-testid="toggle-table" aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)>
                    {move || if open.get() { t!(i18n, curves.hide_table).into_any() } else { t!(i18n, curves.show_table).into_any() }}
                </button>
            </Show>
            {move || shows_table.get().then(|| table(i18n, name(), points.get(), correct))}
        </section>
    }
}

/// What the chart shows, in words.
fn alternative(i18n: I18n, curve: &Curve, points: &[Point]) -> Option<String> {
    let firsts: Vec<i32> =
        points.iter().filter_map(|point| point.values.first().copied()).collect();
    let (low, high) = (*firsts.iter().min()?, *firsts.iter().max()?);
    let said = |value: i32| curve.with_unit(&curve.said(value));
    let last: Vec<String> = points.last()?.values.iter().map(|it| curve.said(*it)).collect();
    let words = t_string!(
        i18n,
        curves.alt,
        what = curve.name(i18n),
        count = firsts.len(),
        from = date(i18n, points.first()?.at.date()),
        to = date(i18n, points.last()?.at.date()),
        low = said(low),
        high = said(high),
        last = curve.with_unit(&last.join("/"))
    );
    Some(words.to_string())
}
