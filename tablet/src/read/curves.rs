//! What has been measured of a client, with the client's limits.

use kjent_core::clinical::mst;
use kjent_core::fact::{FactBody, FactKind};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::{Decision, Part};
use kjent_core::policy::may_edit;
use kjent_core::time::Timestamp;
use kjent_core::view::{CurvesView, LimitView, SetView};

use super::client::age;
use super::plan::{called, id};
use crate::{Tablet, TabletError};

impl Tablet {
    /// All that has been measured of a client and is on the tablet.
    pub fn read_curves(&self, client: ClientId) -> Result<CurvesView, TabletError> {
        self.opened(client, false, self.curves_view(client))
    }

    fn curves_view(&self, client: ClientId) -> Result<CurvesView, TabletError> {
        self.check_reads_record(client)?;
        let profile = self.profile(client)?.value;
        let today = oslo::day(self.now());
        let me = self.identity.worker;
        let responsible = profile.is_responsible(me, today);
        let role = self.role_for(client);
        let limits = profile.limits.0.iter();
        let limits =
            limits.map(|(kind, text)| LimitView { kind: kind.clone(), text: text.clone() });
        let limits = limits.collect();
        let sets = self.observation_sets(client)?;
        let last_mst = sets.iter().rev().find(|set| set.observations.mst.is_some());
        let last_mst = last_mst.map(|set| set.at.date());
        let decisions = self.plan::<Decision>(client, Part::Decisions)?;
        let began = decisions.into_iter().map(|decision| decision.value.valid_from).min();
        Ok(CurvesView {
            client,
            called: called(&profile),
            name: profile.name,
            age: profile.birth_date.and_then(|born| age(born, today)),
            today,
            scale_two: profile.spo2_scale2_order,
            limits,
            may_set_limits: role.is_some_and(|role| may_edit(&role, responsible, Part::Client)),
            mst_due: began.map(|began| mst::due(began, last_mst)),
            sets,
        })
    }

    fn observation_sets(&self, client: ClientId) -> Result<Vec<SetView>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_observations.sql"))?;
        let rows = query.query_map([client.bytes()], |row| {
            let fact = id(row, 0, FactId::from_bytes)?;
            let author = id(row, 1, WorkerId::from_bytes)?;
            let kind = FactKind::from_code(&row.get::<_, String>(3)?);
            Ok((fact, author, row.get::<_, i64>(2)?, kind, row.get::<_, Vec<u8>>(4)?))
        })?;
        let mut sets = Vec::new();
        for row in rows {
            let (fact, author, happened, kind, body) = row?;
            // What can't be read is in `unreadable` and counted there.
            let Ok(body) = FactBody::from_bytes(&kind, &body) else { continue };
            if let Some(observations) = body.observations() {
                sets.push(SetView {
                    fact,
                    at: oslo::local(Timestamp::from_millis(happened)),
                    by: self.worker_name(author),
                    observations: observations.clone(),
                });
            }
        }
        Ok(sets)
    }
}
