//! What screens read: one view per screen, made by the tablet from its projection.
//!
//! Times are local (Europe/Oslo) and ready to show; the UI needs no time zone. Texts are the data's
//! own; every other word on the screen is the UI's, in the worker's language.

mod access;
mod before_door;
mod client;
mod clients;
mod curves;
mod decision;
mod grant;
mod handover;
mod incident;
mod journal;
mod late;
mod lock;
mod note;
mod people;
mod plan;
mod readiness;
mod routine;
mod search;
mod sync;
mod thread;
mod today;
mod visit;

pub use access::{AccessLineView, AccessLogView};
pub use before_door::{BeforeDoorView, FirstTimeView, RingView, SinceProgressView, SinceView};
pub use client::{
    CarerView, ClientView, CriticalView, EvaluationView, FieldView, GoalView, InterventionView,
    ProgressView, ValueView, WhatMattersView,
};
pub use clients::{ClientCardView, NextVisitView};
pub use curves::{CurvesView, LimitView, SetView};
pub use decision::{DecisionView, DeliveryView, ExplanationView};
pub use grant::{GrantView, ReviewedGrantView};
pub use handover::{ClientReportView, HandedView, HandoverStep, HandoverView};
pub use incident::{IncidentStepView, IncidentView};
pub use journal::{
    EntryBody, EntryProgressView, EntryState, EntryView, ErasedView, JournalView, OlderView,
    OutcomeView, ReceiptStep, ReceiptView, RestrictedView,
};
pub use late::{LateView, LateWorkView};
pub use lock::{BiometryView, LockState, ProfileView};
pub use note::{LinksView, NoteView};
pub use people::{
    AheadView, AssessmentView, ConsentView, ContactLogView, ContactView, CriticalItemView, GapView,
    GapsView, MayView, PeopleView, PlanFields, ResponsibleView, RestrictionView, ToGiveView,
};
pub use plan::{ConflictView, ProposalView, ReviewView, StandingView, WordingView};
pub use readiness::{FillingView, LackView, ReadinessView};
pub use routine::{
    ContactAttemptView, MissedContactView, ReachableView, ResistedCareView, ResistibleView,
};
pub use search::{HitKind, HitView, SearchView, SnippetPart};
pub use sync::{
    LeftView, RefusedView, Step, StepState, StepView, SyncState, SyncView, WaitingView, WorkView,
};
pub use thread::{AnswerView, CountsView, FollowUpsView, ThreadStanding, ThreadView};
pub use today::{TakenOverView, TodayView, VisitCardView, VisitState, WrongPersonView};
pub use visit::{VisitGoalView, VisitInterventionView, VisitView};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, WorkerId};
use crate::team::Profession;

/// What a repair came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairView {
    /// Where the app stands now.
    pub session: SessionView,
    /// Whether everything that the worker wrote here is certain to be there.
    pub own_work_is_whole: bool,
    /// Whether the server has to send something again.
    pub has_gaps: bool,
}

/// Where the app stands: which of the first screens to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SessionView {
    /// No profile on this tablet yet: enrol first.
    NotEnrolled,
    /// The worker handed the tablet in, and nothing of theirs is left on it.
    HandedIn,
    /// The server knows this tablet, and nobody's profile is on it: log in.
    LoggedOut,
    /// Profiles are here; a PIN opens one.
    Locked {
        /// Whose, in the order of their initials.
        profiles: Vec<ProfileView>,
        /// Which was open last, since the app was started.
        last: Option<String>,
    },
    /// Open.
    Open {
        /// Who is at work.
        worker: WorkerView,
        /// After how many seconds without a touch it locks.
        idle_seconds: u32,
    },
}

/// A worker, as screens name one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkerView {
    /// Who.
    pub worker: WorkerId,
    /// Name.
    pub name: String,
    /// Profession.
    pub profession: Profession,
}

/// What an edit or a sync changed, so that screens refetch it and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSet {
    /// Clients whose documents changed.
    pub clients: Vec<ClientId>,
    /// Days whose list of visits changed.
    pub days: Vec<NaiveDate>,
    /// Whether the sync line changed.
    pub sync: bool,
    /// Whether the profile was closed from outside.
    #[serde(default)]
    pub session: bool,
}

impl ChangeSet {
    /// Adds what another edit changed.
    pub fn merge(&mut self, other: ChangeSet) {
        self.clients.extend(other.clients);
        self.clients.sort_unstable();
        self.clients.dedup();
        self.days.extend(other.days);
        self.days.sort_unstable();
        self.days.dedup();
        self.sync |= other.sync;
        self.session |= other.session;
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.clients.is_empty() && self.days.is_empty() && !self.sync && !self.session
    }
}
