//! Decisions, and what was delivered against them.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::{Duration, NaiveDate};
use kjent_core::cbor;
use kjent_core::fact::{DeliveryExplained, VisitReport};
use kjent_core::ids::{ClientId, DecisionId, InterventionId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::decision::{Delivered, appeal_deadline, undecided_since};
use kjent_core::plan::{Decision, Intervention, Part};
use kjent_core::time::Timestamp;
use kjent_core::view::{DecisionView, DeliveryView, ExplanationView};
use rusqlite::params;

use super::plan::{Object, id};
use crate::{Tablet, TabletError};

/// The days that delivered is counted over: whole weeks, so that weekdays don't tilt them.
const DAYS: i64 = 28;

impl Tablet {
    /// The client's decisions, the one that lasts longest first.
    pub(super) fn decisions(
        &self,
        client: ClientId,
        today: NaiveDate,
    ) -> Result<Vec<DecisionView>, TabletError> {
        let (from, to) = (today - Duration::days(DAYS), today - Duration::days(1));
        let mut delivered = self.delivered(client, from, to)?;
        let mut explained = self.explanations(client, from)?;
        let decisions = self.plan::<Decision>(client, Part::Decisions)?;
        let mut views: Vec<DecisionView> = decisions
            .into_iter()
            .map(|Object { id, value: decision, .. }| {
                let id = DecisionId(id);
                let mut warnings = decision.contradictions();
                warnings.extend(decision.missing());
                let granted = decision.granted(from, to);
                DecisionView {
                    id,
                    standing: decision.standing(today),
                    warnings,
                    appeal_by: decision
                        .received_on
                        .map(appeal_deadline)
                        .filter(|day| *day >= today),
                    delivery: granted.map(|granted| DeliveryView {
                        from: from.max(decision.valid_from),
                        to: to.min(decision.valid_to),
                        granted,
                        delivered: delivered.remove(&id).unwrap_or_default(),
                        explained: explained.remove(&id).unwrap_or_default(),
                    }),
                    decision,
                }
            })
            .collect();
        views.sort_by_key(|view| Reverse((view.decision.valid_to, view.id)));
        Ok(views)
    }

    /// Since when the client has visits without a decision, when that is due to be looked at.
    pub(super) fn undecided_since(
        &self,
        client: ClientId,
        today: NaiveDate,
    ) -> Result<Option<NaiveDate>, TabletError> {
        let decisions = self.plan::<Decision>(client, Part::Decisions)?;
        let decisions: Vec<Decision> = decisions.into_iter().map(|object| object.value).collect();
        let mut query = self.connection.prepare_cached(
            "SELECT happened FROM standing_fact
             WHERE client = ?1 AND kind = 'visit_report' ORDER BY happened",
        )?;
        let rows = query.query_map([client.bytes()], |row| row.get::<_, i64>(0))?;
        let mut failed = None;
        let visits = rows.map_while(|at| at.map_err(|error| failed = Some(error)).ok());
        let visits = visits.map(|at| oslo::day(Timestamp::from_millis(at)));
        let since = undecided_since(visits, &decisions, today);
        failed.map_or(Ok(since), |error| Err(error.into()))
    }

    /// For each decision the visits in which something was done that it grants. A visit that serves
    /// two decisions counts whole for both: nobody writes down minutes apart.
    fn delivered(
        &self,
        client: ClientId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<HashMap<DecisionId, Delivered>, TabletError> {
        let interventions = self.plan::<Intervention>(client, Part::Interventions)?;
        let granted_by: HashMap<InterventionId, DecisionId> = interventions
            .into_iter()
            .filter_map(|one| Some((InterventionId(one.id), one.value.decision?)))
            .collect();
        let mut query =
            self.connection.prepare_cached(include_str!("select_reports_between.sql"))?;
        let (start, end) = (oslo::start_of(from), oslo::start_of(to + Duration::days(1)));
        let rows = query
            .query_map(params![client.bytes(), start.millis(), end.millis()], |row| {
                row.get::<_, Vec<u8>>(0)
            })?;
        let mut delivered: HashMap<DecisionId, Delivered> = HashMap::new();
        for body in rows {
            // What can't be read is in `unreadable` and counted there.
            let Ok(report) = cbor::read::<VisitReport>(&body?) else { continue };
            let done = report.outcomes.iter().filter(|outcome| outcome.not_done.is_none());
            let served: HashSet<DecisionId> =
                done.filter_map(|outcome| granted_by.get(&outcome.intervention).copied()).collect();
            let millis = (report.finished.millis() - report.started.millis()).max(0);
            let minutes = u32::try_from(millis / 60_000).unwrap_or(0);
            for decision in served {
                let sum = delivered.entry(decision).or_default();
                sum.visits += 1;
                sum.minutes = sum.minutes.saturating_add(minutes);
            }
        }
        Ok(delivered)
    }

    /// Why delivered differs from granted, for days not before `from`.
    fn explanations(
        &self,
        client: ClientId,
        from: NaiveDate,
    ) -> Result<HashMap<DecisionId, Vec<ExplanationView>>, TabletError> {
        let mut query = self.connection.prepare_cached(
            "SELECT author, happened, body FROM fact
             WHERE client = ?1 AND kind = 'delivery_explained' ORDER BY happened DESC, id DESC",
        )?;
        let rows = query.query_map([client.bytes()], |row| {
            let author = id(row, 0, WorkerId::from_bytes)?;
            Ok((author, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?))
        })?;
        let mut all: HashMap<DecisionId, Vec<ExplanationView>> = HashMap::new();
        for row in rows {
            let (author, happened, body) = row?;
            let Ok(explained) = cbor::read::<DeliveryExplained>(&body) else { continue };
            if explained.to >= from {
                all.entry(explained.decision).or_default().push(ExplanationView {
                    reason: explained.reason,
                    by: self.worker_name(author),
                    on: oslo::day(Timestamp::from_millis(happened)),
                });
            }
        }
        Ok(all)
    }
}
