//! Who this profile is, to the server and in every change: kept in the encrypted database.

use kjent_core::document::Actor;
use kjent_core::ids::{TabletId, WorkerId};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use crate::TabletError;

/// The profile's identity.
#[derive(Clone, Serialize, Deserialize)]
pub struct Identity {
    /// The bearer token: a secret, and good together with the device's key only.
    pub token: String,
    /// The worker.
    pub worker: WorkerId,
    /// The tablet's half of the actor.
    pub tablet: TabletId,
}

impl Identity {
    /// The actor of everything that is written here.
    pub fn actor(&self) -> Actor {
        Actor { worker: self.worker, tablet: self.tablet }
    }

    pub(crate) fn save(&self, connection: &Connection) -> Result<(), TabletError> {
        connection.execute(
            "INSERT OR REPLACE INTO setting (key, value) VALUES ('identity', ?1)",
            [serde_json::to_string(self)?],
        )?;
        Ok(())
    }

    /// From a text that `save` has written.
    pub(crate) fn read(text: &str) -> Result<Self, TabletError> {
        Ok(serde_json::from_str(text)?)
    }

    pub(crate) fn load(connection: &Connection) -> Result<Self, TabletError> {
        let text: Option<String> = connection
            .query_row("SELECT value FROM setting WHERE key = 'identity'", [], |row| row.get(0))
            .optional()?;
        Self::read(&text.ok_or(TabletError::ProfileDamaged)?)
    }
}
