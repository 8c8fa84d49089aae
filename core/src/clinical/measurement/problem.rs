//! Why something is no measurement. It never repeats what was typed.

use super::MeasurementKind;
use crate::problem::Problem;

/// The reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MeasurementError {
    /// Not a value of the kind.
    #[error("not a value of {}", kind.code())]
    Unreadable {
        /// Which kind.
        kind: MeasurementKind,
    },
    /// More decimals than the kind has.
    #[error("{} has {decimals} decimals", kind.code())]
    TooPrecise {
        /// Which kind.
        kind: MeasurementKind,
        /// How many decimals it has.
        decimals: u8,
    },
    /// Nobody who lives has this value.
    #[error("{part} lies between {low} and {high}")]
    Impossible {
        /// Which number: a kind's code, or `systolic` or `diastolic`.
        part: &'static str,
        /// The least possible, as it is written.
        low: String,
        /// The greatest possible, as it is written.
        high: String,
    },
    /// The systolic pressure is not above the diastolic.
    #[error("the systolic pressure is not above the diastolic")]
    PressureOrder,
}

impl MeasurementError {
    /// The code of the UI's sentence.
    pub const fn code(&self) -> &'static str {
        match self {
            MeasurementError::Unreadable { .. } => "measurement_unreadable",
            MeasurementError::TooPrecise { .. } => "measurement_too_precise",
            MeasurementError::Impossible { .. } => "measurement_impossible",
            MeasurementError::PressureOrder => "pressure_order",
        }
    }
}

impl From<&MeasurementError> for Problem {
    fn from(error: &MeasurementError) -> Self {
        let problem = Problem::new(error.code());
        match error {
            MeasurementError::Unreadable { kind } => problem.with("field", kind.code()),
            MeasurementError::TooPrecise { kind, decimals } => {
                problem.with("field", kind.code()).with("decimals", decimals)
            }
            MeasurementError::Impossible { part, low, high } => {
                problem.with("field", part).with("low", low).with("high", high)
            }
            MeasurementError::PressureOrder => problem.with("field", "blood_pressure"),
        }
    }
}
