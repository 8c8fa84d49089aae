//! Who was let in to whom by break-glass, and what was said of it.

use kjent_core::ids::{ClientId, GrantId, TeamId, WorkerId};
use kjent_core::oslo;
use kjent_core::protocol::{GrantReport, GrantReview, Reviewed};
use kjent_core::sync::server::GrantRow;
use kjent_core::team::{Member, Profession, Role};
use kjent_core::time::Timestamp;
use rusqlite::{Row, params};

use super::{Records, StoreError, columns};

impl Records<'_> {
    /// Lets a worker in to a client.
    pub fn add_grant(&self, report: &GrantReport) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT INTO break_glass (id, worker, client, from_time, until_time, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                report.grant.bytes(),
                report.worker.bytes(),
                report.client.bytes(),
                report.from.millis(),
                report.until.millis(),
                report.reason,
            ])?;
        Ok(())
    }

    /// To whom a worker was let in at a moment, and the teams that serve them now.
    pub fn grants_of(&self, worker: WorkerId, at: Timestamp) -> Result<Vec<GrantRow>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("grants_of.sql"))?;
        let mut rows = statement.query(params![worker.bytes(), at.millis()])?;
        let mut grants = Vec::new();
        while let Some(row) = rows.next()? {
            grants.push(GrantRow {
                client: columns::id(ClientId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?,
                team: columns::id(TeamId::from_bytes(&row.get::<_, Vec<u8>>(1)?))?,
                until: Timestamp::from_millis(row.get(2)?),
            });
        }
        Ok(grants)
    }

    /// Everybody who is or was let in to a client of a team's, as its tablets name them.
    pub fn visitors(&self, team: TeamId) -> Result<Vec<Member>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("list_visitors.sql"))?;
        let mut rows = statement.query([team.bytes()])?;
        let mut members = Vec::new();
        while let Some(row) = rows.next()? {
            let day = |millis| oslo::day(Timestamp::from_millis(millis));
            members.push(Member {
                worker: columns::id(WorkerId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?,
                name: row.get(1)?,
                role: Role::BreakGlass,
                profession: Profession::from_code(&row.get::<_, String>(2)?),
                from: day(row.get(3)?),
                to: Some(day(row.get(4)?)),
            });
        }
        Ok(members)
    }

    /// The grants to a team's clients that nobody has reviewed, or that are newer than a moment.
    pub fn grants_in(
        &self,
        team: TeamId,
        since: Timestamp,
    ) -> Result<Vec<GrantReport>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("list_grants.sql"))?;
        let mut rows = statement.query(params![team.bytes(), since.millis()])?;
        let mut reports = Vec::new();
        while let Some(row) = rows.next()? {
            reports.push(report(row)?);
        }
        Ok(reports)
    }

    /// Stores a review of a grant to a client of the team's. What was said first stands.
    pub fn review_grant(
        &self,
        team: TeamId,
        review: &GrantReview,
        by: WorkerId,
    ) -> Result<(), StoreError> {
        self.transaction.prepare_cached(include_str!("review_grant.sql"))?.execute(params![
            team.bytes(),
            review.grant.bytes(),
            review.at.millis(),
            by.bytes(),
            review.comment,
        ])?;
        Ok(())
    }
}

fn report(row: &Row<'_>) -> Result<GrantReport, StoreError> {
    let bytes = |column: usize| row.get::<_, Vec<u8>>(column);
    let moment = |column: usize| row.get(column).map(Timestamp::from_millis);
    let reviewed = match row.get::<_, Option<i64>>(6)? {
        Some(at) => Some(Reviewed {
            by: columns::id(WorkerId::from_bytes(&bytes(7)?))?,
            at: Timestamp::from_millis(at),
            comment: row.get(8)?,
        }),
        None => None,
    };
    Ok(GrantReport {
        grant: columns::id(GrantId::from_bytes(&bytes(0)?))?,
        worker: columns::id(WorkerId::from_bytes(&bytes(1)?))?,
        client: columns::id(ClientId::from_bytes(&bytes(2)?))?,
        from: moment(3)?,
        until: moment(4)?,
        reason: row.get(5)?,
        reviewed,
    })
}
