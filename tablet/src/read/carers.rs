//! Known faces: who came, and how often, in the last 28 days.

use chrono::Duration;
use kjent_core::ids::{ClientId, WorkerId};
use kjent_core::oslo;
use kjent_core::people::{Continuity, continuity};
use kjent_core::time::Timestamp;
use kjent_core::view::{AheadView, CarerView};
use rusqlite::params;

use super::plan::id;
use crate::{Tablet, TabletError};

/// How many days, today included, of those to come are shown.
const AHEAD_DAYS: i64 = 4;

impl Tablet {
    /// The carers of the last 28 days, most often first.
    pub(super) fn carers(&self, client: ClientId) -> Result<Vec<CarerView>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_carers.sql"))?;
        let since = oslo::start_of(oslo::day(self.now()) - Duration::days(27));
        let rows = query.query_map(params![client.bytes(), since.millis()], |row| {
            Ok((id(row, 0, WorkerId::from_bytes)?, row.get(1)?, row.get(2)?))
        })?;
        rows.map(|row| {
            let (worker, visits, last) = row?;
            let (name, profession) = self.name_and_profession(worker);
            Ok(CarerView {
                name,
                profession,
                visits,
                last: oslo::day(Timestamp::from_millis(last)),
            })
        })
        .collect()
    }

    /// How well the client knows them.
    pub(super) fn continuity(&self, client: ClientId) -> Result<Continuity, TabletError> {
        let visits: Vec<u32> = self.carers(client)?.iter().map(|carer| carer.visits).collect();
        Ok(continuity(&visits))
    }

    /// Who comes in the next days, and how often each has been there.
    pub(super) fn ahead(&self, client: ClientId) -> Result<Vec<AheadView>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_ahead.sql"))?;
        let today = oslo::day(self.now());
        let since = oslo::start_of(today - Duration::days(27));
        let end = oslo::start_of(today + Duration::days(AHEAD_DAYS));
        let bounds = params![client.bytes(), self.now().millis(), end.millis(), since.millis()];
        let rows = query.query_map(bounds, |row| {
            Ok((row.get::<_, i64>(0)?, id(row, 1, WorkerId::from_bytes)?, row.get(2)?))
        })?;
        rows.map(|row| {
            let (starts, worker, visits) = row?;
            let starts = oslo::local(Timestamp::from_millis(starts));
            Ok(AheadView { starts, name: self.worker_name(worker), visits })
        })
        .collect()
    }

    /// How many they are.
    pub(super) fn carer_count(&self, client: ClientId) -> Result<u32, TabletError> {
        let since = oslo::start_of(oslo::day(self.now()) - Duration::days(27));
        let mut query = self.connection.prepare_cached(
            "SELECT COUNT(DISTINCT author) FROM standing_fact
             WHERE client = ?1 AND kind = 'visit_report' AND happened >= ?2",
        )?;
        Ok(query.query_row(params![client.bytes(), since.millis()], |row| row.get(0))?)
    }
}
