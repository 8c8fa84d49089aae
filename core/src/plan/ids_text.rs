//! A list of ids as one scalar: the ids with spaces between them.
//!
//! A field of a plan is one scalar, so that two tablets' lists are never mixed item by item.

use std::fmt::Display;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serializer, de::Error};

pub fn serialize<S: Serializer, Id: Display>(ids: &[Id], serializer: S) -> Result<S::Ok, S::Error> {
    let texts: Vec<String> = ids.iter().map(Id::to_string).collect();
    serializer.serialize_str(&texts.join(" "))
}

pub fn deserialize<'de, D, Id>(deserializer: D) -> Result<Vec<Id>, D::Error>
where
    D: Deserializer<'de>,
    Id: FromStr<Err: Display>,
{
    let text = String::deserialize(deserializer)?;
    text.split_whitespace().map(|id| id.parse().map_err(D::Error::custom)).collect()
}
