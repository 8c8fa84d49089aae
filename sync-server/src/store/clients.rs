//! Clients: in which team, and who is responsible.

use kjent_core::ids::{ClientId, TeamId, WorkerId};
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError, columns};

/// What the server must know of a client to judge a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientRow {
    /// The team that serves the client.
    pub team: TeamId,
    /// The primary contact and the service lead, as the care document says.
    pub responsible: [Option<WorkerId>; 2],
}

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
}
