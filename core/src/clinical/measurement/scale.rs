//! What each kind's numbers are: unit, decimals, codes, and the ranges.
//!
//! Codes: HL7 Norge, VkpObservation (LOINC and SNOMED CT). For weight the base profile's 29463-7
//! is used; the VKP table prints 29563-7. Pain has no code there and gets none by guess.
//!
//! The plausible ranges stop errors of typing: outside them lies nobody who lives, or nothing that
//! a device in a home can show. The usual ranges only ask the worker to look once more. They are
//! the project's own, for adults, and judge nobody: a client's own limits do, and NEWS2.

use std::ops::RangeInclusive;

use super::MeasurementKind;

/// What the numbers of a kind are.
#[derive(Debug, PartialEq, Eq)]
pub struct Scale {
    /// The unit as it is shown; empty where there is none.
    pub unit: &'static str,
    /// How many decimals are shown. 36,8 with one decimal is stored as 368.
    pub decimals: u8,
    /// LOINC code of the whole.
    pub loinc: Option<&'static str>,
    /// SNOMED CT code of the whole.
    pub snomed: Option<&'static str>,
    /// Each number: none for a code, two for blood pressure.
    pub parts: &'static [ScalePart],
}

/// One of the numbers of a kind.
#[derive(Debug, PartialEq, Eq)]
pub struct ScalePart {
    /// The kind's code, or `systolic` or `diastolic`.
    pub name: &'static str,
    /// LOINC code, where it is another than the whole's.
    pub loinc: Option<&'static str>,
    /// SNOMED CT code, where it is another than the whole's.
    pub snomed: Option<&'static str>,
    /// Outside it: an error of typing.
    pub plausible: RangeInclusive<i32>,
    /// Outside it: look once more.
    pub usual: RangeInclusive<i32>,
}

/// The number of a kind that has one.
const fn only(
    name: &'static str,
    plausible: RangeInclusive<i32>,
    usual: RangeInclusive<i32>,
) -> ScalePart {
    ScalePart { name, loinc: None, snomed: None, plausible, usual }
}

const PULSE: Scale = Scale {
    unit: "/min",
    decimals: 0,
    loinc: Some("8867-4"),
    snomed: Some("364075005"),
    parts: &[only("pulse", 15..=300, 50..=100)],
};

const BLOOD_PRESSURE: Scale = Scale {
    unit: "mmHg",
    decimals: 0,
    loinc: Some("85354-9"),
    snomed: Some("75367002"),
    parts: &[
        ScalePart {
            name: "systolic",
            loinc: Some("8480-6"),
            snomed: Some("271649006"),
            plausible: 30..=300,
            usual: 100..=160,
        },
        ScalePart {
            name: "diastolic",
            loinc: Some("8462-4"),
            snomed: Some("271650006"),
            plausible: 10..=200,
            usual: 50..=95,
        },
    ],
};

const SPO2: Scale = Scale {
    unit: "%",
    decimals: 0,
    loinc: Some("2708-6"),
    snomed: Some("431314004"),
    parts: &[only("spo2", 30..=100, 94..=100)],
};

// The dying may breathe a few times a minute.
const RESPIRATION: Scale = Scale {
    unit: "/min",
    decimals: 0,
    loinc: Some("9279-1"),
    snomed: Some("86290005"),
    parts: &[only("respiration", 2..=80, 12..=20)],
};

const TEMPERATURE: Scale = Scale {
    unit: "°C",
    decimals: 1,
    loinc: Some("8310-5"),
    snomed: Some("276885007"),
    parts: &[only("temperature", 200..=450, 361..=380)],
};

const CONSCIOUSNESS: Scale =
    Scale { unit: "", decimals: 0, loinc: None, snomed: Some("1104441000000107"), parts: &[] };

const OXYGEN: Scale = Scale {
    unit: "l/min",
    decimals: 1,
    loinc: None,
    snomed: Some("1104331000000105"),
    parts: &[only("oxygen", 0..=600, 0..=50)],
};

// Some who get relief are children. 584 for 58,4 must be stopped.
const WEIGHT: Scale = Scale {
    unit: "kg",
    decimals: 1,
    loinc: Some("29463-7"),
    snomed: Some("27113001"),
    parts: &[only("weight", 20..=4000, 400..=1500)],
};

const GLUCOSE: Scale = Scale {
    unit: "mmol/l",
    decimals: 1,
    loinc: Some("15074-8"),
    snomed: Some("434912009"),
    parts: &[only("glucose", 5..=500, 40..=100)],
};

const PAIN: Scale = Scale {
    unit: "",
    decimals: 0,
    loinc: None,
    snomed: None,
    parts: &[only("pain", 0..=10, 0..=3)],
};

impl MeasurementKind {
    /// What the kind's numbers are; `None` for a kind that this version does not know.
    pub const fn scale(&self) -> Option<&'static Scale> {
        Some(match self {
            MeasurementKind::Pulse => &PULSE,
            MeasurementKind::BloodPressure => &BLOOD_PRESSURE,
            MeasurementKind::Spo2 => &SPO2,
            MeasurementKind::Respiration => &RESPIRATION,
            MeasurementKind::Temperature => &TEMPERATURE,
            MeasurementKind::Consciousness => &CONSCIOUSNESS,
            MeasurementKind::Oxygen => &OXYGEN,
            MeasurementKind::Weight => &WEIGHT,
            MeasurementKind::Glucose => &GLUCOSE,
            MeasurementKind::Pain => &PAIN,
            MeasurementKind::Unknown(_) => return None,
        })
    }
}
