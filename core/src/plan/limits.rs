//! The client's own limits, in the profile's fields `limit_…`: one scalar for each kind.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clinical::{Limits, MeasurementKind};

const LIMIT: &str = "limit_";

/// The field that holds a kind's limits.
pub fn limit_field(kind: &MeasurementKind) -> String {
    format!("{LIMIT}{}", kind.code())
}

/// The kind whose limits the field holds.
pub fn of_limit_field(field: &str) -> Option<MeasurementKind> {
    field.strip_prefix(LIMIT).map(MeasurementKind::from_code)
}

/// Limits by kind, as texts: a newer version's kind is carried unread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientLimits(pub BTreeMap<MeasurementKind, String>);

impl ClientLimits {
    /// The limits of a kind; `None` where there are none that can be read.
    pub fn of(&self, kind: &MeasurementKind) -> Option<Limits> {
        self.0.get(kind).and_then(|text| Limits::parse(kind, text).ok())
    }
}

impl Serialize for ClientLimits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (kind, text) in &self.0 {
            map.serialize_entry(&limit_field(kind), text)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for ClientLimits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

/// Picks the fields of limits out of all the profile's fields.
struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = ClientLimits;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the fields of a profile")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut limits = BTreeMap::new();
        while let Some(field) = map.next_key::<String>()? {
            match of_limit_field(&field) {
                Some(kind) => {
                    if let Some(text) = map.next_value::<Option<String>>()? {
                        limits.insert(kind, text);
                    }
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(ClientLimits(limits))
    }
}
