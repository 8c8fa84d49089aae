//! Clients: in which team, and who is responsible.

use kjent_core::ids::{ClientId, TeamId, WorkerId};
use rusqlite::{OptionalExtension, params};

use super::{ClientRow, Records, StoreError, columns};
use kjent_core::time::Timestamp;

impl Records<'_> {
    /// A client.
    pub fn client(&self, client: ClientId) -> Result<Option<ClientRow>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT team, primary_contact, service_lead FROM client WHERE id = ?1",
        )?;
        let row = statement.query_row([client.bytes()], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get(2)?))
        });
        let Some((team, primary_contact, service_lead)) = row.optional()? else { return Ok(None) };
        let worker = |column: Option<Vec<u8>>| {
            column.map(|bytes| columns::id(WorkerId::from_bytes(&bytes))).transpose()
        };
        Ok(Some(ClientRow {
            team: columns::id(TeamId::from_bytes(&team))?,
            responsible: [worker(primary_contact)?, worker(service_lead)?],
        }))
    }

    /// Writes who is responsible for a client: the primary contact and the service lead.
    pub fn set_responsible(
        &self,
        client: ClientId,
        [primary_contact, service_lead]: [Option<WorkerId>; 2],
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "UPDATE client SET primary_contact = ?2, service_lead = ?3 WHERE id = ?1",
            )?
            .execute(params![
                client.bytes(),
                primary_contact.as_ref().map(WorkerId::bytes),
                service_lead.as_ref().map(WorkerId::bytes),
            ])?;
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
