//! A line through points, with the limits as a band. What it shows is said in words beside it.

use leptos::prelude::*;

use super::curves_model::{Frame, HEIGHT, LEFT, Point, WIDTH};
use crate::i18n::{I18n, date};

/// The chart. `said` says a number as people do; `words` are its text alternative.
pub fn chart(
    i18n: I18n,
    points: &[Point],
    limits: Option<(i32, i32)>,
    said: &dyn Fn(i32) -> String,
    words: String,
) -> impl IntoView + use<> {
    let frame = Frame::of(points, limits)?;
    let band = limits.map(|(low, high)| {
        let (top, bottom) = (frame.y(high), frame.y(low));
        view! {
            <rect class="kj-chart__band" x=LEFT y=top width=WIDTH - LEFT height=bottom - top />
            <line class="kj-chart__limit" x1=LEFT x2=WIDTH y1=top y2=top />
            <line class="kj-chart__limit" x1=LEFT x2=WIDTH y1=bottom y2=bottom />
            <text class="kj-chart__text" x=LEFT - 6.0 y=top + 5.0 text-anchor="end">{said(high)}</text>
            <text class="kj-chart__text" x=LEFT - 6.0 y=bottom + 5.0 text-anchor="end">{said(low)}</text>
        }
    });
    // Without limits the lowest and the highest say what the heights mean.
    let values = points.iter().flat_map(|point| point.values.iter().copied());
    let scale = match (limits, values.clone().min(), values.max()) {
        (None, Some(low), Some(high)) => vec![low, high],
        _ => Vec::new(),
    };
    let scale = scale.into_iter().map(|value| {
        view! { <text class="kj-chart__text" x=LEFT - 6.0 y=frame.y(value) + 5.0 text-anchor="end">{said(value)}</text> }
    });
    let lines = points.iter().map(|point| point.values.len()).max().unwrap_or(0);
    let lines = (0..lines).map(|place| {
        view! { <polyline class="kj-chart__line" points=frame.line(points, place) /> }
    });
    let dots = points.iter().flat_map(|point| {
        let x = frame.x(point.at);
        point.values.iter().map(move |value| {
            view! { <circle class="kj-chart__dot" cx=x cy=frame.y(*value) r="5" /> }
        })
    });
    // The last value stands beside its point, the rest in the table.
    let last = points.last()?;
    let last_values = last.values.iter().map(|value| {
        let (x, y) = (frame.x(last.at) - 10.0, frame.y(*value) - 10.0);
        view! { <text class="kj-chart__value" x=x y=y text-anchor="end">{said(*value)}</text> }
    });
    let first_day = date(i18n, points.first()?.at.date());
    let last_day = (points.len() > 1).then(|| date(i18n, last.at.date()));
    let viewbox = format!("0 0 {WIDTH} {HEIGHT}");
    Some(view! {
        <svg class="kj-chart" viewBox=viewbox role="img" aria-label=words data-testid="chart">
            {band}
            {scale.collect_view()}
            <line class="kj-chart__axis" x1=LEFT x2=WIDTH y1=HEIGHT - 24.0 y2=HEIGHT - 24.0 />
            {lines.collect_view()}
            {dots.collect_view()}
            {last_values.collect_view()}
            <text class="kj-chart__text" x=LEFT y=HEIGHT - 6.0>{first_day}</text>
            <text class="kj-chart__text" x=WIDTH - 4.0 y=HEIGHT - 6.0 text-anchor="end">{last_day}</text>
        </svg>
    })
}
