//! Who makes a visit instead of the one who was to, and whether it is made.

use kjent_core::fact::{FactBody, FactKind, MissedContact, VisitCancelled};
use kjent_core::ids::{VisitId, WorkerId};
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use kjent_core::view::{VisitState, WrongPersonView};
use rusqlite::{OptionalExtension, params};

use super::journal::entry_state;
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

    /// Who signed a report of it last that was about somebody else.
    pub(super) fn wrong_person(
        &self,
        visit: VisitId,
    ) -> Result<Option<WrongPersonView>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_wrong_person.sql"))?;
        let said = query.query_row([visit.bytes()], |row| {
            Ok(WrongPersonView {
                by: self.worker_name(id(row, 0, WorkerId::from_bytes)?),
                at: oslo::local(Timestamp::from_millis(row.get(1)?)),
            })
        });
        Ok(said.optional()?)
    }

    /// What was last said of a visit without a report: that it is cancelled, that the client wasn't
    /// met, or that it is made after all.
    pub(super) fn not_made(&self, visit: VisitId) -> Result<Option<VisitState>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_not_made.sql"))?;
        let latest = query.query_row([visit.bytes()], |row| {
            Ok((
                row.get::<_, String>(0)?,
                id(row, 1, WorkerId::from_bytes)?,
                oslo::local(Timestamp::from_millis(row.get(2)?)),
                row.get::<_, Vec<u8>>(3)?,
                entry_state(row.get(4)?, row.get::<_, Option<String>>(5)?.as_deref()),
            ))
        });
        let Some((kind, author, at, body, report)) = latest.optional()? else { return Ok(None) };
        let by = self.worker_name(author);
        Ok(match FactBody::from_bytes(&FactKind::from_code(&kind), &body)? {
            FactBody::VisitCancelled(VisitCancelled { reason, words, .. }) => {
                Some(VisitState::Cancelled { at, by, reason, words })
            }
            FactBody::MissedContact(MissedContact { outcome, .. }) => {
                Some(VisitState::NotMet { at, by, outcome, report })
            }
            _ => None,
        })
    }
}
