//! What the live stream tells: that a team's log has grown, and nothing of what is in it.
//!
//! `GET /v1/live`, with the token as bearer and a proof, answers with server-sent events: `event: news` with a
//! `LiveNews` as JSON for each team of the worker's, at once and whenever it has grown by another
//! tablet's work; and comments in between, so that both ends know that the other is there.

use serde::{Deserialize, Serialize};

use crate::ids::TeamId;

/// How far a team's log goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveNews {
    /// The team.
    pub team: TeamId,
    /// Its newest number.
    pub through: u64,
}
