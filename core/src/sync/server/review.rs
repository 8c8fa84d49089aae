//! Break-glass under review: a team lead is told who was let in to the team's clients, and says what
//! she found.

use super::{Records, TabletRow};
use crate::ids::WorkerId;
use crate::oslo;
use crate::policy::{Deed, Right, may};
use crate::protocol::{GrantReport, SyncRequest};
use crate::team::Team;
use crate::time::Timestamp;

/// For how long a lead sees what is reviewed, in minutes.
const SHOWN: i64 = 30 * 24 * 60;

/// Stores what a request says of grants to clients of teams that the worker leads.
pub(super) fn store<R: Records>(
    records: &R,
    tablet: TabletRow,
    teams: &[Team],
    request: &SyncRequest,
    now: Timestamp,
) -> Result<(), R::Error> {
    for team in teams.iter().filter(|team| reviews(team, tablet.worker, now)) {
        for review in &request.reviewed {
            records.review_grant(team.id, review, tablet.worker)?;
        }
    }
    Ok(())
}

/// What a lead of the team is told; nothing for anybody else.
pub(super) fn told<R: Records>(
    records: &R,
    tablet: TabletRow,
    team: &Team,
    now: Timestamp,
) -> Result<Vec<GrantReport>, R::Error> {
    if !reviews(team, tablet.worker, now) {
        return Ok(Vec::new());
    }
    let mut grants = records.grants_in(team.id, now.plus_minutes(-SHOWN))?;
    // Nobody goes through what she did herself.
    grants.retain(|grant| grant.worker != tablet.worker);
    Ok(grants)
}

fn reviews(team: &Team, worker: WorkerId, now: Timestamp) -> bool {
    let role = team.role_on(worker, oslo::day(now));
    role.is_some_and(|role| may(&Right::Do(Deed::ReviewBreakGlass), &role, false))
}
