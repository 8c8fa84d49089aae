//! NEWS2: every boundary from both sides, the worked cases, and what must give no total.

use chrono::NaiveDate;

use super::Breathing::{Air, Oxygen};
use super::*;
use crate::clinical::measurement::Value;

fn order() -> ScaleTwoOrder {
    let order = ScaleTwoOrder::new(NaiveDate::default(), "Kari Lege");
    order.unwrap_or_else(|_| unreachable!("a doctor is named"))
}

fn check(name: &str, points: impl Fn(i32) -> u8, cases: &[(i32, u8)]) {
    for (value, expected) in cases {
        assert_eq!(points(*value), *expected, "{name} {value}");
    }
}

#[test]
fn every_boundary_holds_from_both_sides() {
    check(
        "respiration",
        points::respiration,
        &[(0, 3), (8, 3), (9, 1), (11, 1), (12, 0), (20, 0), (21, 2), (24, 2), (25, 3), (60, 3)],
    );
    check(
        "scale 1",
        points::spo2_scale_1,
        &[(50, 3), (91, 3), (92, 2), (93, 2), (94, 1), (95, 1), (96, 0), (100, 0)],
    );
    check(
        "systolic",
        points::systolic,
        &[
            (50, 3),
            (90, 3),
            (91, 2),
            (100, 2),
            (101, 1),
            (110, 1),
            (111, 0),
            (219, 0),
            (220, 3),
            (300, 3),
        ],
    );
    check(
        "pulse",
        points::pulse,
        &[
            (20, 3),
            (40, 3),
            (41, 1),
            (50, 1),
            (51, 0),
            (90, 0),
            (91, 1),
            (110, 1),
            (111, 2),
            (130, 2),
            (131, 3),
            (250, 3),
        ],
    );
    check(
        "temperature",
        points::temperature,
        &[
            (300, 3),
            (350, 3),
            (351, 1),
            (360, 1),
            (361, 0),
            (380, 0),
            (381, 1),
            (390, 1),
            (391, 2),
            (420, 2),
        ],
    );
    assert_eq!([Air, Oxygen].map(points::breathing), [0, 2]);
    let levels = Consciousness::ALL.iter().map(points::consciousness).collect::<Vec<_>>();
    assert_eq!(levels, [Some(0), Some(3), Some(3), Some(3), Some(3)]);
    assert_eq!(points::consciousness(&Consciousness::Unknown("X".into())), None);
}

#[test]
fn scale_2_holds_at_every_boundary_on_air_and_on_oxygen() {
    // Percent, on air, on oxygen.
    let cases = [
        (50, 3, 3),
        (83, 3, 3),
        (84, 2, 2),
        (85, 2, 2),
        (86, 1, 1),
        (87, 1, 1),
        (88, 0, 0),
        (92, 0, 0),
        (93, 0, 1),
        (94, 0, 1),
        (95, 0, 2),
        (96, 0, 2),
        (97, 0, 3),
        (100, 0, 3),
    ];
    for (percent, on_air, on_oxygen) in cases {
        assert_eq!(points::spo2_scale_2(percent, Some(Air)), Some(on_air), "{percent} on air");
        assert_eq!(points::spo2_scale_2(percent, Some(Oxygen)), Some(on_oxygen), "{percent} on O₂");
        let unsaid = (percent <= 92).then_some(on_air);
        assert_eq!(points::spo2_scale_2(percent, None), unsaid, "{percent}");
    }
}

type Case = (i32, i32, Breathing, i32, i32, Consciousness, i32, SaturationScale);

fn score(case: Case) -> News2 {
    let (respiration, spo2, breathing, systolic, pulse, consciousness, temperature, scale) = case;
    let seen = Observations {
        respiration: Some(respiration),
        spo2: Some(spo2),
        breathing: Some(breathing),
        systolic: Some(systolic),
        pulse: Some(pulse),
        consciousness: Some(consciousness),
        temperature: Some(temperature),
    };
    News2::score(&seen, (scale == SaturationScale::Two).then(order).as_ref())
}

#[test]
fn worked_cases() {
    use Consciousness::{Alert, Confused};
    use SaturationScale::{One, Two};
    let cases = [
        ((16, 97, Air, 120, 70, Alert, 368, One), 0, Risk::Low),
        ((20, 96, Air, 219, 90, Alert, 380, One), 0, Risk::Low),
        ((12, 96, Air, 111, 51, Alert, 361, One), 0, Risk::Low),
        ((11, 95, Air, 110, 50, Alert, 360, One), 5, Risk::Medium),
        ((18, 93, Oxygen, 128, 88, Alert, 369, Two), 3, Risk::Low),
        ((8, 91, Oxygen, 90, 40, Confused, 350, One), 20, Risk::High),
        // HL7 Norge's published example says 20: it gives 3 for 93–94 % on oxygen.
        ((25, 93, Oxygen, 90, 40, Confused, 350, Two), 18, Risk::High),
        ((25, 94, Oxygen, 90, 40, Confused, 350, Two), 18, Risk::High),
        // The same person on the wrong scale.
        ((18, 93, Oxygen, 128, 88, Alert, 369, One), 4, Risk::Low),
        // Every class from both sides.
        ((20, 96, Air, 110, 91, Alert, 391, One), 4, Risk::Low),
        ((20, 96, Oxygen, 110, 91, Alert, 381, One), 5, Risk::Medium),
        ((21, 96, Oxygen, 110, 91, Alert, 380, One), 6, Risk::Medium),
        ((21, 96, Oxygen, 110, 91, Alert, 381, One), 7, Risk::High),
        // A single 3.
        ((16, 97, Air, 120, 70, Confused, 368, One), 3, Risk::LowMedium),
        ((16, 97, Air, 220, 91, Alert, 368, One), 4, Risk::LowMedium),
        ((16, 97, Air, 220, 111, Alert, 368, One), 5, Risk::Medium),
    ];
    for (case, total, risk) in cases {
        let news2 = score(case.clone());
        assert_eq!(news2.scale, case.7, "{case:?}");
        assert_eq!((news2.total(), news2.risk()), (Some(total), Some(risk)), "{case:?}");
        assert_eq!(news2.missing().count(), 0);
    }
}

fn seven() -> Vec<Measurement> {
    vec![
        Measurement::number(MeasurementKind::Respiration, 18),
        Measurement::number(MeasurementKind::Spo2, 93),
        Measurement::number(MeasurementKind::Oxygen, 20),
        Measurement::blood_pressure(128, 74),
        Measurement::number(MeasurementKind::Pulse, 88),
        Measurement::consciousness(&Consciousness::Alert),
        Measurement::number(MeasurementKind::Temperature, 369),
    ]
}

#[test]
fn measurements_are_scored_and_a_missing_one_leaves_no_total() {
    let order = order();
    let all = News2::score(&Observations::of(&seven()), Some(&order));
    assert_eq!(all.total(), Some(3));
    let points: Vec<_> = all.points().map(|(_, points)| points).collect();
    assert_eq!(points, [0, 1, 2, 0, 0, 0, 0].map(Some));
    for parameter in Parameter::ALL {
        let mut some = seven();
        some.retain(|measurement| measurement.kind != parameter.kind());
        assert_eq!(some.len(), 6, "{parameter:?}");
        let news2 = News2::score(&Observations::of(&some), Some(&order));
        assert_eq!((news2.total(), news2.risk()), (None, None), "{parameter:?}");
        // On scale 2 the saturation waits for what is breathed.
        let expected: &[Parameter] = match &parameter {
            Parameter::Oxygen => &[Parameter::Spo2, Parameter::Oxygen],
            one => std::slice::from_ref(one),
        };
        assert_eq!(news2.missing().collect::<Vec<_>>(), expected);
    }
    let none = News2::score(&Observations::of(&[]), None);
    assert_eq!((none.total(), none.missing().count()), (None, 7));
}

#[test]
fn an_impossible_or_unknown_value_counts_as_missing_and_the_later_of_two_counts() {
    let wrongs = [
        Measurement::number(MeasurementKind::Pulse, 720),
        Measurement::consciousness(&Consciousness::Unknown("X".into())),
        Measurement { kind: MeasurementKind::Temperature, value: Value::Code("A".into()) },
    ];
    for wrong in wrongs {
        let mut set = seven();
        set.retain(|measurement| measurement.kind != wrong.kind);
        set.push(wrong);
        assert_eq!(News2::score(&Observations::of(&set), None).total(), None);
    }
    let mut set = seven();
    set.push(Measurement::air());
    assert_eq!(Observations::of(&set).breathing, Some(Air));
}

#[test]
fn a_single_3_is_said_also_without_a_total() {
    let seen = Observations { pulse: Some(131), systolic: Some(100), ..Observations::default() };
    let news2 = News2::score(&seen, None);
    assert_eq!(news2.red().collect::<Vec<_>>(), [Parameter::Pulse]);
    assert_eq!(news2.risk(), None);
}

#[test]
fn it_is_not_for_children_nor_in_pregnancy() {
    use Pregnancy::{NotPregnant, Pregnant};
    let cases = [
        (0, NotPregnant, Some(Unsuited::Child)),
        (15, NotPregnant, Some(Unsuited::Child)),
        (15, Pregnant, Some(Unsuited::Child)),
        (16, NotPregnant, None),
        (16, Pregnant, Some(Unsuited::Pregnant)),
        (97, NotPregnant, None),
    ];
    for (age, pregnancy, expected) in cases {
        assert_eq!(unsuited(age, pregnancy), expected, "{age} {pregnancy:?}");
    }
}
