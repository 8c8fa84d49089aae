//! The team's clients, one card for each: who this is, what matters, and who comes next.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::CriticalView;
use crate::ids::ClientId;

/// One client in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientCardView {
    /// The client.
    pub client: ClientId,
    /// Full name.
    pub name: String,
    /// The name they use, when it isn't their first name.
    pub called: Option<String>,
    /// Street and number.
    pub address: String,
    /// What matters, in the client's own words.
    pub what_matters: Option<String>,
    /// Critical information.
    pub critical: Vec<CriticalView>,
    /// The primary contact's name.
    pub primary_contact: Option<String>,
    /// Whether the reader is the primary contact.
    pub is_primary_contact: bool,
    /// Whether the reader has a visit there today.
    pub mine_today: bool,
    /// The next visit that is to come: not reported on, and not cancelled.
    pub next_visit: Option<NextVisitView>,
}

/// A client's next visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextVisitView {
    /// Planned start.
    pub starts: NaiveDateTime,
    /// Who goes: several when they took it over out of each other's sight, nobody when the client bars
    /// whoever was to.
    pub worker_names: Vec<String>,
}
