//! What is measured outside a visit, and putting right what was measured.

use kjent_core::fact::Observations;
use kjent_core::ids::{ClientId, FactId};
use kjent_core::time::Timestamp;
use kjent_core::view::ChangeSet;
use rusqlite::{OptionalExtension, params};

use super::draft::{self, DraftKind};
use crate::{Tablet, TabletError};

impl Tablet {
    /// What has been measured outside a visit so far and is not signed.
    pub fn read_observations_draft(&self, client: ClientId) -> Result<Observations, TabletError> {
        let draft = draft::load(&self.connection, DraftKind::Observations, client.bytes())?;
        Ok(draft.map(|(draft, _)| draft).unwrap_or_default())
    }

    /// Saves what has been measured so far.
    pub fn save_observations_draft(
        &mut self,
        client: ClientId,
        draft: &Observations,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            writing.team_of(client)?;
            draft::save(&writing.tx, DraftKind::Observations, client.bytes(), draft, writing.now)
        })?;
        Ok(done.1)
    }

    /// Signs what was measured outside a visit.
    pub fn finish_observations(
        &mut self,
        client: ClientId,
        draft: &Observations,
    ) -> Result<ChangeSet, TabletError> {
        if draft.is_empty() {
            return Err(TabletError::NothingWritten);
        }
        draft.check()?;
        let done = self.transact(|writing| {
            let (kind, about) = (DraftKind::Observations, client.bytes());
            let happened = draft::happened(&writing.tx, kind, about, writing.now)?;
            writing.add_fact(client, happened, None, draft.clone())?;
            draft::discard(&writing.tx, kind, about)
        })?;
        Ok(done.1)
    }

    /// Puts right what was measured: these observations take the place of those of an entry, at the
    /// time of that entry. What stood there stays in the journal.
    pub fn record_observations(
        &mut self,
        client: ClientId,
        amends: FactId,
        observations: &Observations,
    ) -> Result<ChangeSet, TabletError> {
        observations.check()?;
        let done = self.transact(|writing| {
            let happened: Option<i64> = writing
                .tx
                .prepare_cached("SELECT happened FROM fact WHERE id = ?1 AND client = ?2")?
                .query_row(params![amends.bytes(), client.bytes()], |row| row.get(0))
                .optional()?;
            let happened = Timestamp::from_millis(happened.ok_or(TabletError::NotFound)?);
            writing.add_fact(client, happened, Some(amends), observations.clone())
        })?;
        Ok(done.1)
    }
}
