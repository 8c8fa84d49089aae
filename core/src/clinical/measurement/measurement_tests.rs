//! Measurements: reading, writing, ranges and the stored form.

use std::collections::HashSet;

use super::MeasurementKind::{
    BloodPressure, Consciousness, Glucose, Oxygen, Pain, Pulse, Respiration, Spo2, Temperature,
    Unknown, Weight,
};
use super::*;
use crate::problem::Problem;

#[test]
fn what_is_typed_is_read_and_written_back() {
    let number = Value::Number;
    let pressure = |systolic, diastolic| Value::Numbers(vec![systolic, diastolic]);
    let code = |code: &str| Value::Code(code.to_owned());
    let cases = [
        (Pulse, "72", number(72), "72"),
        (Pulse, " 072 ", number(72), "72"),
        (Pulse, "72/min", number(72), "72"),
        (Pulse, "72 /MIN", number(72), "72"),
        (BloodPressure, "128/74", pressure(128, 74), "128/74"),
        (BloodPressure, " 128 / 74 mmHg", pressure(128, 74), "128/74"),
        (BloodPressure, "128-74", pressure(128, 74), "128/74"),
        (BloodPressure, "128 74", pressure(128, 74), "128/74"),
        (Spo2, "97 %", number(97), "97"),
        (Respiration, "16", number(16), "16"),
        (Temperature, "36,8", number(368), "36,8"),
        (Temperature, "36.8", number(368), "36,8"),
        (Temperature, "37", number(370), "37,0"),
        (Temperature, "36,8 °C", number(368), "36,8"),
        (Temperature, "\u{a0}36,8\u{a0}°c", number(368), "36,8"),
        (Consciousness, "a", code("A"), "A"),
        (Consciousness, " C ", code("C"), "C"),
        (Consciousness, "U", code("U"), "U"),
        (Oxygen, "0", number(0), "0,0"),
        (Oxygen, "0,5", number(5), "0,5"),
        (Oxygen, "2 l/min", number(20), "2,0"),
        (Weight, "58,4", number(584), "58,4"),
        (Weight, "58,4kg", number(584), "58,4"),
        (Weight, "102", number(1020), "102,0"),
        (Glucose, "5,6 mmol/L", number(56), "5,6"),
        (Pain, "0", number(0), "0"),
        (Pain, "10", number(10), "10"),
    ];
    for (kind, text, value, written) in cases {
        let read = Measurement::parse(kind.clone(), text);
        assert_eq!(read, Ok(Measurement { kind: kind.clone(), value }), "{text}");
        assert_eq!(read.as_ref().map(Measurement::format).as_deref(), Ok(written), "{text}");
        assert_eq!(Measurement::parse(kind, written), read, "{written}");
    }
}

#[test]
fn nonsense_is_refused_and_the_field_is_named() {
    let cases = [
        (Pulse, "", "measurement_unreadable", "pulse"),
        (Pulse, "syttito", "measurement_unreadable", "pulse"),
        (Pulse, "-72", "measurement_unreadable", "pulse"),
        (Pulse, "+72", "measurement_unreadable", "pulse"),
        (Pulse, "7 2", "measurement_unreadable", "pulse"),
        (Pulse, "7e1", "measurement_unreadable", "pulse"),
        (Pulse, "٧٢", "measurement_unreadable", "pulse"),
        (Pulse, "72 kg", "measurement_unreadable", "pulse"),
        (Pulse, "0000072", "measurement_unreadable", "pulse"),
        (Pulse, "99999999999999999999", "measurement_unreadable", "pulse"),
        (Pulse, "72,5", "measurement_too_precise", "pulse"),
        (Pulse, "7", "measurement_impossible", "pulse"),
        (Pulse, "720", "measurement_impossible", "pulse"),
        (BloodPressure, "128", "measurement_unreadable", "blood_pressure"),
        (BloodPressure, "128/", "measurement_unreadable", "blood_pressure"),
        (BloodPressure, "128/74/60", "measurement_unreadable", "blood_pressure"),
        (BloodPressure, "høyt", "measurement_unreadable", "blood_pressure"),
        (BloodPressure, "1280/74", "measurement_impossible", "systolic"),
        (BloodPressure, "128/740", "measurement_impossible", "diastolic"),
        (BloodPressure, "74/128", "pressure_order", "blood_pressure"),
        (BloodPressure, "100/100", "pressure_order", "blood_pressure"),
        (Spo2, "101", "measurement_impossible", "spo2"),
        (Spo2, "9", "measurement_impossible", "spo2"),
        (Temperature, "36,", "measurement_unreadable", "temperature"),
        (Temperature, ",8", "measurement_unreadable", "temperature"),
        (Temperature, "3,6,8", "measurement_unreadable", "temperature"),
        (Temperature, "36,85", "measurement_too_precise", "temperature"),
        (Temperature, "368", "measurement_impossible", "temperature"),
        (Temperature, "3,6", "measurement_impossible", "temperature"),
        (Consciousness, "", "measurement_unreadable", "consciousness"),
        (Consciousness, "B", "measurement_unreadable", "consciousness"),
        (Consciousness, "våken", "measurement_unreadable", "consciousness"),
        (Weight, "584", "measurement_impossible", "weight"),
        (Pain, "11", "measurement_impossible", "pain"),
        (Unknown("mood".into()), "3", "measurement_unreadable", "mood"),
    ];
    for (kind, text, code, field) in cases {
        let error = Measurement::parse(kind, text).err();
        let problem = error.as_ref().map(Problem::from).unwrap_or_else(|| Problem::new("none"));
        assert_eq!(problem.code, code, "{text}");
        assert_eq!(problem.args.get("field").map(String::as_str), Some(field), "{text}");
    }
}

#[test]
fn an_impossible_value_is_answered_with_the_bounds_as_they_are_written() {
    let problem = Measurement::parse(Temperature, "368").as_ref().err().map(Problem::from);
    let expected = Problem::new("measurement_impossible")
        .with("field", "temperature")
        .with("low", "20,0")
        .with("high", "45,0");
    assert_eq!(problem, Some(expected));
}

/// A measurement of a kind in which the part in question has the given number.
fn with_part(kind: &MeasurementKind, part: &str, number: i32) -> Measurement {
    match part {
        "systolic" => Measurement::blood_pressure(number, 20),
        "diastolic" => Measurement::blood_pressure(300, number),
        _ => Measurement::number(kind.clone(), number),
    }
}

#[test]
fn ranges_include_their_ends_and_the_usual_lies_within_the_plausible() {
    let mut parts = 0;
    for kind in MeasurementKind::ALL {
        for part in kind.scale().map(|scale| scale.parts).unwrap_or_default() {
            let (low, high) = (*part.plausible.start(), *part.plausible.end());
            for (number, fits) in [(low - 1, false), (low, true), (high, true), (high + 1, false)] {
                let check = with_part(kind, part.name, number).check();
                assert_eq!(check.is_ok(), fits, "{} {number}", part.name);
            }
            assert!(low <= *part.usual.start() && *part.usual.end() <= high, "{}", part.name);
            assert_eq!(Standing::of(part.usual.start() - 1, &part.usual), Standing::Below);
            assert_eq!(Standing::of(*part.usual.start(), &part.usual), Standing::Within);
            assert_eq!(Standing::of(*part.usual.end(), &part.usual), Standing::Within);
            assert_eq!(Standing::of(part.usual.end() + 1, &part.usual), Standing::Above);
            parts += 1;
        }
    }
    assert_eq!(parts, 10);
}

#[test]
fn the_unusual_is_said_and_is_no_error() {
    use Standing::{Above, Below, Within};
    let cases = [
        (Measurement::number(Pulse, 49), Some(Below)),
        (Measurement::number(Pulse, 72), Some(Within)),
        (Measurement::number(Pulse, 101), Some(Above)),
        (Measurement::blood_pressure(128, 74), Some(Within)),
        (Measurement::blood_pressure(161, 74), Some(Above)),
        (Measurement::blood_pressure(128, 96), Some(Above)),
        (Measurement::blood_pressure(128, 49), Some(Below)),
        (Measurement::consciousness(&super::Consciousness::Alert), Some(Within)),
        (Measurement::consciousness(&super::Consciousness::Confused), Some(Below)),
        (Measurement::air(), Some(Within)),
        (Measurement::number(Unknown("mood".into()), 3), None),
    ];
    for (measurement, expected) in cases {
        assert_eq!(measurement.check(), Ok(()), "{measurement:?}");
        assert_eq!(measurement.usual(), expected, "{measurement:?}");
    }
}

#[test]
fn a_value_of_another_kind_is_refused() {
    let cases = [
        (Pulse, Value::Code("A".into())),
        (Pulse, Value::Numbers(vec![72])),
        (Pulse, Value::Numbers(vec![72, 72])),
        (BloodPressure, Value::Number(128)),
        (BloodPressure, Value::Numbers(vec![])),
        (Consciousness, Value::Number(1)),
        (Consciousness, Value::Code("a".into())),
    ];
    for (kind, value) in cases {
        let refused = MeasurementError::Unreadable { kind: kind.clone() };
        assert_eq!(Measurement { kind, value }.check(), Err(refused));
    }
}

#[test]
fn the_stored_form_is_short_and_survives_a_newer_version() -> anyhow::Result<()> {
    let cases = [
        (Measurement::number(Temperature, 368), r#"{"kind":"temperature","value":368}"#),
        (Measurement::blood_pressure(128, 74), r#"{"kind":"blood_pressure","value":[128,74]}"#),
        (
            Measurement::consciousness(&super::Consciousness::Alert),
            r#"{"kind":"consciousness","value":"A"}"#,
        ),
        (Measurement::number(Unknown("mood".into()), -3), r#"{"kind":"mood","value":-3}"#),
        (
            Measurement { kind: Unknown("x".into()), value: Value::Numbers(vec![1, 2, 3]) },
            r#"{"kind":"x","value":[1,2,3]}"#,
        ),
    ];
    let mut seen = HashSet::new();
    for (measurement, json) in cases {
        assert_eq!(serde_json::to_string(&measurement)?, json);
        assert_eq!(serde_json::from_str::<Measurement>(json)?, measurement);
        assert_eq!(measurement.check(), Ok(()));
        seen.insert(measurement);
    }
    assert_eq!(seen.len(), 5);
    Ok(())
}

#[cfg(feature = "documents")]
#[test]
fn the_three_forms_of_a_value_survive_cbor() -> anyhow::Result<()> {
    for value in [Value::Number(-3), Value::Numbers(vec![128, 74]), Value::Code("A".into())] {
        let measurement = Measurement { kind: Unknown("newer".into()), value };
        let bytes = crate::cbor::write(&measurement)?;
        assert_eq!(crate::cbor::read::<Measurement>(&bytes)?, measurement);
    }
    Ok(())
}

#[test]
fn numbers_are_written_with_their_decimals() {
    let cases = [(5, 1, "0,5"), (0, 1, "0,0"), (-5, 1, "-0,5"), (7, 0, "7"), (368, 2, "3,68")];
    for (number, decimals, expected) in cases {
        assert_eq!(write_number(number, decimals), expected);
    }
}
