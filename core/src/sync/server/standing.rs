//! Who is let in to whom: what a worker is to a client at a moment, and which clients a worker's
//! tablets may hold.

use std::collections::HashSet;

use super::{GrantRow, ReaderRow, Records};
use crate::document::{DocumentKind, DocumentRef};
use crate::ids::{ClientId, DocumentId, TeamId, WorkerId};
use crate::oslo;
use crate::team::{Granted, Role, Team};
use crate::time::Timestamp;

/// What a worker is to a client, in one of the client's documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The team that serves the client.
    pub team: TeamId,
    /// The worker's role towards the client; `None` for one who is let in by nothing.
    pub role: Option<Role>,
    /// Whether the worker would be let in, had the client not barred them or restricted the entry.
    pub is_barred: bool,
    /// Whether the client lets the worker in, and has closed this document to them.
    pub is_closed: bool,
}

/// What a worker was in a document of a client's at a moment of the server's clock; `None` for a
/// client of no team.
pub(super) fn standing<R: Records>(
    records: &R,
    worker: WorkerId,
    document: DocumentRef,
    at: Timestamp,
) -> Result<Option<Standing>, R::Error> {
    let client = document.client;
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
    let is_closed = match &role {
        Some(role) if is_begun_entry(records, document)? => {
            !reads(&records.readers(document.id())?, worker, role, at)
        }
        _ => false,
    };
    let role = role.filter(|_| !is_closed);
    Ok(Some(Standing { team, role, is_barred: is_barred || is_closed, is_closed }))
}

/// Whether it is a restricted entry's document that is here. Who begins one says who reads it.
fn is_begun_entry<R: Records>(records: &R, document: DocumentRef) -> Result<bool, R::Error> {
    let is_entry = matches!(document.kind, DocumentKind::Restricted(_));
    Ok(is_entry && !records.readers(document.id())?.is_empty())
}

/// Whether a worker in a role reads a restricted entry at a moment. Break-glass doesn't open what is
/// closed to the client's own team.
fn reads(rows: &[ReaderRow], worker: WorkerId, role: &Role, at: Timestamp) -> bool {
    let opens = |row: &ReaderRow| match row.worker {
        None => true,
        Some(named) => named == worker && *role != Role::BreakGlass,
    };
    rows.iter().any(|row| row.holds(at) && opens(row))
}

/// The documents of restricted entries that a worker doesn't read.
#[derive(Debug, Default)]
pub(super) struct Closed {
    /// All of them.
    pub ids: HashSet<DocumentId>,
    /// Those among them that may be on the worker's tablets, because they were open to them once.
    pub lost: Vec<(TeamId, DocumentRef)>,
}

/// The documents of restricted entries of these teams, as `teams` gives them, that are closed to a
/// worker.
pub(super) fn closed<R: Records>(
    records: &R,
    worker: WorkerId,
    teams: &[Team],
    now: Timestamp,
) -> Result<Closed, R::Error> {
    let mut closed = Closed::default();
    for team in teams {
        for (document, rows) in records.restricted_in(team.id)? {
            let role = team.role_toward(worker, document.client, (now, oslo::day(now)));
            if role.is_some_and(|role| reads(&rows, worker, &role, now)) {
                continue;
            }
            closed.ids.insert(document.id());
            if rows.iter().any(|row| row.names(worker)) && team.clients.contains(&document.client) {
                closed.lost.push((team.id, document));
            }
        }
    }
    Ok(closed)
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
