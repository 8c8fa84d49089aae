//! Reading a plan's object: its fields, and every value where two tablets wrote at once.

use std::collections::BTreeMap;

use automerge::{Automerge, ObjId, ReadDoc, ScalarValue, Value};
use serde::de::DeserializeOwned;

use super::Actor;
use crate::plan::{
    Client, Contact, CriticalInfo, Decision, Goal, Intervention, Part, PlannedVisit,
};
use crate::time::Timestamp;

/// An object's fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// The value of each field that stands until a person chooses.
    pub values: serde_json::Map<String, serde_json::Value>,
    /// Where there are several values, all of them, the one that stands among them.
    pub conflicts: BTreeMap<String, Vec<Alternative>>,
}

/// One of several values of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The value.
    pub value: serde_json::Value,
    /// Who wrote it.
    pub actor: Actor,
    /// When, by the writer's clock, to the second.
    pub at: Timestamp,
}

impl Fields {
    /// The object as its struct. Fields that the struct doesn't know are skipped, not lost.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_value(serde_json::Value::Object(self.values.clone()))
    }

    /// Whether the object can be read as what its part holds.
    pub fn is_readable(&self, part: Part) -> bool {
        match part {
            Part::Client => self.read::<Client>().is_ok(),
            Part::Contacts => self.read::<Contact>().is_ok(),
            Part::CriticalInfo => self.read::<CriticalInfo>().is_ok(),
            Part::Decisions => self.read::<Decision>().is_ok(),
            Part::Goals => self.read::<Goal>().is_ok(),
            Part::Interventions => self.read::<Intervention>().is_ok(),
            Part::Visits => self.read::<PlannedVisit>().is_ok(),
        }
    }
}

pub(super) fn read(document: &Automerge, object: &ObjId) -> Fields {
    let mut fields = Fields::default();
    for key in document.keys(object) {
        let all = document.get_all(object, key.as_str()).unwrap_or_default();
        // Automerge lists the winner last.
        let Some((winner, _)) = all.last() else { continue };
        fields.values.insert(key.clone(), standing(winner));
        // Two who wrote the same at once don't disagree.
        if all.iter().any(|(value, _)| value != winner) {
            let alternatives =
                all.iter().filter_map(|(value, op)| alternative(document, value, op)).collect();
            fields.conflicts.insert(key, alternatives);
        }
    }
    fields
}

fn alternative(document: &Automerge, value: &Value<'_>, op: &ObjId) -> Option<Alternative> {
    let ObjId::Id(_, actor, _) = op else { return None };
    let hash = document.hash_for_opid(op)?;
    let seconds = document.get_change_meta_by_hash(&hash)?.timestamp;
    Some(Alternative {
        value: standing(value),
        actor: Actor::from_bytes(actor.to_bytes())?,
        at: Timestamp::from_millis(seconds.saturating_mul(1000)),
    })
}

/// A field's value as it is stored; `None` for what no field holds (null, lists, objects, fractions).
pub(super) fn scalar(value: &serde_json::Value) -> Option<ScalarValue> {
    match value {
        serde_json::Value::String(text) => Some(ScalarValue::Str(text.as_str().into())),
        serde_json::Value::Number(number) => number.as_i64().map(ScalarValue::Int),
        serde_json::Value::Bool(value) => Some(ScalarValue::Boolean(*value)),
        _ => None,
    }
}

/// A stored value as views and structs read it.
pub(super) fn json(value: &ScalarValue) -> serde_json::Value {
    match value {
        ScalarValue::Str(text) => text.as_str().into(),
        ScalarValue::Int(number) => (*number).into(),
        ScalarValue::Uint(number) => (*number).into(),
        ScalarValue::Boolean(value) => (*value).into(),
        // Written by a newer version; null makes the object unreadable rather than wrong.
        _ => serde_json::Value::Null,
    }
}

fn standing(value: &Value<'_>) -> serde_json::Value {
    value.as_scalar().map_or(serde_json::Value::Null, json)
}
