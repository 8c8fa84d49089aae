//! The sync line and what stands behind it. It never says more than is true.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::EntryBody;
use crate::fact::FactKind;
use crate::ids::{ClientId, VisitId};
use crate::plan::Part;
use crate::problem::Problem;

/// What the sync line says, and the list behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncView {
    /// The line.
    pub state: SyncState,
    /// What waits to be sent, oldest first.
    pub waiting: Vec<WaitingView>,
    /// What the server refused, until somebody settles it.
    pub refused: Vec<RefusedView>,
    /// What the server refused and the worker has taken care of, newest first.
    #[serde(default)]
    pub settled: Vec<RefusedView>,
    /// Clients who have left the worker's teams while something of them is not finished here.
    #[serde(default)]
    pub left: Vec<LeftView>,
    /// The last time the server answered.
    pub last_contact: Option<NaiveDateTime>,
    /// How many minutes the tablet's clock is ahead of the server's, when more than two (negative:
    /// behind).
    pub clock_ahead_minutes: Option<i64>,
    /// Why the last try failed, when it did.
    pub problem: Option<Problem>,
    /// When the tablet syncs by itself next; nothing while it does so.
    pub next_try: Option<NaiveDateTime>,
    /// The steps of the last sync that the worker asked for, as far as it has come.
    pub steps: Vec<StepView>,
}

/// A step of a sync, and how it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    /// Which.
    pub step: Step,
    /// How it went.
    pub state: StepState,
}

/// A step of a sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Reaching the server.
    Connecting,
    /// Sending what waited.
    Sending {
        /// How much the server has answered for.
        sent: usize,
        /// How much waited when it began.
        of: usize,
    },
    /// Fetching what is new.
    Fetching {
        /// How many changes have come.
        fetched: usize,
    },
    /// Comparing whether both sides have the same.
    Comparing,
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// It goes on.
    UnderWay,
    /// It is done.
    Done,
    /// It broke off; of `Comparing`: the two are not the same yet.
    Failed,
}

/// The truth in one word. Refused work outranks the rest: somebody must look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SyncState {
    /// The tablet's and the server's heads were equal at that time, and nothing has been written
    /// since.
    UpToDate {
        /// When they were compared.
        at: NaiveDateTime,
    },
    /// The last exchange worked, and there is something to send or to fetch still.
    Waiting,
    /// An exchange is running.
    Exchanging,
    /// The last try did not reach the server or it would not talk; see `problem`.
    Offline {
        /// The first try that failed; `None` when there has been no try yet.
        since: Option<NaiveDateTime>,
    },
    /// Something was refused.
    Refused,
}

/// A piece of work, in words that a worker knows: «besøksrapport for Line Danser, i dag 08:14».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    /// The client's name.
    pub client_name: String,
    /// What it is.
    pub what: WorkView,
    /// When it was written.
    pub at: NaiveDateTime,
}

/// What kind of work a change holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkView {
    /// A fact.
    Fact(FactKind),
    /// An edit of the plan.
    Plan(Part),
}

/// A client who has left the worker's teams, and what keeps them on the tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftView {
    /// Who.
    pub client: ClientId,
    /// Their name.
    pub client_name: String,
    /// Visits that are begun and not signed.
    pub visits: Vec<VisitId>,
    /// Whether a conversation is begun and not signed.
    pub has_conversation: bool,
    /// Whether a note is begun and not signed.
    #[serde(default)]
    pub has_note: bool,
    /// Whether a talk with somebody around the client is begun.
    pub has_contact: bool,
    /// Whether something is measured and not signed.
    #[serde(default)]
    pub has_observations: bool,
    /// Whether an incident is begun.
    #[serde(default)]
    pub has_incident: bool,
    /// Whether something waits to be sent.
    pub has_waiting: bool,
    /// Whether something was refused and is not settled.
    pub has_refused: bool,
}

/// Refused work and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedView {
    /// By which it is settled.
    pub id: i64,
    /// The work.
    pub work: WaitingView,
    /// The sentences that were written in the plan or as a client's words, so that nothing has to be
    /// remembered.
    #[serde(default)]
    pub wrote: Vec<String>,
    /// The report or note, when it is one.
    #[serde(default)]
    pub entry: Option<EntryBody>,
    /// When the worker took care of it.
    #[serde(default)]
    pub settled: Option<NaiveDateTime>,
    /// Why, as a code with a sentence in the UI.
    pub reason: Problem,
}
