//! Visits that nobody planned: under way on this tablet, and signed.

use kjent_core::cbor;
use kjent_core::command::{UnplannedVisit, VisitDraft};
use kjent_core::fact::{Unplanned, VisitReport};
use kjent_core::ids::{ClientId, InterventionId, VisitId, WorkerId};
use kjent_core::plan::{Intervention, InterventionStatus, Part};
use kjent_core::time::Timestamp;
use rusqlite::OptionalExtension;

use super::plan::id;
use super::today::PlannedRow;
use crate::write::draft::{self, DraftKind};
use crate::{Tablet, TabletError};

impl Tablet {
    /// Those under way, whenever they were begun, and those signed since a moment.
    pub(super) fn unplanned_since(&self, from: Timestamp) -> Result<Vec<PlannedRow>, TabletError> {
        let mut drafts = self.connection.prepare_cached(
            "SELECT about FROM draft
             WHERE kind = 'visit' AND json_extract(body, '$.unplanned') IS NOT NULL",
        )?;
        let drafts = drafts.query_map([], |row| id(row, 0, VisitId::from_bytes))?;
        let mut rows = Vec::new();
        for visit in drafts {
            rows.extend(self.unplanned_draft(visit?)?);
        }
        let mut query = self.connection.prepare_cached(include_str!("select_unplanned.sql"))?;
        let signed = query.query_map([from.millis()], |row| {
            let author = id(row, 1, WorkerId::from_bytes)?;
            Ok((id(row, 0, ClientId::from_bytes)?, author, row.get::<_, Vec<u8>>(2)?))
        })?;
        for row in signed {
            let (client, author, body) = row?;
            rows.extend(signed_row(client, author, &body));
        }
        Ok(rows)
    }

    /// One of them.
    pub(super) fn unplanned(&self, visit: VisitId) -> Result<Option<PlannedRow>, TabletError> {
        if let Some(row) = self.unplanned_draft(visit)? {
            return Ok(Some(row));
        }
        let mut query = self.connection.prepare_cached(
            "SELECT client, author, body FROM standing_fact
             WHERE visit = ?1 AND kind = 'visit_report'",
        )?;
        let signed = query.query_row([visit.bytes()], |row| {
            let author = id(row, 1, WorkerId::from_bytes)?;
            Ok((id(row, 0, ClientId::from_bytes)?, author, row.get::<_, Vec<u8>>(2)?))
        });
        match signed.optional()? {
            Some((client, author, body)) => Ok(signed_row(client, author, &body)),
            None => Ok(None),
        }
    }

    fn unplanned_draft(&self, visit: VisitId) -> Result<Option<PlannedRow>, TabletError> {
        let draft = draft::load::<VisitDraft>(&self.connection, DraftKind::Visit, visit.bytes())?;
        let Some((VisitDraft { unplanned: Some(begun), started, .. }, saved)) = draft else {
            return Ok(None);
        };
        let UnplannedVisit { client, reason, words } = begun;
        Ok(Some(PlannedRow {
            visit,
            client,
            starts: started.unwrap_or(saved),
            minutes: 0,
            worker: self.identity.worker,
            interventions: self.active_interventions(client)?,
            unplanned: Some(Unplanned { visit, reason, words }),
        }))
    }

    /// What there is to do for a client whom nobody had planned to visit now.
    fn active_interventions(&self, client: ClientId) -> Result<Vec<InterventionId>, TabletError> {
        Ok(self
            .plan::<Intervention>(client, Part::Interventions)?
            .into_iter()
            .filter(|one| one.value.status == InterventionStatus::Active)
            .map(|one| InterventionId(one.id))
            .collect())
    }
}

/// Nothing when it can't be read: that is counted elsewhere.
fn signed_row(client: ClientId, worker: WorkerId, body: &[u8]) -> Option<PlannedRow> {
    let report: VisitReport = cbor::read(body).ok()?;
    let unplanned = report.unplanned?;
    let minutes = (report.finished.millis() - report.started.millis()) / 60_000;
    Some(PlannedRow {
        visit: unplanned.visit,
        client,
        starts: report.started,
        minutes: u32::try_from(minutes).unwrap_or_default(),
        worker,
        interventions: report.outcomes.iter().map(|one| one.intervention).collect(),
        unplanned: Some(unplanned),
    })
}
