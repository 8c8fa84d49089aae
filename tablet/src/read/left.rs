//! Clients who have left the worker's teams, and what keeps them on the tablet.

use kjent_core::ids::{ClientId, VisitId};
use kjent_core::view::LeftView;

use rusqlite::params;

use super::plan::id;
use crate::{Tablet, TabletError};

impl Tablet {
    /// Whether a team of the worker's has this client now.
    pub(super) fn serves(&self, client: ClientId) -> bool {
        self.present_teams().any(|team| team.clients.contains(&client))
    }

    /// Clients of no team of the worker's of whom something is not finished.
    pub(super) fn left_clients(&self) -> Result<Vec<LeftView>, TabletError> {
        let mut clients = self.connection.prepare_cached("SELECT DISTINCT client FROM document")?;
        let clients = clients.query_map([], |row| id(row, 0, ClientId::from_bytes))?;
        let mut left = Vec::new();
        for client in clients {
            let client = client?;
            if !self.serves(client) {
                left.extend(self.left_client(client)?);
            }
        }
        Ok(left)
    }

    fn left_client(&self, client: ClientId) -> Result<Option<LeftView>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_left.sql"))?;
        let view = query.query_row([client.bytes()], |row| {
            Ok(LeftView {
                client,
                client_name: String::new(),
                visits: Vec::new(),
                has_conversation: row.get(0)?,
                has_contact: row.get(1)?,
                has_observations: row.get(2)?,
                has_incident: row.get(3)?,
                has_note: row.get(4)?,
                has_waiting: row.get(5)?,
                has_refused: row.get(6)?,
            })
        })?;
        let mut query = self.connection.prepare_cached(
            "SELECT DISTINCT draft.about FROM draft LEFT JOIN visit ON visit.id = draft.about
             WHERE draft.kind IN ('visit', 'missed_contact', 'resisted_care')
                 AND (visit.client = ?1 OR json_extract(draft.body, '$.unplanned.client') = ?2)
             ORDER BY visit.starts",
        )?;
        let visits = query.query_map(params![client.bytes(), client.to_string()], |row| {
            id(row, 0, VisitId::from_bytes)
        })?;
        let visits: Vec<VisitId> = visits.collect::<Result<_, _>>()?;
        let keeps = view.has_conversation
            || view.has_contact
            || view.has_observations
            || view.has_incident
            || view.has_note
            || view.has_waiting
            || view.has_refused;
        if visits.is_empty() && !keeps {
            return Ok(None);
        }
        Ok(Some(LeftView { client_name: self.client_name(client)?, visits, ..view }))
    }
}
