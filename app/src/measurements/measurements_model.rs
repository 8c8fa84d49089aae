//! What tiles and keys show of the measurements of a client. Pure.

use chrono::{Duration, NaiveDateTime};
use kjent_core::clinical::{Limits, Measurement, MeasurementKind, Standing};
use kjent_core::fact::Observations;
use kjent_core::view::CurvesView;

/// What was measured in so many days is usual for the client.
const USUAL_DAYS: i64 = 28;
/// A change is told over so many days.
const CHANGE_DAYS: i64 = 14;
/// The most that can be typed: `128,5/74`.
const MAX_TYPED: usize = 7;

/// By what a value was judged, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// By the client's own limits.
    Limits(Standing),
    /// By what is usual for adults.
    Usual(Standing),
}

impl Judged {
    /// Whether it is a reason to look once more.
    pub fn is_outside(self) -> bool {
        let (Judged::Limits(standing) | Judged::Usual(standing)) = self;
        standing != Standing::Within
    }
}

/// The client's limits of a kind.
pub fn limits(view: &CurvesView, kind: &MeasurementKind) -> Option<Limits> {
    let limits = view.limits.iter().find(|limits| limits.kind == *kind)?;
    Limits::parse(kind, &limits.text).ok()
}

/// Where a measurement stands: by the client's limits where there are some.
pub fn judge(view: &CurvesView, measurement: &Measurement) -> Option<Judged> {
    match (limits(view, &measurement.kind), measurement.first()) {
        (Some(limits), Some(value)) => Some(Judged::Limits(limits.check(value))),
        _ => measurement.usual().map(Judged::Usual),
    }
}

/// The range that a kind is judged by, as it is shown; of a blood pressure both numbers' when it is
/// the usual one.
pub fn range_text(view: &CurvesView, kind: &MeasurementKind) -> Option<(bool, String)> {
    if let Some(limits) = limits(view, kind) {
        return Some((true, limits.format(kind)));
    }
    let parts = kind.scale()?.parts;
    let range = |part: &kjent_core::clinical::measurement::ScalePart| {
        Limits { low: *part.usual.start(), high: *part.usual.end() }.format(kind)
    };
    let texts: Vec<String> = parts.iter().map(range).collect();
    (!texts.is_empty()).then(|| (false, texts.join(" / ")))
}

/// The kinds with a tile: those with limits, those that are usual, and those of this sheet.
pub fn usual_kinds(view: &CurvesView, seen: &Observations) -> Vec<MeasurementKind> {
    let since = view.today - Duration::days(USUAL_DAYS);
    let recent: Vec<&MeasurementKind> = view
        .sets
        .iter()
        .filter(|set| set.at.date() >= since)
        .flat_map(|set| set.observations.measurements.iter().map(|it| &it.kind))
        .collect();
    let is_usual = |kind: &&MeasurementKind| {
        seen.of(kind).is_some()
            || recent.contains(kind)
            || view.limits.iter().any(|limits| limits.kind == **kind)
    };
    TILES.iter().filter(is_usual).cloned().collect()
}

/// The order of tiles: what is measured most often first.
pub const TILES: [MeasurementKind; 10] = [
    MeasurementKind::Weight,
    MeasurementKind::Pulse,
    MeasurementKind::BloodPressure,
    MeasurementKind::Glucose,
    MeasurementKind::Temperature,
    MeasurementKind::Spo2,
    MeasurementKind::Oxygen,
    MeasurementKind::Respiration,
    MeasurementKind::Consciousness,
    MeasurementKind::Pain,
];

/// The measurement of a kind that was taken last.
pub fn last<'v>(
    view: &'v CurvesView,
    kind: &MeasurementKind,
) -> Option<(&'v Measurement, NaiveDateTime)> {
    view.sets.iter().rev().find_map(|set| Some((set.observations.of(kind)?, set.at)))
}

/// How a value differs from the one that was taken first in the last fourteen days: `−1,2` and over
/// how many days. Nothing when it is the first, or a code.
pub fn change(
    view: &CurvesView,
    measurement: &Measurement,
    at: NaiveDateTime,
) -> Option<(String, i64)> {
    let since = at.date() - Duration::days(CHANGE_DAYS);
    let kind = &measurement.kind;
    if matches!(kind, MeasurementKind::Oxygen | MeasurementKind::Consciousness) {
        return None;
    }
    let first = view
        .sets
        .iter()
        .filter(|set| set.at.date() >= since && set.at < at)
        .find_map(|set| Some((set.observations.of(kind)?.first()?, set.at)));
    let (before, when) = first?;
    let days = (at.date() - when.date()).num_days();
    (days > 0).then(|| (difference(kind, measurement.first().unwrap_or(before) - before), days))
}

/// A difference with its sign: `−1,2`, `+3`, `0`.
pub fn difference(kind: &MeasurementKind, difference: i32) -> String {
    // A pressure's difference is that of its first number.
    let plain = match kind {
        MeasurementKind::BloodPressure => MeasurementKind::Pulse,
        other => other.clone(),
    };
    let size = i32::try_from(difference.unsigned_abs()).unwrap_or(i32::MAX);
    let text = Measurement::number(plain, size).format();
    match difference {
        0 => text,
        1.. => format!("+{text}"),
        _ => format!("−{text}"),
    }
}

/// What a key does to what has been typed. A key that makes no sense there does nothing.
pub fn press(kind: &MeasurementKind, typed: &str, key: char) -> String {
    let Some(scale) = kind.scale() else { return typed.to_owned() };
    let takes = match key {
        '0'..='9' => typed.len() < MAX_TYPED,
        ',' => scale.decimals > 0 && !typed.is_empty() && !typed.contains(','),
        '/' => scale.parts.len() > 1 && !typed.is_empty() && !typed.contains('/'),
        _ => false,
    };
    if takes { format!("{typed}{key}") } else { typed.to_owned() }
}

#[cfg(test)]
mod tests;
