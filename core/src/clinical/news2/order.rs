//! A doctor's order that saturation is scored on scale 2: who ordered it and when.
//!
//! It is one scalar of the client's profile: «2026-03-01 Kari Lege, fastlege».

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ScaleTwoOrder {
    date: NaiveDate,
    doctor: String,
}

/// A text that is not a day and a doctor's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an order has a day and a doctor's name")]
pub struct NotAnOrder;

impl ScaleTwoOrder {
    /// An order of a doctor, who must be named.
    pub fn new(date: NaiveDate, doctor: &str) -> Result<Self, NotAnOrder> {
        match doctor.trim() {
            "" => Err(NotAnOrder),
            doctor => Ok(Self { date, doctor: doctor.to_owned() }),
        }
    }

    /// The day of the order.
    pub const fn date(&self) -> NaiveDate {
        self.date
    }

    /// Who ordered it.
    pub fn doctor(&self) -> &str {
        &self.doctor
    }
}

impl FromStr for ScaleTwoOrder {
    type Err = NotAnOrder;

    fn from_str(text: &str) -> Result<Self, NotAnOrder> {
        let (date, doctor) = text.split_once(' ').ok_or(NotAnOrder)?;
        Self::new(date.parse().map_err(|_| NotAnOrder)?, doctor)
    }
}

impl fmt::Display for ScaleTwoOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date, self.doctor)
    }
}

impl TryFrom<String> for ScaleTwoOrder {
    type Error = NotAnOrder;
    fn try_from(text: String) -> Result<Self, NotAnOrder> {
        text.parse()
    }
}

impl From<ScaleTwoOrder> for String {
    fn from(order: ScaleTwoOrder) -> Self {
        order.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_names_its_day_and_its_doctor() {
        let order = "2026-03-01 Kari Lege, fastlege".parse::<ScaleTwoOrder>();
        let date = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
        assert_eq!(order, ScaleTwoOrder::new(date, " Kari Lege, fastlege "));
        let json = order.ok().and_then(|order| serde_json::to_string(&order).ok());
        assert_eq!(json.as_deref(), Some("\"2026-03-01 Kari Lege, fastlege\""));
        for text in ["", "2026-03-01", "2026-03-01 ", "Kari Lege", "2026-13-01 Kari Lege"] {
            assert_eq!(text.parse::<ScaleTwoOrder>(), Err(NotAnOrder), "{text}");
        }
    }
}
