//! What is known of the server right now. Only the last contact outlives a restart: until the
//! server has answered again, nothing else is claimed.

use kjent_core::ids::TeamId;
use kjent_core::problem::Problem;
use kjent_core::protocol::{SyncRequest, SyncResponse};
use kjent_core::time::Timestamp;
use rusqlite::OptionalExtension;

use super::filling::Pace;
use super::{End, Progress};
use crate::{Tablet, TabletError};

/// The state behind the sync line.
#[derive(Debug, Default)]
pub(crate) struct SyncStatus {
    /// Whether an exchange is running.
    pub exchanging: bool,
    /// When the heads were compared and equal; `None` after any other outcome.
    pub equal_at: Option<Timestamp>,
    /// Whether the server has answered since the profile was opened.
    pub has_answered: bool,
    /// The last time the server answered, also before the profile was opened.
    pub last_contact: Option<Timestamp>,
    /// The first try that failed since then.
    pub offline_since: Option<Timestamp>,
    /// Why the last try failed.
    pub problem: Option<Problem>,
    /// The tablet's clock less the server's, in milliseconds.
    pub clock_ahead: Option<i64>,
    /// When it syncs by itself next, when that isn't at once.
    pub next_try: Option<Timestamp>,
    /// How far the sync has come that the worker asked for; kept until the next is asked for.
    pub progress: Option<Progress>,
    /// How fast the first filling goes, in this run.
    pub pace: Pace,
}

impl SyncStatus {
    pub fn succeeded(&mut self) {
        self.offline_since = None;
        self.problem = None;
        self.pace = Pace::default();
    }

    pub fn failed(&mut self, now: Timestamp, problem: Problem) {
        self.equal_at = None;
        self.pace = Pace::default();
        self.offline_since.get_or_insert(now);
        self.problem = Some(problem);
    }

    /// An answer came.
    pub fn progressed(&mut self, request: &SyncRequest, response: &SyncResponse) {
        let Some(progress) = self.progress.as_mut().filter(|it| it.end.is_none()) else { return };
        progress.answered = true;
        let sent: usize = request.push.iter().map(|document| document.changes.len()).sum();
        progress.sent = (progress.sent + sent).min(progress.to_send);
        let changes = response.teams.iter().flat_map(|news| &news.changes);
        progress.fetched += changes.map(|document| document.changes.len()).sum::<usize>();
        progress.fetched += response.documents.len();
    }

    /// The sync has ended, well or not.
    pub fn end_progress(&mut self, went_well: bool) {
        let end = match self.equal_at {
            _ if !went_well => End::Failed,
            Some(_) => End::Equal,
            None => End::Unequal,
        };
        if let Some(progress) = &mut self.progress {
            progress.end.get_or_insert(end);
        }
    }
}

impl Tablet {
    /// Notes how much waits when a sync begins that was asked for.
    pub(super) fn begin_progress(&mut self) -> Result<(), TabletError> {
        if let Some(progress) = self.status.progress.as_mut().filter(|it| it.end.is_none()) {
            let count = "SELECT count(*) FROM change WHERE state = 0";
            progress.to_send = self.connection.query_row(count, [], |row| row.get(0))?;
        }
        Ok(())
    }

    /// How far the tablet has read a team's log; `None` of a team that it doesn't know.
    pub(super) fn has_read(&self, team: TeamId) -> Result<Option<u64>, TabletError> {
        let mut query = self.connection.prepare_cached("SELECT through FROM team WHERE id = ?1")?;
        Ok(query.query_row([team.bytes()], |row| row.get(0)).optional()?)
    }
}
