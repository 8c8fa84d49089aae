//! Break-glass (nødtilgang): a worker lets herself in to one client, for some hours and a reason,
//! and the client's team lead hears of it.

use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, GrantId, WorkerId};
use crate::time::Timestamp;

/// For how many hours somebody is let in.
pub const GRANT_HOURS: i64 = 12;

/// How many characters a reason has at least.
pub const SHORTEST_REASON: usize = 10;

/// Asks to be let in to a client: `POST /v1/break-glass`, with the token of a tablet as bearer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakGlassRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
    /// The client's national number or id, whole. Nobody is found by less.
    pub client: String,
    /// Why, in words: of `SHORTEST_REASON` characters or more.
    pub reason: String,
}

/// That the worker is let in. The client comes with the next sync.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakGlassResponse {
    /// To whom.
    pub client: ClientId,
    /// Until when, by the server's clock.
    pub until: Timestamp,
}

/// A grant, as the client's team lead is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantReport {
    /// Which.
    pub grant: GrantId,
    /// Who was let in.
    pub worker: WorkerId,
    /// To whom.
    pub client: ClientId,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Why, in the worker's words.
    pub reason: String,
    /// What a team lead has said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Reviewed>,
}

/// What a team lead said of a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// Who.
    pub by: WorkerId,
    /// When.
    pub at: Timestamp,
    /// In what words.
    pub comment: String,
}

/// A team lead's review on its way to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantReview {
    /// Of which grant.
    pub grant: GrantId,
    /// When, by the tablet's clock.
    pub at: Timestamp,
    /// In what words.
    pub comment: String,
}
