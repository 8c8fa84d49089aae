//! Log-in: a worker's own account makes a profile on an enrolled device, or gives it a fresh token.

use serde::{Deserialize, Serialize};

use crate::ids::{TabletId, WorkerId};
use crate::lease::LEASE_DAYS;
use crate::secret::Secret;
use crate::team::Team;
use crate::time::Timestamp;

/// Logs a worker in on the device whose key proves the request.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogInRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
    /// Whose account.
    pub employee_number: String,
    /// Its password.
    pub password: Secret,
    /// The worker's profile on this device that gets a fresh token; without one, a new profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<TabletId>,
}

impl std::fmt::Debug for LogInRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Neither who nor with what.
        f.debug_struct("LogInRequest").field("protocol", &self.protocol).finish_non_exhaustive()
    }
}

/// The profile's identity.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogInResponse {
    /// The bearer token: a secret, kept in the encrypted database only. Good together with proofs
    /// by this device's key.
    pub token: String,
    /// The profile: the tablet's half of its actor.
    pub tablet: TabletId,
    /// Who logged in.
    pub worker: WorkerId,
    /// The worker's teams.
    pub teams: Vec<Team>,
    /// The server's clock.
    pub now: Timestamp,
    /// For how many days the tablet opens without contact from now on.
    #[serde(default = "usual_lease", skip_serializing_if = "is_usual_lease")]
    pub lease_days: u32,
}

impl std::fmt::Debug for LogInResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogInResponse").field("tablet", &self.tablet).finish_non_exhaustive()
    }
}

/// What a message means that names no number of days. Servers from before they could say one meant
/// this too, so it stays what it is.
pub(super) const fn usual_lease() -> u32 {
    LEASE_DAYS
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
pub(super) const fn is_usual_lease(days: &u32) -> bool {
    *days == LEASE_DAYS
}
