//! Enrolment: a one-time code becomes a tablet's token.

use serde::{Deserialize, Serialize};

use crate::ids::{TabletId, WorkerId};
use crate::team::Team;
use crate::time::Timestamp;

/// Asks for a tablet's token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
    /// The one-time code.
    pub code: String,
}

/// The tablet's new identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolResponse {
    /// The bearer token: a secret, kept in the encrypted database only.
    pub token: String,
    /// The tablet's half of its actor.
    pub tablet: TabletId,
    /// Whom the code was made for.
    pub worker: WorkerId,
    /// The worker's teams.
    pub teams: Vec<Team>,
    /// The server's clock.
    pub now: Timestamp,
}
