//! Who is let in to whom: what a worker is to a client at a moment, and which clients a worker's
//! tablets may hold.

use std::collections::HashSet;

use super::Records;
use crate::ids::{ClientId, TeamId, WorkerId};
use crate::oslo;
use crate::team::{Role, Team};
use crate::time::Timestamp;

/// What a worker is to a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The team that serves the client.
    pub team: TeamId,
    /// The worker's role towards the client; `None` for one who is let in by nothing.
    pub role: Option<Role>,
    /// Whether the worker would be let in, had the client not barred them.
    pub is_barred: bool,
}

/// What a worker was to a client at a moment of the server's clock; `None` for a client of no team.
pub(super) fn standing<R: Records>(
    records: &R,
    worker: WorkerId,
    client: ClientId,
    at: Timestamp,
) -> Result<Option<Standing>, R::Error> {
    let Some(team) = records.served_by(client, at)? else { return Ok(None) };
    let role = records.team(team)?.and_then(|it| it.role_on(worker, oslo::day(at)));
    let is_barred = match &role {
        Some(role) => records.restrictions(client)?.iter().any(|bar| bar.bars(worker, role, at)),
        None => false,
    };
    Ok(Some(Standing { team, role: role.filter(|_| !is_barred), is_barred }))
}

/// The teams of a worker's as their tablets get them: with the clients who let them in, and no
/// others.
pub fn teams<R: Records>(
    records: &R,
    worker: WorkerId,
    now: Timestamp,
) -> Result<Vec<Team>, R::Error> {
    let day = oslo::day(now);
    let mut teams = records.teams_of(worker, day)?;
    for team in &mut teams {
        let Some(role) = team.role_on(worker, day) else { continue };
        let bars = records.restrictions_in(team.id)?;
        let closed: HashSet<ClientId> = bars
            .iter()
            .filter(|(_, bar)| bar.bars(worker, &role, now))
            .map(|(client, _)| *client)
            .collect();
        team.clients.retain(|client| !closed.contains(client));
    }
    Ok(teams)
}
