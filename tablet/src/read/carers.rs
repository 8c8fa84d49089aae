//! Known faces: who came, and how often, in the last 28 days.

use chrono::{Duration, NaiveDateTime};
use kjent_core::ids::{ClientId, VisitId, WorkerId};
use kjent_core::oslo;
use kjent_core::people::{Continuity, continuity};
use kjent_core::time::Timestamp;
use kjent_core::view::{AheadView, CarerView};
use rusqlite::params;

use super::access::Bars;
use super::plan::id;
use crate::{Tablet, TabletError};

/// How many days, today included, of those to come are shown.
const AHEAD_DAYS: i64 = 4;

/// How many days ahead it is told that a visit has to be given to somebody else.
const TO_GIVE_DAYS: i64 = 14;

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
        self.ahead_past(client, &self.bars(client)?, AHEAD_DAYS)
    }

    /// When visits of the next days have to be given to somebody else.
    pub(super) fn to_give(
        &self,
        client: ClientId,
        bars: &Bars<'_>,
    ) -> Result<Vec<NaiveDateTime>, TabletError> {
        let ahead = self.ahead_past(client, bars, TO_GIVE_DAYS)?;
        let nobody_goes = ahead.into_iter().filter(|visit| visit.name.is_empty());
        Ok(nobody_goes.map(|visit| visit.starts).collect())
    }

    /// Who comes in so many days, past the client's bars.
    fn ahead_past(
        &self,
        client: ClientId,
        bars: &Bars<'_>,
        days: i64,
    ) -> Result<Vec<AheadView>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_ahead.sql"))?;
        let today = oslo::day(self.now());
        let since = oslo::start_of(today - Duration::days(27));
        let end = oslo::start_of(today + Duration::days(days));
        let bounds = params![client.bytes(), self.now().millis(), end.millis(), since.millis()];
        let rows = query.query_map(bounds, |row| {
            let visit = id(row, 0, VisitId::from_bytes)?;
            Ok((visit, row.get::<_, i64>(1)?, id(row, 2, WorkerId::from_bytes)?, row.get(3)?))
        })?;
        let rows: Vec<(VisitId, i64, WorkerId, u32)> = rows.collect::<Result<_, _>>()?;
        let mut ahead = Vec::new();
        for goers in rows.chunk_by(|one, next| one.0 == next.0) {
            let starts = |millis| oslo::local(Timestamp::from_millis(millis));
            let before = ahead.len();
            for (_, at, worker, visits) in goers.iter().filter(|it| !bars.keep_out(it.2)) {
                let name = self.worker_name(*worker);
                ahead.push(AheadView { starts: starts(*at), name, visits: *visits });
            }
            if let (Some((_, at, ..)), true) = (goers.first(), ahead.len() == before) {
                ahead.push(AheadView { starts: starts(*at), name: String::new(), visits: 0 });
            }
        }
        Ok(ahead)
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
