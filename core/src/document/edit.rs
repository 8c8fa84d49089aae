//! Writing: an edit becomes operations of the change under way.

use automerge::transaction::{Transactable, Transaction};
use automerge::{ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use serde::Serialize;
use uuid::Uuid;

use super::{DocumentError, FACTS, fields};
use crate::cbor::NotCbor;
use crate::ids::FactId;
use crate::plan::Part;

/// Something to write into a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Add a fact.
    AddFact {
        /// Its id.
        id: FactId,
        /// Its sealed bytes.
        bytes: Vec<u8>,
    },
    /// Write a field of a plan's object; the object is made when it isn't there. Null takes the
    /// field away.
    SetField {
        /// Which part.
        part: Part,
        /// Which object; nil for the client's profile.
        object: Uuid,
        /// Which field.
        field: String,
        /// What: a text, a whole number, a boolean or null.
        value: serde_json::Value,
    },
}

impl Edit {
    /// The edits that make a whole object of a plan.
    pub fn make<T: Serialize>(part: Part, object: Uuid, value: &T) -> Result<Vec<Self>, NotCbor> {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::Object(fields)) => Ok(fields
                .into_iter()
                .map(|(field, value)| Edit::SetField { part, object, field, value })
                .collect()),
            _ => Err(NotCbor),
        }
    }
}

/// Writes one edit. A field that holds the value already, and no other, is left alone.
pub(super) fn write(writing: &mut Transaction<'_>, edit: &Edit) -> Result<(), DocumentError> {
    match edit {
        Edit::AddFact { id, bytes } => {
            let facts = map(writing, FACTS)?;
            let key = id.to_string();
            if writing.get(&facts, key.as_str())?.is_some() {
                return Err(DocumentError::FactExists);
            }
            writing.put(&facts, key, ScalarValue::Bytes(bytes.clone()))?;
        }
        Edit::SetField { part, object, field, value } => {
            let target = object_map(writing, *part, *object)?;
            let standing = writing.get_all(&target, field.as_str())?;
            match fields::scalar(value) {
                None if standing.is_empty() => {}
                None => writing.delete(&target, field.as_str())?,
                Some(scalar) => {
                    let same = |(value, _): &(Value<'_>, ObjId)| value.as_scalar() == Some(&scalar);
                    if standing.len() != 1 || !standing.iter().all(same) {
                        writing.put(&target, field.as_str(), scalar)?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn map(writing: &Transaction<'_>, key: &'static str) -> Result<ObjId, DocumentError> {
    match writing.get(ROOT, key)? {
        Some((Value::Object(ObjType::Map), id)) => Ok(id),
        _ => Err(DocumentError::NoSuchMap(key)),
    }
}

fn object_map(
    writing: &mut Transaction<'_>,
    part: Part,
    object: Uuid,
) -> Result<ObjId, DocumentError> {
    let root = map(writing, part.key())?;
    if part == Part::Client {
        return Ok(root);
    }
    let key = object.to_string();
    match writing.get(&root, key.as_str())? {
        Some((Value::Object(ObjType::Map), id)) => Ok(id),
        _ => Ok(writing.put_object(&root, key, ObjType::Map)?),
    }
}
