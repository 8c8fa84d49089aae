//! Tiles, changes and keys, as a worker would see them.

use chrono::NaiveDate;
use kjent_core::view::{LimitView, SetView};

use super::*;

/// An id of whatever kind.
fn nil<T: std::str::FromStr>() -> T {
    "00000000-0000-0000-0000-000000000000".parse().unwrap_or_else(|_| unreachable!())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn at(text: &str) -> NaiveDateTime {
    day(text).and_hms_opt(8, 30, 0).unwrap_or_default()
}

fn set(when: &str, measurements: &[Measurement]) -> SetView {
    let observations =
        Observations { measurements: measurements.to_vec(), ..Observations::default() };
    SetView { fact: nil(), at: at(when), by: "Anne".into(), observations }
}

fn weight(tenths: i32) -> Measurement {
    Measurement::number(MeasurementKind::Weight, tenths)
}

fn view() -> CurvesView {
    CurvesView {
        client: nil(),
        name: "Line Danser".into(),
        called: "Line".into(),
        age: Some(85),
        today: day("2026-11-22"),
        scale_two: None,
        limits: vec![LimitView { kind: MeasurementKind::Pulse, text: "50–110".into() }],
        may_set_limits: true,
        mst_due: None,
        sets: vec![
            set("2026-09-01", &[Measurement::number(MeasurementKind::Glucose, 80)]),
            set("2026-11-08", &[weight(596)]),
            set("2026-11-15", &[weight(590), Measurement::blood_pressure(134, 80)]),
        ],
    }
}

#[test]
fn tiles_are_what_has_limits_what_is_usual_and_what_is_measured_now() {
    use MeasurementKind::{BloodPressure, Pain, Pulse, Weight};
    let mut seen = Observations::default();
    assert_eq!(usual_kinds(&view(), &seen), [Weight, Pulse, BloodPressure]);
    seen.set(Measurement::number(Pain, 3));
    assert_eq!(usual_kinds(&view(), &seen), [Weight, Pulse, BloodPressure, Pain]);
}

#[test]
fn a_change_is_told_over_fourteen_days() {
    let told = change(&view(), &weight(584), at("2026-11-22"));
    assert_eq!(told, Some(("−1,2".into(), 14)));
    let pressure = Measurement::blood_pressure(140, 82);
    assert_eq!(change(&view(), &pressure, at("2026-11-22")), Some(("+6".into(), 7)));
    assert_eq!(change(&view(), &weight(590), at("2026-11-08")), None, "the first of them");
    assert_eq!(change(&view(), &Measurement::air(), at("2026-11-22")), None);
}

#[test]
fn the_clients_limits_judge_before_what_is_usual() {
    let pulse = |beats| Measurement::number(MeasurementKind::Pulse, beats);
    assert_eq!(judge(&view(), &pulse(105)), Some(Judged::Limits(Standing::Within)));
    assert_eq!(judge(&view(), &pulse(120)), Some(Judged::Limits(Standing::Above)));
    let glucose = Measurement::number(MeasurementKind::Glucose, 30);
    assert_eq!(judge(&view(), &glucose), Some(Judged::Usual(Standing::Below)));
    assert!(judge(&view(), &glucose).is_some_and(Judged::is_outside));
    let range = |kind| range_text(&view(), &kind);
    assert_eq!(range(MeasurementKind::Pulse), Some((true, "50–110".into())));
    assert_eq!(range(MeasurementKind::BloodPressure), Some((false, "100–160 / 50–95".into())));
    assert_eq!(range(MeasurementKind::Consciousness), None);
}

#[test]
fn keys_write_what_the_kind_can_be() {
    let type_in = |kind: MeasurementKind, keys: &str| {
        keys.chars().fold(String::new(), |typed, key| press(&kind, &typed, key))
    };
    assert_eq!(type_in(MeasurementKind::Weight, ",58,,4"), "58,4");
    assert_eq!(type_in(MeasurementKind::Pulse, "7,6"), "76");
    assert_eq!(type_in(MeasurementKind::BloodPressure, "/128//74"), "128/74");
    assert_eq!(type_in(MeasurementKind::Weight, "123456789"), "1234567");
}
