//! Measurements as people write them: «36,8», «128/74».

use super::{Consciousness, Measurement, MeasurementError, MeasurementKind, Value};

/// Longer than any number that is measured; the rest is a slip or a scan.
const MAX_DIGITS: usize = 6;

impl Measurement {
    /// Reads what a person typed, with comma or point, with or without the unit, and checks it.
    pub fn parse(kind: MeasurementKind, text: &str) -> Result<Self, MeasurementError> {
        let unreadable = || MeasurementError::Unreadable { kind: kind.clone() };
        let scale = kind.scale().ok_or_else(unreadable)?;
        let text = text.trim().to_lowercase();
        let unit = scale.unit.to_lowercase();
        let text = text.strip_suffix(&unit).unwrap_or(&text).trim_end();
        let value = match kind {
            MeasurementKind::Consciousness => {
                Value::Code(Consciousness::from_code(&text.to_uppercase()).code().to_owned())
            }
            // A keyboard of digits may lack the slash.
            MeasurementKind::BloodPressure => Value::Numbers(
                text.split(|letter: char| {
                    matches!(letter, '/' | '-' | '–') || letter.is_whitespace()
                })
                .filter(|part| !part.is_empty())
                .map(|part| read_number(&kind, part))
                .collect::<Result<_, _>>()?,
            ),
            _ => Value::Number(read_number(&kind, text)?),
        };
        let measurement = Measurement { kind, value };
        measurement.check()?;
        Ok(measurement)
    }

    /// The value as it is shown, with comma and without its unit. What a newer version wrote is
    /// shown as its bare numbers.
    pub fn format(&self) -> String {
        let decimals = self.kind.scale().map_or(0, |scale| scale.decimals);
        match &self.value {
            Value::Code(code) => code.clone(),
            Value::Number(_) | Value::Numbers(_) => {
                let numbers = self.numbers().iter().map(|number| write_number(*number, decimals));
                numbers.collect::<Vec<_>>().join("/")
            }
        }
    }
}

/// Reads a number into the kind's smallest shown unit. No sign, no exponent, never rounded.
pub(crate) fn read_number(kind: &MeasurementKind, text: &str) -> Result<i32, MeasurementError> {
    let unreadable = || MeasurementError::Unreadable { kind: kind.clone() };
    let decimals = kind.scale().map_or(0, |scale| scale.decimals);
    let (whole, fraction) = match text.split_once([',', '.']) {
        Some((_, "")) => return Err(unreadable()),
        Some((whole, fraction)) => (whole, fraction),
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || text.len() > MAX_DIGITS {
        return Err(unreadable());
    }
    if fraction.len() > usize::from(decimals) {
        return Err(MeasurementError::TooPrecise { kind: kind.clone(), decimals });
    }
    let padded = format!("{whole}{fraction:0<width$}", width = usize::from(decimals));
    padded.parse().map_err(|_| unreadable())
}

/// Writes a number with its decimals after a comma.
pub(crate) fn write_number(number: i32, decimals: u8) -> String {
    if decimals == 0 {
        return number.to_string();
    }
    let sign = if number < 0 { "-" } else { "" };
    let width = usize::from(decimals);
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = width + 1);
    let (whole, fraction) = digits.split_at(digits.len() - width);
    format!("{sign}{whole},{fraction}")
}
