//! The commands between UI and shell: each request names its command and the type of its answer,
//! so that neither side can misspell the other.
//!
//! One verb-noun for one act through every layer: the request `FinishVisit`, the command
//! `finish_visit`, the tablet's `finish_visit`.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::fact::{GoalProgress, InterventionOutcome, Note, Observations, WhatMatters};
use crate::ids::{ClientId, FactId, VisitId};
use crate::plan::ExpressedBy;
use crate::secret::Secret;
use crate::time::{Month, Timestamp};
use crate::view::{
    ClientCardView, ClientView, JournalView, LateWorkView, RepairView, SearchView, SessionView,
    SyncView, TodayView, VisitView,
};

/// A request that the shell answers.
pub trait Command: Serialize + DeserializeOwned {
    /// The command's name over IPC.
    const NAME: &'static str;
    /// What comes back when it went well; otherwise a `Problem` does.
    type Answer: Serialize + DeserializeOwned;
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident = $command:literal -> $answer:ty {
        $($(#[$fdoc:meta])* $field:ident: $type:ty,)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[$fdoc])* pub $field: $type,)*
        }

        impl $crate::command::Command for $name {
            const NAME: &'static str = $command;
            type Answer = $answer;
        }
    )*};
}

mod access;
mod biometry;
mod break_glass;
mod clinical;
mod decision;
mod handover;
mod incident;
mod linked;
mod note;
mod people;
mod plan;
mod plan_draft;
mod restriction;
mod routine;
mod sign_in;
mod visit;

pub use access::{GiveAccessReason, ReadAccessLog, ReadAccessQuestion};
pub use biometry::{
    PromptWords, ReadBiometry, SwitchOffBiometry, SwitchOnBiometry, UnlockByBiometry,
};
pub use break_glass::{BreakGlass, ReadGrants, ReviewGrant};
pub use clinical::{
    FinishObservations, ReadCurves, ReadObservationsDraft, RecordObservations,
    SaveObservationsDraft,
};
pub use decision::ExplainDelivery;
pub use handover::{AcceptHandover, HandOver, ReadHandover};
pub use incident::{
    IncidentDraft, ReadIncidentDraft, ReadIncidents, ReportIncident, SaveIncidentDraft,
    TakeIncidentStep,
};
pub use linked::ReadNotesAbout;
pub use note::{
    DiscardNoteDraft, FinishNote, MarkWrongPerson, NoteDraft, NoteTask, ReadCounts, ReadFollowUps,
    ReadNote, SaveNoteDraft,
};
pub use people::{
    AssessCapacity, FinishContact, GiveConsent, ReadContactDraft, ReadGaps, SaveContactDraft,
    WithdrawConsent,
};
pub use plan::{
    DeclineProposal, EditPlan, EvaluateGoal, FollowProposal, NoteProgress, ProposePlanChange,
    ReviewPlan, SettleField,
};
pub use plan_draft::{DiscardPlanDraft, PlanDraft, PlanDraftPlace, ReadPlanDraft, SavePlanDraft};
pub use restriction::{
    EndEntryRestriction, EndRestriction, ReadEntryReaders, Restrict, RestrictEntry,
};
pub use routine::{
    CoercionBasis, FinishMissedContact, FinishResistedCare, MissedContactDraft, ReadMissedContact,
    ReadResistedCare, ResistedCareDraft, SaveMissedContactDraft, SaveResistedCareDraft, TappedStep,
};
pub use sign_in::{CancelSignIn, ReadWaysIn, STRAY_LINK_EVENT, SignIn, SignInAgain, WaysIn};
pub use visit::{
    Adjustment, CancelVisit, DiscardVisit, GiveBackVisit, ReinstateVisit, StartUnplannedVisit,
    TakeOverVisit, UnplannedVisit,
};

commands! {
    /// Where the app stands.
    ReadSession = "read_session" -> SessionView {}

    /// Enrol this tablet and log a worker in on it: once, online.
    Enrol = "enrol" -> SessionView {
        /// The server's address, such as `https://kjent.example.no`; empty when the code has it, or
        /// the tablet is enrolled.
        server: String,
        /// The one-time code, or the whole invitation; empty when the tablet is enrolled.
        code: String,
        /// The worker's employee number.
        employee_number: String,
        /// The password of the worker's account.
        password: Secret,
        /// The PIN to open it with from now on.
        pin: Secret,
    }

    /// Send everything, give the tablet back, and wipe what the profile held on it.
    HandIn = "hand_in" -> SessionView {}

    /// Open a profile with its PIN.
    Unlock = "unlock" -> SessionView {
        /// Which: `ProfileView::profile`.
        profile: String,
        /// The PIN.
        pin: Secret,
    }

    /// Log in again to a profile that no PIN opens, or whose lease is over, with a new PIN. Online.
    LogInAgain = "log_in_again" -> SessionView {
        /// Which: `ProfileView::profile`.
        profile: String,
        /// The worker's employee number.
        employee_number: String,
        /// The password of the worker's account.
        password: Secret,
        /// The PIN to open it with from now on.
        pin: Secret,
    }

    /// Mend a damaged database, and open the profile.
    Repair = "repair" -> RepairView {
        /// Which: `ProfileView::profile`.
        profile: String,
        /// The PIN.
        pin: Secret,
    }

    /// Close it again.
    Lock = "lock" -> SessionView {}

    /// The day's list.
    ReadToday = "read_today" -> TodayView {}

    /// Every client of the teams, by name.
    ReadClients = "read_clients" -> Vec<ClientCardView> {}

    /// A client's page. Opening it marks the journal as seen when the page is left: see `MarkRead`.
    ReadClient = "read_client" -> ClientView {
        /// Which client.
        client: ClientId,
    }

    /// A client's journal.
    ReadJournal = "read_journal" -> JournalView {
        /// Which client.
        client: ClientId,
        /// How many of the newest entries.
        entries: u32,
        /// An entry that is to be among them, however old it is.
        through: Option<FactId>,
    }

    /// Fetch a month of the journal that is older than what the tablet keeps; it stays for a day.
    /// Answers when it is here, or there is none.
    FetchOlder = "fetch_older" -> Older {
        /// Whose journal.
        client: ClientId,
        /// Which month.
        month: Month,
    }

    /// To a team lead: what came late in the last 14 days, newest first.
    ReadLateWork = "read_late_work" -> Vec<LateWorkView> {}

    /// The worker has seen the journal as it is now.
    MarkRead = "mark_read" -> () {
        /// Which client.
        client: ClientId,
    }

    /// A visit with its draft.
    ReadVisit = "read_visit" -> VisitView {
        /// Which visit.
        visit: VisitId,
    }

    /// Begin a visit: the draft is there from now on.
    StartVisit = "start_visit" -> VisitView {
        /// Which visit.
        visit: VisitId,
    }

    /// Save what has been tapped and typed so far; answers when it was saved.
    SaveVisitDraft = "save_visit_draft" -> NaiveDateTime {
        /// Which visit.
        visit: VisitId,
        /// Everything so far.
        draft: VisitDraft,
    }

    /// Sign the visit: the report is in the journal from now on, and the draft is gone.
    FinishVisit = "finish_visit" -> () {
        /// Which visit.
        visit: VisitId,
        /// What is signed.
        draft: VisitDraft,
    }

    /// The conversation as it was last typed, when one is under way.
    ReadConversationDraft = "read_conversation_draft" -> ConversationDraft {
        /// With which client.
        client: ClientId,
    }

    /// Save the conversation so far.
    SaveConversationDraft = "save_conversation_draft" -> () {
        /// With which client.
        client: ClientId,
        /// Everything so far.
        draft: ConversationDraft,
    }

    /// Sign the conversation and make its goals.
    FinishConversation = "finish_conversation" -> () {
        /// With which client.
        client: ClientId,
        /// What is signed.
        draft: ConversationDraft,
    }

    /// Find words in what is written and in names. It asks nobody but the tablet.
    Search = "search" -> SearchView {
        /// The words, as they are typed.
        query: String,
        /// How many hits at most.
        limit: u32,
    }

    /// The sync line.
    ReadSync = "read_sync" -> SyncView {}

    /// Note that the worker has taken care of refused work. It stays in the list, and is red no more.
    SettleRefused = "settle_refused" -> () {
        /// `RefusedView::id`.
        id: i64,
    }

    /// Sync now, and answer when it is done, however it went.
    SyncNow = "sync_now" -> SyncView {}
}

/// What became of a month of the journal that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Older {
    /// It is here.
    Here,
    /// Nothing was written in it.
    Nothing,
    /// The server was not reached.
    NoNetwork,
}

/// A visit as far as it has been documented.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitDraft {
    /// When the worker began; set by `start_visit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<Timestamp>,
    /// With whom and why, of a visit that nobody planned; set by `start_unplanned_visit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unplanned: Option<UnplannedVisit>,
    /// What has been answered for.
    #[serde(default)]
    pub outcomes: Vec<InterventionOutcome>,
    /// How goals are going.
    #[serde(default)]
    pub progress: Vec<GoalProgress>,
    /// The note.
    #[serde(default)]
    pub note: Note,
    /// What was measured and asked.
    #[serde(default)]
    pub observations: Observations,
    /// What was done in another way than the plan says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<Adjustment>,
}

impl VisitDraft {
    /// Whether there is something to sign.
    pub fn says_something(&self) -> bool {
        !self.outcomes.is_empty()
            || !self.note.is_empty()
            || !self.observations.is_empty()
            || self.adjustments.iter().any(|one| !one.is_empty())
    }
}

/// A what-matters conversation as far as it has been written, with the goals it leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationDraft {
    /// The conversation.
    #[serde(default)]
    pub conversation: WhatMatters,
    /// The goal; no goal is made while its title is empty.
    #[serde(default)]
    pub goal: NewGoal,
    /// More goals, each made when it has a title.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more_goals: Vec<NewGoal>,
}

impl ConversationDraft {
    /// The goals that have a title.
    pub fn goals(&self) -> impl Iterator<Item = &NewGoal> {
        let all = std::iter::once(&self.goal).chain(&self.more_goals);
        all.filter(|goal| !goal.title.trim().is_empty())
    }
}

/// A goal to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewGoal {
    /// The goal.
    #[serde(default)]
    pub title: String,
    /// What the client does themself.
    #[serde(default)]
    pub own_part: String,
    /// Whose wish.
    pub expressed_by: ExpressedBy,
    /// Due.
    #[serde(default)]
    pub due: Option<NaiveDate>,
}

impl Default for NewGoal {
    fn default() -> Self {
        Self {
            title: String::new(),
            own_part: String::new(),
            expressed_by: ExpressedBy::Client,
            due: None,
        }
    }
}

/// The event that the shell sends the UI with a `ChangeSet` when anything changed, by a local edit
/// or by sync.
pub const CHANGED_EVENT: &str = "changed";
