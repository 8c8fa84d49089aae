//! Clients: in which team.

use kjent_core::ids::{ClientId, TeamId};
use rusqlite::{OptionalExtension, params};

use super::{ClientRow, Records, StoreError, columns};
use kjent_core::time::Timestamp;

impl Records<'_> {
    /// A client.
    pub fn client(&self, client: ClientId) -> Result<Option<ClientRow>, StoreError> {
        let team: Option<Vec<u8>> = self
            .transaction
            .prepare_cached("SELECT team FROM client WHERE id = ?1")?
            .query_row([client.bytes()], |row| row.get(0))
            .optional()?;
        let Some(team) = team else { return Ok(None) };
        Ok(Some(ClientRow {
            team: columns::id(TeamId::from_bytes(&team))?,
            responsible: self.responsible(client)?,
        }))
    }

    /// The clients whose care documents a migration left to be read.
    pub(crate) fn unprojected(&self) -> Result<Vec<ClientId>, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("SELECT client FROM unprojected ORDER BY client")?;
        let mut rows = statement.query([])?;
        let mut clients = Vec::new();
        while let Some(row) = rows.next()? {
            clients.push(columns::id(ClientId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?);
        }
        Ok(clients)
    }

    /// Notes that a client's care document has been read.
    pub(crate) fn is_projected(&self, client: ClientId) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("DELETE FROM unprojected WHERE client = ?1")?
            .execute([client.bytes()])?;
        Ok(())
    }

    /// The team that served a client at a moment.
    pub fn served_by(&self, client: ClientId, at: Timestamp) -> Result<Option<TeamId>, StoreError> {
        let team = self
            .transaction
            .prepare_cached(include_str!("served_by.sql"))?
            .query_row(params![client.bytes(), at.millis()], |row| row.get::<_, Vec<u8>>(0))
            .optional()?;
        team.map(|team| columns::id(TeamId::from_bytes(&team))).transpose()
    }

    /// Moves a client, with everything about them, to another team, at the end of its list. False
    /// when there is no such client, or they are in the team already.
    pub fn move_client(
        &self,
        client: ClientId,
        team: TeamId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(row) = self.client(client)?.filter(|row| row.team != team) else {
            return Ok(false);
        };
        self.transaction.prepare_cached(include_str!("add_served.sql"))?.execute(params![
            client.bytes(),
            at.millis(),
            row.team.bytes()
        ])?;
        self.transaction
            .prepare_cached(include_str!("move_client.sql"))?
            .execute(params![client.bytes(), team.bytes()])?;
        self.transaction
            .prepare_cached("UPDATE document SET team = ?2 WHERE client = ?1")?
            .execute(params![client.bytes(), team.bytes()])?;
        Ok(true)
    }
}
