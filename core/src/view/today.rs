//! Today's visits: one look tells what to do next.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{CriticalView, EntryState, ErasedView, FillingView, ReadinessView, ThreadView};
use crate::fact::{CancelReason, ContactOutcome, Unplanned};
use crate::ids::{ClientId, VisitId};
use crate::plan::Competence;

/// The list of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TodayView {
    /// Which day.
    pub day: NaiveDate,
    /// What the clock is, for «nå».
    pub now: NaiveDateTime,
    /// Every visit of the team that day, by time; `mine` tells the worker's own.
    pub visits: Vec<VisitCardView>,
    /// Whether the day can be done without a network.
    pub readiness: ReadinessView,
    /// The first filling of the tablet, until it is done.
    pub filling: Option<FillingView>,
    /// To a team lead: how much came late in the last 14 days.
    pub late_work: u32,
    /// To a team lead: how many clients lack a primary contact or service lead.
    #[serde(default)]
    pub gaps: u32,
    /// To whoever plans: how many visits have to be given to somebody else.
    #[serde(default)]
    pub to_give: u32,
    /// How many were let in by break-glass, and nobody has gone through it; to a team lead.
    #[serde(default)]
    pub grants: u32,
}

/// One visit in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitCardView {
    /// The visit.
    pub visit: VisitId,
    /// The client.
    pub client: ClientId,
    /// The client's name.
    pub name: String,
    /// Street and number.
    pub address: String,
    /// How to get in.
    pub entry: Option<String>,
    /// Planned start.
    pub starts: NaiveDateTime,
    /// Planned length in minutes.
    pub minutes: u32,
    /// Whether the worker is to go: it was planned so, or she has taken it over.
    pub mine: bool,
    /// Whether it has to be given to somebody else: the client bars whoever was to go.
    #[serde(default)]
    pub to_give: bool,
    /// Who was to go; empty when the client bars her by now.
    pub worker_name: String,
    /// Who goes instead, when somebody has taken it over.
    pub taken_over: Option<TakenOverView>,
    /// What matters, in the client's own words.
    pub what_matters: Option<String>,
    /// What is to be done, by title.
    pub interventions: Vec<String>,
    /// What it asks for that the worker's profession isn't known to have; of her own visits.
    pub asks_for: Vec<Competence>,
    /// Critical information.
    pub critical: Vec<CriticalView>,
    /// Observations that a colleague flagged for whoever comes next.
    pub important: Vec<String>,
    /// What waits for an answer about this client.
    #[serde(default)]
    pub threads: Vec<ThreadView>,
    /// Colleagues' entries since this worker's own last visit or reading.
    pub unread: u32,
    /// The worker's own last visit here; `None` when this is the first time.
    pub last_here: Option<NaiveDate>,
    /// How many different carers came in the last 28 days.
    pub carers_28_days: u32,
    /// What led to it, of a visit that nobody planned.
    #[serde(default)]
    pub unplanned: Option<Unplanned>,
    /// Where the visit stands.
    pub state: VisitState,
    /// That a report of it was erased, and it has no other.
    #[serde(default)]
    pub erased: Option<ErasedView>,
    /// Who signed its report about the wrong person, of a visit that nobody else has reported on.
    #[serde(default)]
    pub wrong_person: Option<WrongPersonView>,
}

/// Who goes instead of the one who was to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOverView {
    /// Their names. Several when they took it over out of each other's sight.
    pub by: Vec<String>,
    /// Whether the reader is one of them.
    pub by_me: bool,
    /// Whether the reader was the one to go.
    pub from_me: bool,
}

/// That a report was about the wrong person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongPersonView {
    /// Who wrote it, and said so.
    pub by: String,
    /// When that was said.
    pub at: NaiveDateTime,
}

/// Where a visit stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum VisitState {
    /// Nobody has begun.
    Planned,
    /// A draft is on this tablet.
    UnderWay {
        /// Since when.
        since: NaiveDateTime,
    },
    /// Nobody needs to go.
    Cancelled {
        /// Since when.
        at: NaiveDateTime,
        /// Who said so.
        by: String,
        /// Why.
        reason: CancelReason,
        /// More about it; may be empty.
        words: String,
    },
    /// Somebody went, and didn't meet the client there.
    NotMet {
        /// When that was signed.
        at: NaiveDateTime,
        /// By whom.
        by: String,
        /// How it ended.
        outcome: ContactOutcome,
        /// How far that has come.
        report: EntryState,
    },
    /// A report is signed.
    Finished {
        /// When.
        at: NaiveDateTime,
        /// By whom.
        by: String,
        /// How far the report has come.
        report: EntryState,
    },
}
