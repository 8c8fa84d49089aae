//! Break-glass under review, for a team lead.

use kjent_core::ids::TeamId;
use kjent_core::oslo;
use kjent_core::protocol::GrantReport;
use kjent_core::view::{GrantView, ReviewedGrantView};
use rusqlite::Connection;

use super::readiness::count;
use crate::{Tablet, TabletError};

/// A grant, with what this tablet's worker has said of it.
type Row = (GrantReport, Option<(String, i64)>);

impl Tablet {
    /// Who was let in to clients of the teams that the worker leads: those that nobody has gone
    /// through first, then the newest.
    pub fn read_grants(&self) -> Result<Vec<GrantView>, TabletError> {
        let mut all = Vec::new();
        for team in self.led_teams() {
            for (report, own) in rows(&self.connection, team)? {
                let own = own.map(|(comment, _)| ReviewedGrantView {
                    by: self.worker_name(self.identity.worker),
                    comment,
                });
                let told = report.reviewed.as_ref().map(|it| ReviewedGrantView {
                    by: self.worker_name(it.by),
                    comment: it.comment.clone(),
                });
                all.push(GrantView {
                    grant: report.grant,
                    client: report.client,
                    client_name: self.client_name(report.client)?,
                    worker_name: self.worker_name(report.worker),
                    from: oslo::local(report.from),
                    until: oslo::local(report.until),
                    reason: report.reason,
                    reviewed: told.or(own),
                });
            }
        }
        all.sort_by_key(|it| (it.reviewed.is_some(), std::cmp::Reverse(it.from)));
        Ok(all)
    }

    /// How many nobody has gone through.
    pub(super) fn grant_count(&self) -> Result<u32, TabletError> {
        let waits = self.read_grants()?.into_iter().filter(|it| it.reviewed.is_none());
        Ok(count(waits.count()))
    }
}

fn rows(connection: &Connection, team: TeamId) -> Result<Vec<Row>, TabletError> {
    let mut query = connection.prepare_cached(
        "SELECT body, comment, reviewed FROM break_glass WHERE team = ?1 ORDER BY id",
    )?;
    let mut rows = query.query([team.bytes()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let report = serde_json::from_str(&row.get::<_, String>(0)?)?;
        let comment: Option<String> = row.get(1)?;
        let at: Option<i64> = row.get(2)?;
        all.push((report, comment.zip(at)));
    }
    Ok(all)
}
