//! A measurement: what was measured and the number, as a fact holds it.
//!
//! What each kind's numbers mean and may be is in `scale`; how people write them is in `text`.

#[cfg(test)]
mod measurement_tests;
mod problem;
mod scale;
mod text;

pub use problem::MeasurementError;
pub use scale::{Scale, ScalePart};

pub(crate) use text::{read_number, write_number};

use serde::{Deserialize, Serialize};

use super::limits::Standing;
use crate::open_enum;

open_enum! {
    /// What is measured.
    pub enum MeasurementKind {
        /// Pulse, beats a minute.
        Pulse = "pulse",
        /// Blood pressure, systolic and diastolic, mmHg.
        BloodPressure = "blood_pressure",
        /// Oxygen saturation, %.
        Spo2 = "spo2",
        /// Respiration, breaths a minute.
        Respiration = "respiration",
        /// Body temperature, tenths of °C.
        Temperature = "temperature",
        /// Consciousness: a code of ACVPU.
        Consciousness = "consciousness",
        /// Air or oxygen: tenths of a litre a minute, 0 on air.
        Oxygen = "oxygen",
        /// Weight, tenths of a kilogram.
        Weight = "weight",
        /// Blood glucose, tenths of mmol/l.
        Glucose = "glucose",
        /// Pain, 0–10 on the numeric rating scale.
        Pain = "pain",
    }
}

open_enum! {
    /// Consciousness after ACVPU.
    pub enum Consciousness {
        /// Alert.
        Alert = "A",
        /// New confusion.
        Confused = "C",
        /// Responds to voice.
        Voice = "V",
        /// Responds to pain.
        Pain = "P",
        /// Does not respond.
        Unresponsive = "U",
    }
}

/// A value as it is stored: `72`, `[128,74]` or `"A"`.
///
/// These three forms are for ever, so a kind that a newer version adds uses one of them and an
/// older version carries it unread.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// One number, in the kind's smallest shown unit.
    Number(i32),
    /// Numbers that belong together.
    Numbers(Vec<i32>),
    /// A code.
    Code(String),
}

/// A measurement (måling).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Measurement {
    /// What was measured.
    pub kind: MeasurementKind,
    /// What it was.
    pub value: Value,
}

impl Measurement {
    /// A measurement of one number, in the kind's smallest shown unit.
    pub fn number(kind: MeasurementKind, value: i32) -> Self {
        Self { kind, value: Value::Number(value) }
    }

    /// A blood pressure in mmHg.
    pub fn blood_pressure(systolic: i32, diastolic: i32) -> Self {
        let value = Value::Numbers(vec![systolic, diastolic]);
        Self { kind: MeasurementKind::BloodPressure, value }
    }

    /// A level of consciousness.
    pub fn consciousness(level: &Consciousness) -> Self {
        let value = Value::Code(level.code().to_owned());
        Self { kind: MeasurementKind::Consciousness, value }
    }

    /// Breathing air, without extra oxygen.
    pub fn air() -> Self {
        Self::number(MeasurementKind::Oxygen, 0)
    }

    /// The numbers in their order: of a blood pressure the systolic first.
    pub fn numbers(&self) -> &[i32] {
        match &self.value {
            Value::Number(number) => std::slice::from_ref(number),
            Value::Numbers(numbers) => numbers,
            Value::Code(_) => &[],
        }
    }

    /// The first number, the one that limits and trends are about; of a blood pressure the systolic.
    pub fn first(&self) -> Option<i32> {
        self.numbers().first().copied()
    }

    /// The level of consciousness, of a measurement of that.
    pub fn level(&self) -> Option<Consciousness> {
        match (&self.kind, &self.value) {
            (MeasurementKind::Consciousness, Value::Code(code)) => {
                Some(Consciousness::from_code(code))
            }
            _ => None,
        }
    }

    /// Refuses what is no value of its kind and what no living person has: errors of typing. Of a
    /// kind that this version does not know it refuses nothing.
    pub fn check(&self) -> Result<(), MeasurementError> {
        let unreadable = || MeasurementError::Unreadable { kind: self.kind.clone() };
        let Some(scale) = self.kind.scale() else { return Ok(()) };
        if scale.parts.is_empty() {
            let known = self.level().is_some_and(|level| Consciousness::ALL.contains(&level));
            return if known { Ok(()) } else { Err(unreadable()) };
        }
        let numbers = self.numbers();
        // A single number is written as one, so that equal measurements have equal bytes.
        let single = matches!(self.value, Value::Number(_));
        if numbers.len() != scale.parts.len() || single != (scale.parts.len() == 1) {
            return Err(unreadable());
        }
        for (part, number) in scale.parts.iter().zip(numbers) {
            if !part.plausible.contains(number) {
                return Err(MeasurementError::Impossible {
                    part: part.name,
                    low: write_number(*part.plausible.start(), scale.decimals),
                    high: write_number(*part.plausible.end(), scale.decimals),
                });
            }
        }
        match numbers {
            [systolic, diastolic] if systolic <= diastolic => Err(MeasurementError::PressureOrder),
            _ => Ok(()),
        }
    }

    /// Where the value stands to what is usual: a reason to look once more, not an error. A code
    /// other than alert is below. `None` where nothing is known to be usual.
    pub fn usual(&self) -> Option<Standing> {
        if let Some(level) = self.level() {
            let alert = level == Consciousness::Alert;
            return Some(if alert { Standing::Within } else { Standing::Below });
        }
        let scale = self.kind.scale()?;
        let mut standings = scale
            .parts
            .iter()
            .zip(self.numbers())
            .map(|(part, number)| Standing::of(*number, &part.usual));
        let first = standings.next()?;
        Some(standings.fold(first, |one, next| if one == Standing::Within { next } else { one }))
    }
}
