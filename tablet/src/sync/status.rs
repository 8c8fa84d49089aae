//! What is known of the server right now. Only the last contact outlives a restart: until the
//! server has answered again, nothing else is claimed.

use kjent_core::problem::Problem;
use kjent_core::time::Timestamp;

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
}

impl SyncStatus {
    pub fn succeeded(&mut self) {
        self.offline_since = None;
        self.problem = None;
    }

    pub fn failed(&mut self, now: Timestamp, problem: Problem) {
        self.equal_at = None;
        self.offline_since.get_or_insert(now);
        self.problem = Some(problem);
    }
}
