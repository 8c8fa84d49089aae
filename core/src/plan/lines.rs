//! A list as one scalar: each item as a line of its own.
//!
//! A field of a plan is one scalar, so that two tablets' lists are never mixed item by item.

use std::fmt::Display;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serializer, de::Error};

pub fn serialize<S: Serializer, T: Display>(items: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let lines: Vec<String> = items.iter().map(T::to_string).collect();
    serializer.serialize_str(&lines.join("\n"))
}

pub fn deserialize<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: Display>,
{
    let text = String::deserialize(deserializer)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| line.parse().map_err(D::Error::custom)).collect()
}
