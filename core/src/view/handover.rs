//! The shift report: what changed since the reader's last shift, and what is handed over.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{EntryView, ReceiptStep, ThreadView, WorkerView};
use crate::fact::HandoverTo;
use crate::ids::{ClientId, FactId};

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverView {
    /// When the reader's last shift ended; `None` when that isn't known.
    pub last_shift: Option<NaiveDateTime>,
    /// From when on it tells: the last shift, or a few days ago.
    pub since: NaiveDateTime,
    /// What the clock is.
    pub now: NaiveDateTime,
    /// What is handed over to the reader or the next shift, and what the reader has handed over.
    pub items: Vec<HandedView>,
    /// The clients of whom there is something to tell: those with something overdue first, then those
    /// with news.
    pub clients: Vec<ClientReportView>,
    /// All clients of the team, to hand something over about.
    pub all_clients: Vec<(ClientId, String)>,
    /// To whom it can be handed over.
    pub colleagues: Vec<WorkerView>,
}

/// What there is to tell of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientReportView {
    /// Who.
    pub client: ClientId,
    /// Name.
    pub name: String,
    /// The name to use in a sentence.
    pub called: String,
    /// What colleagues wrote and changed, newest first.
    pub entries: Vec<EntryView>,
    /// How many of them the reader has not seen.
    pub unread: u32,
    /// What waits for an answer.
    pub threads: Vec<ThreadView>,
    /// What is flagged for whoever comes next.
    pub important: Vec<String>,
}

/// Something that is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedView {
    /// The fact.
    pub handover: FactId,
    /// About whom.
    pub client: ClientId,
    /// The client's name.
    pub client_name: String,
    /// What.
    pub text: String,
    /// The entry that it is about.
    pub about: Option<FactId>,
    /// Who hands it over.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
    /// To whom.
    pub to: HandoverTo,
    /// The colleague's name, when one is named.
    pub to_name: String,
    /// Whether the reader hands it over.
    pub mine: bool,
    /// How far it has come.
    pub step: HandoverStep,
}

/// How far a handover has come. It never says more than is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "handover_step", rename_all = "snake_case")]
pub enum HandoverStep {
    /// On its way, or with the colleague; not accepted.
    Handed {
        /// How far.
        receipt: ReceiptStep,
    },
    /// The server refused it: it is still the sender's.
    Refused,
    /// Taken over.
    Accepted {
        /// By whom.
        by: String,
        /// When.
        at: NaiveDateTime,
    },
}

impl HandedView {
    /// Whether somebody has taken it over.
    pub fn is_accepted(&self) -> bool {
        matches!(self.step, HandoverStep::Accepted { .. })
    }
}
