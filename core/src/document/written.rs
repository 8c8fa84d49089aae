//! What a change writes, read outside any document: for people who look at one that was refused.

use std::panic::catch_unwind;

use automerge::ScalarValue;
use automerge::legacy::{Key, OpType};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Document, Fact, fields};

/// One thing that a change writes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Written {
    /// Under which key: a fact's id, an object's, a field's name.
    pub key: String,
    /// What: a fact with its body, a field's value, null where something is taken away, and an empty
    /// object where one is made.
    pub value: Value,
}

/// What a change writes; `None` when the bytes can't be read as one. They may be anything.
pub fn written(bytes: &[u8]) -> Option<Vec<Written>> {
    let change = Document::read_change(bytes).ok()?;
    let operations = catch_unwind(|| change.decode().operations).ok()?;
    let written = operations.into_iter().map(|op| Written {
        key: match op.key {
            Key::Map(key) => key.to_string(),
            Key::Seq(_) => String::new(),
        },
        value: match op.action {
            OpType::Put(ScalarValue::Bytes(bytes)) => fact(&bytes),
            OpType::Put(scalar) => fields::json(&scalar),
            OpType::Make(_) => json!({}),
            _ => Value::Null,
        },
    });
    Some(written.collect())
}

/// A fact with its body in words, as far as it can be read.
fn fact(bytes: &[u8]) -> Value {
    let Ok(fact) = Fact::open(bytes) else { return json!("?") };
    let body = fact.read().map(|body| body.to_json()).unwrap_or_default();
    json!({
        "kind": fact.kind,
        "client": fact.client,
        "author": fact.author,
        "written": fact.written,
        "happened": fact.happened,
        "amends": fact.amends,
        "body": body,
    })
}
