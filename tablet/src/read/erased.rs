//! What was erased from a client's record: that it was, when and on what ground.

use kjent_core::ids::{ClientId, FactId, VisitId};
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use kjent_core::view::ErasedView;
use rusqlite::{OptionalExtension, Row};

use super::plan::id;
use crate::{Tablet, TabletError};

impl Tablet {
    /// A client's erased facts, those erased last first.
    pub(super) fn erased(&self, client: ClientId) -> Result<Vec<ErasedView>, TabletError> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, at, ground FROM erased_fact WHERE client = ?1 ORDER BY at DESC, id",
        )?;
        let rows = query.query_map([client.bytes()], erased_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The report of a visit that was erased last.
    pub(super) fn erased_report(&self, visit: VisitId) -> Result<Option<ErasedView>, TabletError> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, at, ground FROM erased_fact WHERE visit = ?1 ORDER BY at DESC, id LIMIT 1",
        )?;
        Ok(query.query_row([visit.bytes()], erased_row).optional()?)
    }
}

fn erased_row(row: &Row<'_>) -> rusqlite::Result<ErasedView> {
    Ok(ErasedView {
        fact: id(row, 0, FactId::from_bytes)?,
        at: oslo::local(Timestamp::from_millis(row.get(1)?)),
        ground: row.get(2)?,
    })
}
