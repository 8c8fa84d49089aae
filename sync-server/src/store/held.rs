//! What is on which tablet: the clients whose documents were given to a profile.

use std::collections::BTreeSet;

use kjent_core::ids::{ClientId, TabletId};
use kjent_core::time::Timestamp;
use rusqlite::params;

use super::{Records, StoreError, columns};

/// A client whose documents were given to a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldRow {
    /// Whose documents.
    pub client: ClientId,
    /// When the first of them was given.
    pub since: Timestamp,
    /// When the profile was told to let go of them.
    pub until: Option<Timestamp>,
}

impl Records<'_> {
    /// Everything that was given to a profile, the oldest first.
    pub fn held(&self, tablet: TabletId) -> Result<Vec<HeldRow>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT client, since, until FROM held WHERE tablet = ?1 ORDER BY since, client",
        )?;
        let mut rows = statement.query([tablet.bytes()])?;
        let mut held = Vec::new();
        while let Some(row) = rows.next()? {
            held.push(HeldRow {
                client: columns::id(ClientId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?,
                since: Timestamp::from_millis(row.get(1)?),
                until: row.get::<_, Option<i64>>(2)?.map(Timestamp::from_millis),
            });
        }
        Ok(held)
    }

    /// The clients whose documents are with a profile now.
    pub fn holds(&self, tablet: TabletId) -> Result<BTreeSet<ClientId>, StoreError> {
        let held = self.held(tablet)?.into_iter().filter(|row| row.until.is_none());
        Ok(held.map(|row| row.client).collect())
    }

    /// Writes down that a client's documents are given to a profile that has none of theirs.
    pub fn give(
        &self,
        tablet: TabletId,
        client: ClientId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let give = "INSERT OR REPLACE INTO held (tablet, since, client) VALUES (?1, ?2, ?3)";
        self.hold(give, tablet, Some(client), at)
    }

    /// Writes down that a profile was told to let go of a client's documents; without a client, of
    /// everything.
    pub fn let_go_of(
        &self,
        tablet: TabletId,
        client: Option<ClientId>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.hold(include_str!("let_go.sql"), tablet, client, at)
    }

    fn hold(
        &self,
        act: &str,
        tablet: TabletId,
        client: Option<ClientId>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let client = client.as_ref().map(ClientId::bytes);
        let mut act = self.transaction.prepare_cached(act)?;
        act.execute(params![tablet.bytes(), at.millis(), client])?;
        Ok(())
    }
}
