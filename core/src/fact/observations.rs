//! What was measured and asked at one time: measurements and the answers that scores are made of.

use serde::{Deserialize, Serialize};

use super::Content;
use crate::clinical::{
    FallAnswers, Measurement, MeasurementError, MeasurementKind, MstAnswers, News2, ScaleTwoOrder,
    news2,
};

/// Observations. A score is never stored: it is made anew from what it was scored with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observations {
    /// What was measured, of each kind at most once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measurements: Vec<Measurement>,
    /// The order for scale 2 that applied then; absent when there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale_two: Option<ScaleTwoOrder>,
    /// The answers about malnutrition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mst: Option<MstAnswers>,
    /// The answers about falling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fall: Option<FallAnswers>,
}

impl Observations {
    /// Whether nothing was measured and nothing answered.
    pub fn is_empty(&self) -> bool {
        self.measurements.is_empty() && self.mst.is_none() && self.fall.is_none()
    }

    /// What was measured of a kind.
    pub fn of(&self, kind: &MeasurementKind) -> Option<&Measurement> {
        self.measurements.iter().rfind(|measurement| measurement.kind == *kind)
    }

    /// Puts a measurement in the place of the one of its kind.
    pub fn set(&mut self, measurement: Measurement) {
        match self.measurements.iter_mut().find(|one| one.kind == measurement.kind) {
            Some(one) => *one = measurement,
            None => self.measurements.push(measurement),
        }
    }

    /// Takes a kind's measurement away.
    pub fn clear(&mut self, kind: &MeasurementKind) {
        self.measurements.retain(|one| one.kind != *kind);
    }

    /// NEWS2 of what was measured, on the scale that applied then.
    pub fn news2(&self) -> News2 {
        let seen = news2::Observations::of(&self.measurements);
        News2::score(&seen, self.scale_two.as_ref())
    }

    /// Refuses measurements that can't be.
    pub fn check(&self) -> Result<(), MeasurementError> {
        self.measurements.iter().try_for_each(Measurement::check)
    }
}

impl Content for Observations {
    fn texts(&self) -> Vec<&str> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_measured_once_and_the_later_value_stands() {
        let mut seen = Observations::default();
        assert!(seen.is_empty());
        seen.set(Measurement::number(MeasurementKind::Pulse, 76));
        seen.set(Measurement::blood_pressure(128, 74));
        seen.set(Measurement::number(MeasurementKind::Pulse, 82));
        let pulse = seen.of(&MeasurementKind::Pulse).and_then(Measurement::first);
        assert_eq!((pulse, seen.measurements.len()), (Some(82), 2));
        seen.clear(&MeasurementKind::Pulse);
        assert_eq!(seen.of(&MeasurementKind::Pulse), None);
        assert_eq!(seen.news2().total(), None, "a total of one parameter would be no total");
        seen.set(Measurement::number(MeasurementKind::Temperature, 3680));
        assert!(seen.check().is_err());
    }

    #[test]
    fn what_was_not_measured_takes_no_place() -> anyhow::Result<()> {
        assert_eq!(serde_json::to_string(&Observations::default())?, "{}");
        Ok(())
    }
}
