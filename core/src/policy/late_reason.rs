//! Why work is late.

use serde::{Deserialize, Serialize};

/// What had changed between the writing of a piece of work and its coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateReason {
    /// The author had left the team.
    LeftTeam,
    /// The author had another role.
    OtherRole,
    /// The client had moved to another team.
    ClientMoved,
    /// The client had barred the author.
    Restricted,
    /// The author was let in by break-glass, and is no more.
    GrantOver,
}
