//! Who makes a visit instead of the one who was to, and whether it is made.

use kjent_core::cbor;
use kjent_core::fact::VisitCancelled;
use kjent_core::ids::{VisitId, WorkerId};
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use kjent_core::view::VisitState;
use rusqlite::{OptionalExtension, params};

use super::plan::id;
use crate::{Tablet, TabletError};

impl Tablet {
    /// Everyone who has taken the visit over and not given it back, the first one first.
    pub(super) fn taken_over_by(&self, visit: VisitId) -> Result<Vec<WorkerId>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_taken_over.sql"))?;
        let rows =
            query.query_map(params![visit.bytes()], |row| id(row, 0, WorkerId::from_bytes))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether the visit was cancelled and not taken up again.
    pub(super) fn cancelled(&self, visit: VisitId) -> Result<Option<VisitState>, TabletError> {
        let mut query = self.connection.prepare_cached(
            "SELECT kind, author, written, body FROM fact
             WHERE visit = ?1 AND kind IN ('visit_cancelled', 'visit_reinstated')
             ORDER BY written DESC, id DESC LIMIT 1",
        )?;
        let latest = query.query_row([visit.bytes()], |row| {
            Ok((
                row.get::<_, String>(0)?,
                id(row, 1, WorkerId::from_bytes)?,
                Timestamp::from_millis(row.get(2)?),
                row.get::<_, Vec<u8>>(3)?,
            ))
        });
        let Some((kind, author, at, body)) = latest.optional()? else { return Ok(None) };
        if kind != "visit_cancelled" {
            return Ok(None);
        }
        let VisitCancelled { reason, words, .. } = cbor::read(&body)?;
        let by = self.worker_name(author);
        Ok(Some(VisitState::Cancelled { at: oslo::local(at), by, reason, words }))
    }
}
