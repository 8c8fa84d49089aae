//! Where a journal ends on this tablet, and what became of a month that was asked for.

use kjent_core::command::Older;
use kjent_core::document::DocumentRef;
use kjent_core::ids::{ClientId, DocumentId};
use kjent_core::time::Month;
use kjent_core::view::OlderView;
use rusqlite::{OptionalExtension, params};

use crate::{Tablet, TabletError};

impl Tablet {
    /// What comes after the newest `shown` entries.
    pub(super) fn older(&self, client: ClientId, shown: u32) -> Result<OlderView, TabletError> {
        let entries: u32 = self
            .connection
            .prepare_cached(include_str!("count_entries.sql"))?
            .query_row([client.bytes()], |row| row.get(0))?;
        let more_here = entries > shown;
        let Some(mut from) = self.kept_since(client)? else {
            return Ok(OlderView { more_here, from: None });
        };
        // Months that were asked for are here as well.
        while self.is_here(DocumentRef::journal(client, from.previous()).id())? {
            from = from.previous();
        }
        Ok(OlderView { more_here, from: Some(from) })
    }

    /// What became of a month that was asked for.
    pub fn older_came(&self, client: ClientId, month: Month) -> Result<Older, TabletError> {
        let document = DocumentRef::journal(client, month).id();
        let mut asked = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM missing WHERE document = ?1)")?;
        Ok(if self.is_here(document)? {
            Older::Here
        } else if asked.query_row([document.bytes()], |row| row.get(0))? {
            Older::NoNetwork
        } else {
            Older::Nothing
        })
    }

    fn is_here(&self, document: DocumentId) -> Result<bool, TabletError> {
        let query = "SELECT EXISTS (SELECT 1 FROM document WHERE id = ?1)";
        let mut query = self.connection.prepare_cached(query)?;
        Ok(query.query_row([document.bytes()], |row| row.get(0))?)
    }

    /// From which month on the client's team keeps journals on tablets; `None` until all of them
    /// are here, and for a client of no team of the worker's.
    fn kept_since(&self, client: ClientId) -> Result<Option<Month>, TabletError> {
        let Some(team) = self.present_teams().find(|team| team.clients.contains(&client)) else {
            return Ok(None);
        };
        let mut query = self
            .connection
            .prepare_cached("SELECT since FROM team WHERE id = ?1 AND filled = 1")?;
        let since = query.query_row(params![team.id.bytes()], |row| row.get::<_, String>(0));
        Ok(since.optional()?.and_then(|month| month.parse().ok()))
    }
}
