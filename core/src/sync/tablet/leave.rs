//! What leaves the tablet: teams that the worker has left, clients who have, old journals, and
//! restricted entries that are closed to the worker. Nothing leaves while something of it waits.

use std::collections::HashSet;

use super::{Records, State};
use crate::document::DocumentRef;
use crate::ids::{ClientId, TeamId};
use crate::protocol::TeamNews;

/// Forgets the teams that the answer doesn't speak of.
pub(super) fn teams<R: Records>(records: &mut R, news: &[TeamNews]) -> Result<(), R::Error> {
    for team in records.teams() {
        if !news.iter().any(|news| news.team == team.id) {
            records.forget_team(team.id)?;
        }
    }
    Ok(())
}

/// Forgets the documents of clients of no team of the worker's, and the journals of months that
/// tablets don't keep.
pub(super) fn documents<R: Records>(records: &mut R, news: &[TeamNews]) -> Result<(), R::Error> {
    let teams = records.teams();
    let clients: HashSet<ClientId> = teams.iter().flat_map(|team| team.clients.clone()).collect();
    let since = |team: TeamId| news.iter().find(|news| news.team == team).map(|news| news.since);
    for held in records.all_held()? {
        let document = held.document;
        let is_closed = news.iter().any(|news| news.closed.contains(&document));
        let stays = !is_closed
            && clients.contains(&document.client)
            && since(held.team).is_none_or(|since| document.kind.is_since(since));
        // A closed entry doesn't wait for what else of the client waits.
        let needed = held.needed && (!is_closed || has_own_unsent(records, document)?);
        if !stays && !needed {
            records.forget(document)?;
            if is_closed {
                records.wipe_after(document)?;
            }
        }
    }
    records.forget_strangers()
}

/// Whether something that this tablet wrote in a document is not on the server.
fn has_own_unsent<R: Records>(records: &R, document: DocumentRef) -> Result<bool, R::Error> {
    let stored = records.stored(document)?;
    Ok(stored.iter().any(|it| it.made.is_some() && it.state != State::OnServer))
}
