//! A client's own limits of a measurement: «50–110», one scalar field of the profile.
//!
//! Both ends are within. The numbers are in the kind's smallest shown unit; for blood pressure they
//! are about the systolic.

use std::ops::RangeInclusive;

use super::measurement::{MeasurementKind, read_number, write_number};
use crate::problem::Problem;

/// Limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The least value within.
    pub low: i32,
    /// The greatest value within.
    pub high: i32,
}

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Below.
    Below,
    /// Within, the ends counted.
    Within,
    /// Above.
    Above,
}

/// Why a text is no limits. It never repeats the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitsError {
    /// Not two numbers of the kind with a dash between them.
    #[error("not the limits of {}", kind.code())]
    Unreadable {
        /// Which kind.
        kind: MeasurementKind,
    },
    /// The low limit is above the high.
    #[error("the low limit of {} is above the high", kind.code())]
    Order {
        /// Which kind.
        kind: MeasurementKind,
    },
    /// A limit lies where nobody's value does.
    #[error("a limit of {} lies where nobody's value does", kind.code())]
    Impossible {
        /// Which kind.
        kind: MeasurementKind,
    },
}

impl Standing {
    /// Where a value stands to a range.
    pub fn of(value: i32, range: &RangeInclusive<i32>) -> Self {
        match value {
            value if value < *range.start() => Standing::Below,
            value if value > *range.end() => Standing::Above,
            _ => Standing::Within,
        }
    }
}

impl Limits {
    /// Reads «50–110»; a plain hyphen and spaces will do. Consciousness has no limits.
    pub fn parse(kind: &MeasurementKind, text: &str) -> Result<Self, LimitsError> {
        let unreadable = || LimitsError::Unreadable { kind: kind.clone() };
        let part = kind.scale().and_then(|scale| scale.parts.first()).ok_or_else(unreadable)?;
        let (low, high) = text.split_once(['–', '-', '—']).ok_or_else(unreadable)?;
        let number = |text: &str| read_number(kind, text.trim()).map_err(|_| unreadable());
        let limits = Limits { low: number(low)?, high: number(high)? };
        if limits.low > limits.high {
            return Err(LimitsError::Order { kind: kind.clone() });
        }
        if !part.plausible.contains(&limits.low) || !part.plausible.contains(&limits.high) {
            return Err(LimitsError::Impossible { kind: kind.clone() });
        }
        Ok(limits)
    }

    /// The text that is stored and shown; `parse` reads it.
    pub fn format(self, kind: &MeasurementKind) -> String {
        let decimals = kind.scale().map_or(0, |scale| scale.decimals);
        format!("{}–{}", write_number(self.low, decimals), write_number(self.high, decimals))
    }

    /// Where a value stands.
    pub fn check(self, value: i32) -> Standing {
        Standing::of(value, &(self.low..=self.high))
    }
}

impl LimitsError {
    /// The code of the UI's sentence.
    pub const fn code(&self) -> &'static str {
        match self {
            LimitsError::Unreadable { .. } => "limits_unreadable",
            LimitsError::Order { .. } => "limits_order",
            LimitsError::Impossible { .. } => "limits_impossible",
        }
    }
}

impl From<&LimitsError> for Problem {
    fn from(error: &LimitsError) -> Self {
        let (LimitsError::Unreadable { kind }
        | LimitsError::Order { kind }
        | LimitsError::Impossible { kind }) = error;
        Problem::new(error.code()).with("field", kind.code())
    }
}

#[cfg(test)]
mod tests {
    use super::{MeasurementKind::*, *};

    #[test]
    fn limits_are_read_and_written() {
        let limits = |low, high| Ok(Limits { low, high });
        let cases = [
            (Pulse, "50–110", limits(50, 110), "50–110"),
            (Pulse, " 50 - 110 ", limits(50, 110), "50–110"),
            (Pulse, "50—110", limits(50, 110), "50–110"),
            (Pulse, "72–72", limits(72, 72), "72–72"),
            (Pulse, "15–300", limits(15, 300), "15–300"),
            (Temperature, "36-38,5", limits(360, 385), "36,0–38,5"),
            (Weight, "55.5–62", limits(555, 620), "55,5–62,0"),
            (Spo2, "88–92", limits(88, 92), "88–92"),
            (BloodPressure, "100–160", limits(100, 160), "100–160"),
            (Oxygen, "0–2", limits(0, 20), "0,0–2,0"),
        ];
        for (kind, text, expected, written) in cases {
            let read = Limits::parse(&kind, text);
            assert_eq!(read, expected, "{text}");
            let again = read.map(|limits| limits.format(&kind));
            assert_eq!(again.as_deref(), Ok(written), "{text}");
            assert_eq!(Limits::parse(&kind, written), expected, "{written}");
        }
    }

    #[test]
    fn what_is_no_limits_is_refused() {
        let cases = [
            (Pulse, "", "limits_unreadable"),
            (Pulse, "50", "limits_unreadable"),
            (Pulse, "–110", "limits_unreadable"),
            (Pulse, "50–", "limits_unreadable"),
            (Pulse, "50–110–120", "limits_unreadable"),
            (Pulse, "50,5–110", "limits_unreadable"),
            (Pulse, "lav–høy", "limits_unreadable"),
            (Pulse, "110–50", "limits_order"),
            (Pulse, "14–110", "limits_impossible"),
            (Pulse, "50–301", "limits_impossible"),
            (Consciousness, "A–C", "limits_unreadable"),
            (Unknown("mood".into()), "1–5", "limits_unreadable"),
        ];
        for (kind, text, code) in cases {
            let error = Limits::parse(&kind, text).err();
            assert_eq!(error.as_ref().map(LimitsError::code), Some(code), "{text}");
            let problem = error.as_ref().map(Problem::from);
            let field = problem.and_then(|problem| problem.args.get("field").cloned());
            assert_eq!(field.as_deref(), Some(kind.code()));
        }
    }

    #[test]
    fn both_ends_are_within() {
        use Standing::{Above, Below, Within};
        let limits = Limits { low: 50, high: 110 };
        let cases = [(0, Below), (49, Below), (50, Within), (110, Within), (111, Above)];
        for (value, expected) in cases {
            assert_eq!(limits.check(value), expected, "{value}");
        }
    }
}
