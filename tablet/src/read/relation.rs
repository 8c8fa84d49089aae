//! What the worker has to do with a client now: from this follows why she opens the record.

use kjent_core::access::Relation;
use kjent_core::ids::ClientId;
use kjent_core::oslo;

use super::access::Bars;
use crate::{Tablet, TabletError};

/// Around midnight a shift's visits are of two days, in minutes.
const SHIFT: i64 = 10 * 60;

impl Tablet {
    /// What the worker has to do with a client; nothing, for one that isn't on this tablet.
    pub(crate) fn relation(&self, client: ClientId) -> Result<Relation, TabletError> {
        let me = self.identity.worker;
        let profile = match self.profile(client) {
            Ok(profile) => profile.value,
            Err(TabletError::NotFound) => return Ok(Relation::default()),
            Err(error) => return Err(error),
        };
        Ok(Relation {
            break_glass: self.granted_until(client).is_some(),
            before_door: false,
            visit_today: self.visits_today(client)?,
            responsible: profile.is_responsible(me, oslo::day(self.now())),
            follow_up: self.open_threads(Some(client))?.iter().any(|thread| thread.mine),
            handover: self.is_handed_over(client)?,
        })
    }

    /// Whether one of the visits to the client today, or in this shift, is the worker's.
    pub(super) fn visits_today(&self, client: ClientId) -> Result<bool, TabletError> {
        let now = self.now();
        let day = oslo::day(now);
        let from = oslo::start_of(day).min(now.plus_minutes(-SHIFT));
        let end = day.succ_opt().map_or(now, oslo::start_of).max(now.plus_minutes(SHIFT));
        let mut rows = self.planned_between(from, end)?;
        rows.extend(self.unplanned_since(from)?);
        for row in rows.iter().filter(|row| row.client == client) {
            if self.goes(row, &Bars::default())?.mine {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
