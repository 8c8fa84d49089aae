//! The value of a plan's field, as requests and facts carry it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One value: what a field of a plan holds. Dates and ids are texts, as the documents have them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Scalar {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
}

impl Scalar {
    /// A text without the spaces around it; nothing for one that is empty.
    pub fn text(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Scalar::Text(text.to_owned()))
    }

    /// The code of a date, an id, or an enum.
    pub fn code(code: impl ToString) -> Option<Self> {
        Some(Scalar::Text(code.to_string()))
    }

    /// A day, if there is one.
    pub fn day(day: Option<NaiveDate>) -> Option<Self> {
        day.and_then(Self::code)
    }

    /// The text, of one that is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Scalar::Text(text) => Some(text),
            _ => None,
        }
    }
}

#[cfg(feature = "documents")]
impl From<&Scalar> for serde_json::Value {
    fn from(scalar: &Scalar) -> Self {
        match scalar {
            Scalar::Flag(flag) => (*flag).into(),
            Scalar::Number(number) => (*number).into(),
            Scalar::Text(text) => text.as_str().into(),
        }
    }
}

#[cfg(feature = "documents")]
impl Scalar {
    /// A stored value; `None` for what no field of a plan holds.
    pub fn from_json(value: &serde_json::Value) -> Option<Self> {
        match value {
            serde_json::Value::Bool(flag) => Some(Scalar::Flag(*flag)),
            serde_json::Value::Number(number) => number.as_i64().map(Scalar::Number),
            serde_json::Value::String(text) => Some(Scalar::Text(text.clone())),
            _ => None,
        }
    }
}
