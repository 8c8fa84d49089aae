//! Receipts: how far a tablet has come, and what its worker has read.

use super::{Records, TabletRow};
use crate::protocol::{Receipt, SyncRequest};
use crate::team::Team;
use crate::time::Timestamp;

/// Stores what a request says of itself: its cursors are receipts, and so are the journals read.
/// Of teams and clients that are not the worker's, nothing is stored.
pub(super) fn store<R: Records>(
    records: &R,
    tablet: TabletRow,
    teams: &[Team],
    request: &SyncRequest,
    now: Timestamp,
) -> Result<(), R::Error> {
    let worker = tablet.worker;
    for team in teams {
        // Nobody has read further than the log goes.
        let last = records.last_number(team.id)?;
        let cursor = request.cursors.iter().find(|cursor| cursor.team == team.id);
        // Whoever is let in to one client has not everything of the team's.
        let cursor = cursor.filter(|_| team.granted.is_empty());
        if let Some(cursor) = cursor.filter(|cursor| cursor.filled && cursor.through > 0) {
            let through = cursor.through.min(last);
            records.add_receipt(team.id, &Receipt { worker, client: None, through, at: now })?;
        }
        for mark in request.read.iter().filter(|mark| team.clients.contains(&mark.client)) {
            let (client, through) = (Some(mark.client), mark.through.min(last));
            records.add_receipt(team.id, &Receipt { worker, client, through, at: mark.at })?;
        }
    }
    Ok(())
}
