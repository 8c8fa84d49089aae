//! Who has opened a client's record, as a lead or nurse asks it of the server; and the receipt for
//! the rows that a tablet hands in with an exchange.

use serde::{Deserialize, Serialize};

use crate::access::AccessRow;
use crate::access::chain::AccessHead;
use crate::ids::ClientId;
use crate::team::Profession;
use crate::time::Timestamp;

/// That rows are in the server's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessReceipt {
    /// How many of those that were sent, from the first on.
    pub rows: u32,
    /// The log's newest link, with which it can be proved that they are still there.
    pub head: AccessHead,
}

impl AccessReceipt {
    /// Those of the sent rows that it is for.
    pub fn of<'a>(&self, sent: &'a [AccessRow]) -> &'a [AccessRow] {
        let rows = usize::try_from(self.rows).unwrap_or(usize::MAX);
        sent.get(..rows).unwrap_or(sent)
    }
}

/// Asks who has opened a client's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLogRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
    /// Whose record.
    pub client: ClientId,
}

/// Who has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLogResponse {
    /// The newest rows, the newest first.
    pub lines: Vec<AccessLine>,
    /// Whether there are older ones.
    pub more: bool,
    /// The log's newest link.
    pub head: AccessHead,
}

/// A row with its people's names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLine {
    /// The worker's name; empty for the office.
    pub name: String,
    /// The worker's profession.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profession: Option<Profession>,
    /// The name of the unit; empty for the office and for somebody who was in none.
    pub unit: String,
    /// Who in the office.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub operator: String,
    /// What was done, when and why.
    pub row: AccessRow,
    /// When the row came to the server.
    pub received: Timestamp,
}
