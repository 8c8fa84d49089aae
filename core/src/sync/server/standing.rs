//! Who is let in to whom: what a worker is to a client at a moment, and which clients a worker's
//! tablets may hold.

use std::collections::HashSet;

use super::{GrantRow, Records};
use crate::ids::{ClientId, TeamId, WorkerId};
use crate::oslo;
use crate::team::{Granted, Role, Team};
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
    let role = role.filter(|_| !is_barred);
    // Whoever lets herself in does so also past a bar; she has said why, and it is gone through.
    let is_granted =
        role.is_none() && records.grants_of(worker, at)?.iter().any(|it| it.client == client);
    let role = if is_granted { Some(Role::BreakGlass) } else { role };
    Ok(Some(Standing { team, role, is_barred }))
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
    for GrantRow { client, team, until } in records.grants_of(worker, now)? {
        let granted = Granted { client, until };
        match teams.iter_mut().find(|one| one.id == team) {
            Some(team) if team.clients.contains(&client) => {}
            Some(team) => {
                team.clients.push(client);
                team.granted.push(granted);
            }
            None => {
                let Some(mut team) = records.team(team)? else { continue };
                (team.clients, team.granted) = (vec![client], vec![granted]);
                teams.push(team);
            }
        }
    }
    for team in &mut teams {
        team.members.extend(records.visitors(team.id)?);
    }
    teams.sort_by_key(|team| team.id);
    Ok(teams)
}
