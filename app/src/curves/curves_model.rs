//! Series and the shape of a chart. Pure.

use chrono::{Duration, NaiveDate, NaiveDateTime};
use kjent_core::clinical::{Measurement, MeasurementKind};
use kjent_core::ids::FactId;
use kjent_core::view::CurvesView;

/// How far back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Fourteen days.
    Days14,
    /// Three months.
    Months3,
    /// All that is on the tablet.
    All,
}

impl Period {
    /// All of them, in order.
    pub const ALL: [Period; 3] = [Period::Days14, Period::Months3, Period::All];

    /// As it stands in test ids.
    pub const fn code(self) -> &'static str {
        match self {
            Period::Days14 => "days-14",
            Period::Months3 => "months-3",
            Period::All => "all",
        }
    }

    /// The first day of it.
    fn since(self, today: NaiveDate) -> NaiveDate {
        match self {
            Period::Days14 => today - Duration::days(14),
            Period::Months3 => today - Duration::days(92),
            Period::All => NaiveDate::MIN,
        }
    }
}

/// One point of a curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The entry that it is from.
    pub fact: FactId,
    /// When.
    pub at: NaiveDateTime,
    /// Who measured.
    pub by: String,
    /// The numbers: two for a blood pressure.
    pub values: Vec<i32>,
    /// The measurement; none for a total of NEWS2.
    pub measurement: Option<Measurement>,
}

/// The kinds of which there is something to show, in the order of the tiles.
pub fn kinds(view: &CurvesView) -> Vec<MeasurementKind> {
    let is_there =
        |kind: &&MeasurementKind| view.sets.iter().any(|set| set.observations.of(kind).is_some());
    MeasurementKind::ALL.iter().filter(is_there).cloned().collect()
}

/// The points of a kind, the oldest first.
pub fn series(view: &CurvesView, kind: &MeasurementKind, period: Period) -> Vec<Point> {
    points(view, period, |observations| {
        let measurement = observations.of(kind)?;
        Some((measurement.numbers().to_vec(), Some(measurement.clone())))
    })
}

/// The totals of NEWS2: of the sets that have one.
pub fn news2(view: &CurvesView, period: Period) -> Vec<Point> {
    points(view, period, |observations| {
        let total = observations.news2().total()?;
        Some((vec![i32::from(total)], None))
    })
}

fn points(
    view: &CurvesView,
    period: Period,
    read: impl Fn(&kjent_core::fact::Observations) -> Option<(Vec<i32>, Option<Measurement>)>,
) -> Vec<Point> {
    let since = period.since(view.today);
    view.sets
        .iter()
        .filter(|set| set.at.date() >= since)
        .filter_map(|set| {
            let (values, measurement) = read(&set.observations)?;
            Some(Point { fact: set.fact, at: set.at, by: set.by.clone(), values, measurement })
        })
        .collect()
}

/// How much the weight has changed from the first to the last point, in tenths of a percent.
pub fn weight_change(points: &[Point]) -> Option<i32> {
    let (first, last) = (points.first()?.values.first()?, points.last()?.values.first()?);
    (points.len() > 1 && *first > 0).then(|| {
        let tenths = (i64::from(*last) - i64::from(*first)) * 10_000 / i64::from(*first);
        // Half a tenth and more counts as a whole.
        i32::try_from((tenths + 5 * tenths.signum()) / 10).unwrap_or_default()
    })
}

/// Tenths as they are written, with their sign: `−2,0`.
pub fn tenths(value: i32) -> String {
    let sign = if value < 0 { "−" } else { "" };
    let size = value.unsigned_abs();
    format!("{sign}{},{}", size / 10, size % 10)
}

/// The box that a chart is drawn in.
pub const WIDTH: f64 = 600.0;
/// Its height.
pub const HEIGHT: f64 = 180.0;
/// What is left free at the left for the numbers.
pub const LEFT: f64 = 52.0;
/// What is left free at the other sides.
const EDGE: f64 = 14.0;
/// What is left free below for the days.
const BELOW: f64 = 26.0;

/// Where values and times lie in the box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The lowest value shown.
    pub low: i32,
    /// The highest value shown.
    pub high: i32,
    first: NaiveDateTime,
    last: NaiveDateTime,
}

impl Frame {
    /// A frame around points and limits, with a little air.
    pub fn of(points: &[Point], limits: Option<(i32, i32)>) -> Option<Self> {
        let values = points.iter().flat_map(|point| point.values.iter().copied());
        let limits = limits.into_iter().flat_map(|(low, high)| [low, high]);
        let all: Vec<i32> = values.chain(limits).collect();
        let (low, high) = (*all.iter().min()?, *all.iter().max()?);
        let air = ((high - low) / 8).max(1);
        let (first, last) = (points.first()?.at, points.last()?.at);
        Some(Self { low: (low - air).max(0), high: high + air, first, last })
    }

    /// Where a moment lies.
    pub fn x(&self, at: NaiveDateTime) -> f64 {
        let seconds = |at: NaiveDateTime| {
            f64::from(i32::try_from((at - self.first).num_seconds()).unwrap_or(i32::MAX))
        };
        let whole = seconds(self.last);
        let share = if whole > 0.0 { seconds(at) / whole } else { 0.5 };
        LEFT + share * (WIDTH - LEFT - EDGE)
    }

    /// Where a value lies.
    pub fn y(&self, value: i32) -> f64 {
        let share = f64::from(value - self.low) / f64::from((self.high - self.low).max(1));
        HEIGHT - BELOW - share * (HEIGHT - BELOW - EDGE)
    }

    /// The line through the values at a place of the points' numbers.
    pub fn line(&self, points: &[Point], place: usize) -> String {
        let pairs = points.iter().filter_map(|point| Some((point.at, *point.values.get(place)?)));
        let text: Vec<String> =
            pairs.map(|(at, value)| format!("{:.1},{:.1}", self.x(at), self.y(value))).collect();
        text.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nil() -> FactId {
        "00000000-0000-0000-0000-000000000000".parse().unwrap_or_else(|_| unreachable!())
    }

    fn point(day: &str, values: &[i32]) -> Point {
        let day: NaiveDate = day.parse().unwrap_or_default();
        Point {
            fact: nil(),
            at: day.and_hms_opt(8, 0, 0).unwrap_or_default(),
            by: String::new(),
            values: values.to_vec(),
            measurement: None,
        }
    }

    #[test]
    fn a_change_of_weight_is_told_in_percent_of_the_first() {
        let change = |first, last| {
            weight_change(&[point("2026-11-01", &[first]), point("2026-11-15", &[last])])
                .map(tenths)
        };
        assert_eq!(change(596, 584).as_deref(), Some("−2,0"));
        assert_eq!(change(500, 526).as_deref(), Some("5,2"));
        assert_eq!(change(600, 600).as_deref(), Some("0,0"));
        assert_eq!(change(1000, 949).as_deref(), Some("−5,1"));
        assert_eq!(weight_change(&[point("2026-11-01", &[596])]), None);
    }

    #[test]
    fn points_and_limits_lie_in_the_frame() {
        let points = [point("2026-11-01", &[128, 74]), point("2026-11-11", &[150, 80])];
        let frame = Frame::of(&points, Some((110, 160))).unwrap_or_else(|| unreachable!());
        for point in &points {
            for value in &point.values {
                assert!((EDGE..=HEIGHT - BELOW).contains(&frame.y(*value)));
            }
            assert!((LEFT..=WIDTH).contains(&frame.x(point.at)));
        }
        assert!(frame.y(160) < frame.y(110), "what is higher lies higher");
        assert!(frame.low < 74 && frame.high > 160);
        assert_eq!(frame.line(&points, 1).split(' ').count(), 2);
        let one = [point("2026-11-01", &[70])];
        assert!(Frame::of(&one, None).is_some_and(|frame| frame.x(one[0].at).is_finite()));
        assert_eq!(Frame::of(&[], None), None);
    }
}
