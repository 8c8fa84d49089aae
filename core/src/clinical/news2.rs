//! NEWS2, the National Early Warning Score 2.
//!
//! Source: Royal College of Physicians, National Early Warning Score (NEWS) 2, London 2017. The
//! points are its chart 1, the answers its chart 2. It is not for anyone under 16 or pregnant.
//!
//! Seven parameters or no total: a missing one is not a normal one. Scale 2 for oxygen saturation
//! is used only where a doctor has ordered it, for hypercapnic respiratory failure.

mod order;
mod points;

#[cfg(test)]
mod news2_tests;

pub use order::{NotAnOrder, ScaleTwoOrder};

use super::measurement::{Consciousness, Measurement, MeasurementKind};

/// From this age on.
const LEAST_AGE: u32 = 16;
/// A total from here on is high.
const HIGH: u8 = 7;
/// A total from here on is medium.
const MEDIUM: u8 = 5;
/// The most that one parameter gives: reason enough to act on its own.
const RED: u8 = 3;

/// What is scored, in the order of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// Breaths a minute.
    Respiration,
    /// Oxygen saturation.
    Spo2,
    /// Air or oxygen.
    Oxygen,
    /// Systolic blood pressure.
    Systolic,
    /// Pulse.
    Pulse,
    /// Consciousness.
    Consciousness,
    /// Temperature.
    Temperature,
}

impl Parameter {
    /// All seven.
    pub const ALL: [Parameter; 7] = [
        Parameter::Respiration,
        Parameter::Spo2,
        Parameter::Oxygen,
        Parameter::Systolic,
        Parameter::Pulse,
        Parameter::Consciousness,
        Parameter::Temperature,
    ];

    /// The measurement that it is read from.
    pub const fn kind(self) -> MeasurementKind {
        match self {
            Parameter::Respiration => MeasurementKind::Respiration,
            Parameter::Spo2 => MeasurementKind::Spo2,
            Parameter::Oxygen => MeasurementKind::Oxygen,
            Parameter::Systolic => MeasurementKind::BloodPressure,
            Parameter::Pulse => MeasurementKind::Pulse,
            Parameter::Consciousness => MeasurementKind::Consciousness,
            Parameter::Temperature => MeasurementKind::Temperature,
        }
    }
}

/// Which scale the saturation is scored on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SaturationScale {
    /// The ordinary one.
    One,
    /// For hypercapnic respiratory failure, by a doctor's order.
    Two,
}

/// Breathing air or extra oxygen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Breathing {
    /// Air.
    Air,
    /// Extra oxygen.
    Oxygen,
}

/// What a total asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Risk {
    /// 0–4.
    Low,
    /// 0–4 with a 3 in a single parameter.
    LowMedium,
    /// 5–6.
    Medium,
    /// 7 and more.
    High,
}

/// Why NEWS2 says nothing about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unsuited {
    /// Under 16 years.
    Child,
    /// Pregnant.
    Pregnant,
}

/// Whether somebody is pregnant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pregnancy {
    /// Is pregnant.
    Pregnant,
    /// Is not pregnant, or nothing says so.
    NotPregnant,
}

/// Why NEWS2 is not for somebody of this age in whole years; `None` when it is.
pub const fn unsuited(age: u32, pregnancy: Pregnancy) -> Option<Unsuited> {
    match pregnancy {
        _ if age < LEAST_AGE => Some(Unsuited::Child),
        Pregnancy::Pregnant => Some(Unsuited::Pregnant),
        Pregnancy::NotPregnant => None,
    }
}

/// What was seen, in whole numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observations {
    /// Breaths a minute.
    pub respiration: Option<i32>,
    /// Saturation, %.
    pub spo2: Option<i32>,
    /// Air or oxygen.
    pub breathing: Option<Breathing>,
    /// Systolic pressure, mmHg.
    pub systolic: Option<i32>,
    /// Beats a minute.
    pub pulse: Option<i32>,
    /// Consciousness.
    pub consciousness: Option<Consciousness>,
    /// Temperature, tenths of °C.
    pub temperature: Option<i32>,
}

impl Observations {
    /// What a set of measurements says; of two of a kind the later. One that is no possible value
    /// of its kind says nothing.
    pub fn of(measurements: &[Measurement]) -> Self {
        let mut seen = Self::default();
        for measurement in measurements.iter().filter(|measurement| measurement.check().is_ok()) {
            let number = measurement.first();
            match measurement.kind {
                MeasurementKind::Respiration => seen.respiration = number,
                MeasurementKind::Spo2 => seen.spo2 = number,
                MeasurementKind::Oxygen => {
                    let breathing =
                        |flow| if flow == 0 { Breathing::Air } else { Breathing::Oxygen };
                    seen.breathing = number.map(breathing);
                }
                MeasurementKind::BloodPressure => seen.systolic = number,
                MeasurementKind::Pulse => seen.pulse = number,
                MeasurementKind::Consciousness => seen.consciousness = measurement.level(),
                MeasurementKind::Temperature => seen.temperature = number,
                MeasurementKind::Weight
                | MeasurementKind::Glucose
                | MeasurementKind::Pain
                | MeasurementKind::Unknown(_) => {}
            }
        }
        seen
    }
}

/// The points of a set of observations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News2 {
    /// Which scale the saturation was scored on.
    pub scale: SaturationScale,
    points: [Option<u8>; 7],
}

impl News2 {
    /// Scores observations; on scale 2 when there is an order for it, and only then.
    pub fn score(seen: &Observations, order: Option<&ScaleTwoOrder>) -> Self {
        let scale = order.map_or(SaturationScale::One, |_| SaturationScale::Two);
        let points = Parameter::ALL.map(|parameter| match parameter {
            Parameter::Respiration => seen.respiration.map(points::respiration),
            Parameter::Spo2 => seen.spo2.and_then(|spo2| match scale {
                SaturationScale::One => Some(points::spo2_scale_1(spo2)),
                SaturationScale::Two => points::spo2_scale_2(spo2, seen.breathing),
            }),
            Parameter::Oxygen => seen.breathing.map(points::breathing),
            Parameter::Systolic => seen.systolic.map(points::systolic),
            Parameter::Pulse => seen.pulse.map(points::pulse),
            Parameter::Consciousness => seen.consciousness.as_ref().and_then(points::consciousness),
            Parameter::Temperature => seen.temperature.map(points::temperature),
        });
        Self { scale, points }
    }

    /// The points one by one, in the order of the chart; `None` where something is missing.
    pub fn points(&self) -> impl Iterator<Item = (Parameter, Option<u8>)> {
        Parameter::ALL.into_iter().zip(self.points)
    }

    /// What is missing for a total.
    pub fn missing(&self) -> impl Iterator<Item = Parameter> {
        self.points().filter(|(_, points)| points.is_none()).map(|(parameter, _)| parameter)
    }

    /// What gives 3 points on its own: reason to act, also where a total is missing.
    pub fn red(&self) -> impl Iterator<Item = Parameter> {
        self.points().filter(|(_, points)| *points == Some(RED)).map(|(parameter, _)| parameter)
    }

    /// The total, 0–20, of all seven parameters.
    pub fn total(&self) -> Option<u8> {
        self.points.iter().copied().sum()
    }

    /// What the total asks for.
    pub fn risk(&self) -> Option<Risk> {
        Some(match self.total()? {
            HIGH.. => Risk::High,
            MEDIUM.. => Risk::Medium,
            _ if self.red().next().is_some() => Risk::LowMedium,
            _ => Risk::Low,
        })
    }
}
