//! Reading the plan's objects out of the projection.

use std::collections::BTreeMap;

use kjent_core::ids::{ClientId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::{Client, CriticalInfo, Part};
use kjent_core::time::Timestamp;
use kjent_core::view::{CriticalView, FieldView, ValueView};
use rusqlite::{Row, params};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{Tablet, TabletError};

/// An object with its id and its fields' other values.
pub(super) struct Object<T> {
    pub id: Uuid,
    pub value: T,
    pub conflicts: BTreeMap<String, Vec<Standing>>,
}

/// One of several values of a field, as the projection holds it.
#[derive(Deserialize)]
pub(super) struct Standing {
    pub value: serde_json::Value,
    pub by: WorkerId,
    pub at: Timestamp,
}

impl Tablet {
    /// A part's objects that can be read, in the order of their ids. Those that can't are in
    /// `unreadable`.
    pub(super) fn plan<T: DeserializeOwned>(
        &self,
        client: ClientId,
        part: Part,
    ) -> Result<Vec<Object<T>>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_plan.sql"))?;
        let rows = query.query_map(params![client.bytes(), part.key()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        let mut objects = Vec::new();
        for row in rows {
            let (id, fields, conflicts): (Vec<u8>, String, Option<String>) = row?;
            let Ok(value) = serde_json::from_str(&fields) else { continue };
            let conflicts = conflicts.map(|text| serde_json::from_str(&text)).transpose()?;
            objects.push(Object {
                id: Uuid::from_slice(&id).map_err(|_| TabletError::Unreadable)?,
                value,
                conflicts: conflicts.unwrap_or_default(),
            });
        }
        Ok(objects)
    }

    /// The client's profile; `NotFound` for a client that isn't on this tablet.
    pub(super) fn profile(&self, client: ClientId) -> Result<Object<Client>, TabletError> {
        self.plan(client, Part::Client)?.into_iter().next().ok_or(TabletError::NotFound)
    }

    /// Critical information for the tags.
    pub(super) fn critical(&self, client: ClientId) -> Result<Vec<CriticalView>, TabletError> {
        let objects = self.plan::<CriticalInfo>(client, Part::CriticalInfo)?;
        let today = oslo::day(self.now());
        Ok(objects
            .into_iter()
            .map(|object| object.value)
            .filter(|it| it.is_current(today))
            .map(|it| CriticalView { kind: it.kind, label: it.label, details: it.details })
            .collect())
    }

    /// A field with all its values, each shown as `show` says.
    pub(super) fn field<T>(
        &self,
        object: &Object<T>,
        field: &str,
        value: String,
        show: impl Fn(&serde_json::Value) -> String,
    ) -> FieldView {
        FieldView { value, conflict: self.values(object, field, show) }
    }

    /// All the values of a field that has several.
    pub(super) fn values<T>(
        &self,
        object: &Object<T>,
        field: &str,
        show: impl Fn(&serde_json::Value) -> String,
    ) -> Vec<ValueView> {
        let standing = object.conflicts.get(field).map(Vec::as_slice).unwrap_or_default();
        standing
            .iter()
            .map(|one| ValueView {
                value: show(&one.value),
                by: self.worker_name(one.by),
                at: oslo::local(one.at),
            })
            .collect()
    }
}

/// A text field's value as it is.
pub(super) fn text(value: &serde_json::Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The name to use in a sentence.
pub(super) fn called(client: &Client) -> String {
    client
        .called
        .clone()
        .unwrap_or_else(|| client.name.split_whitespace().next().unwrap_or_default().to_owned())
}

/// Reads an id out of a row.
pub(super) fn id<Id>(
    row: &Row<'_>,
    column: usize,
    from_bytes: fn(&[u8]) -> Option<Id>,
) -> rusqlite::Result<Id> {
    let bytes: Vec<u8> = row.get(column)?;
    from_bytes(&bytes).ok_or(rusqlite::Error::InvalidQuery)
}
