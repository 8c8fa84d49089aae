//! What came late: beside its entry for all, as a list for the team lead.

use kjent_core::fact::FactKind;
use kjent_core::ids::{ClientId, FactId, TeamId};
use kjent_core::oslo;
use kjent_core::protocol::LateWork;
use kjent_core::team::Role;
use kjent_core::view::{LateView, LateWorkView, WorkView};
use rusqlite::params;

use super::readiness::count;
use super::sync::CLOCK_TOLERANCE;
use crate::{Tablet, TabletError};

/// For how long the lead's list shows it, in minutes.
const SHOWN: i64 = 14 * 24 * 60;

impl Tablet {
    /// What came late in the last 14 days in the teams that the worker leads, newest first.
    pub fn read_late_work(&self) -> Result<Vec<LateWorkView>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_late.sql"))?;
        let mut all = Vec::new();
        for team in self.led_teams() {
            let since = self.now().plus_minutes(-SHOWN).millis();
            let mut rows = query.query(params![team.bytes(), since])?;
            while let Some(row) = rows.next()? {
                let work: LateWork = serde_json::from_str(&row.get::<_, String>(0)?)?;
                let kind: Option<String> = row.get(1)?;
                let client = work.document.client;
                let fact: Option<FactId> = work.fact.filter(|_| kind.is_some());
                let what = match (&kind, work.part) {
                    (None, Some(part)) => WorkView::Plan(part),
                    (kind, _) => {
                        WorkView::Fact(kind.as_deref().map_or(FactKind::Note, FactKind::from_code))
                    }
                };
                let client_name = self.client_name(client)?;
                all.push((
                    work.received,
                    LateWorkView { client, client_name, what, fact, late: self.late_view(&work) },
                ));
            }
        }
        all.sort_by_key(|(received, _)| std::cmp::Reverse(*received));
        Ok(all.into_iter().map(|(_, view)| view).collect())
    }

    /// How much that is.
    pub(super) fn late_work_count(&self) -> Result<u32, TabletError> {
        if self.led_teams().is_empty() { Ok(0) } else { Ok(count(self.read_late_work()?.len())) }
    }

    /// What made a piece of work late.
    pub(super) fn late_view(&self, work: &LateWork) -> LateView {
        let off = work.sent.millis().saturating_sub(work.received.millis());
        LateView {
            author: self.worker_name(work.worker),
            written: oslo::local(work.written),
            received: oslo::local(work.received),
            tablet_clock: (off.abs() > CLOCK_TOLERANCE).then(|| oslo::local(work.sent)),
            reason: work.reason,
        }
    }

    /// The client's name; empty for one that isn't on this tablet.
    pub(super) fn client_name(&self, client: ClientId) -> Result<String, TabletError> {
        match self.profile(client) {
            Ok(profile) => Ok(profile.value.name),
            Err(TabletError::NotFound) => Ok(String::new()),
            Err(error) => Err(error),
        }
    }

    pub(super) fn led_teams(&self) -> Vec<TeamId> {
        let (me, today) = (self.identity.worker, oslo::day(self.now()));
        self.present_teams()
            .filter(|team| team.role_on(me, today) == Some(Role::TeamLead))
            .map(|team| team.id)
            .collect()
    }
}
