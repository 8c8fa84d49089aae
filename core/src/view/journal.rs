//! The journal's entries: who wrote what, and how far it has come.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{ContactAttemptView, LateView, ThreadView};
use crate::fact::{
    CancelReason, CapacityAssessment, Consent, ContactLogged, ContactOutcome, Direction, FactKind,
    GoalEvaluation, HandoverTo, Incident, IncidentKind, IncidentState, NotDoneReason, Note,
    Observations, PlanChange, PlanProposal, PlanReview, ProgressSource, ResistedCare, Unplanned,
    WhatMatters,
};
use crate::ids::{FactId, WorkerId};
use crate::problem::Problem;
use crate::team::{Profession, Role};
use crate::time::Month;

/// A client's journal, as far as it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalView {
    /// The client's name as it stands in a sentence.
    pub called: String,
    /// The entries, newest first.
    pub entries: Vec<EntryView>,
    /// What comes after them.
    pub older: OlderView,
    /// What was erased, in the journal and beside it: never in silence.
    pub erased: Vec<ErasedView>,
}

/// An entry in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    /// The fact.
    pub fact: FactId,
    /// What kind of fact it is.
    pub kind: FactKind,
    /// The first of its texts that isn't empty; empty when it has none.
    pub first_words: String,
    /// Who wrote it.
    pub author: String,
    /// Which worker that is: two may have one name.
    pub author_id: WorkerId,
    /// Their profession.
    pub profession: Profession,
    /// Whether the author was let in by break-glass when it was written.
    #[serde(default)]
    pub by_break_glass: bool,
    /// Whether it is the reader's own.
    pub mine: bool,
    /// When it happened.
    pub happened: NaiveDateTime,
    /// When it was written.
    pub written: NaiveDateTime,
    /// Whether the reader has not seen it yet.
    pub unread: bool,
    /// How far it has come.
    pub state: EntryState,
    /// Who has it and who has read it; of the reader's own entries that were not refused.
    pub receipt: Option<ReceiptView>,
    /// What made it late, when it came after its author had lost access.
    pub late: Option<LateView>,
    /// The entry that this one corrects.
    pub amends: Option<FactId>,
    /// The entry that corrects this one.
    pub amended_by: Option<FactId>,
    /// What its note is about, by title.
    #[serde(default)]
    pub links: Vec<String>,
    /// What its note answers or closes, in the words that asked for it.
    #[serde(default)]
    pub answered: Vec<String>,
    /// What it asks to be followed up, and where that stands.
    #[serde(default)]
    pub thread: Option<ThreadView>,
    /// Who reads it, when the client restricts it or did.
    #[serde(default)]
    pub restricted: Option<RestrictedView>,
    /// Whether the reader may say who reads it.
    #[serde(default)]
    pub may_restrict: bool,
    /// What it says.
    pub body: EntryBody,
}

/// Who reads an entry that the client restricts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestrictedView {
    /// Their names, the author's first; empty once it is over.
    pub names: Vec<String>,
    /// Who they are, without the author, who always reads it.
    pub readers: Vec<WorkerId>,
    /// Why, as the client puts it.
    pub words: String,
    /// Whether it is over.
    pub is_ended: bool,
}

/// By how many minutes what an entry tells of lies before the writing, for the entry to be a late one.
/// The form promises the mark for any earlier time, and a time is given in minutes.
const LATE_ENTRY_MINUTES: i64 = 1;

impl EntryView {
    /// Whether it tells of an earlier time. A visit is signed at its end and not late for having
    /// lasted.
    pub fn is_late_entry(&self) -> bool {
        let is_visit = matches!(self.body, EntryBody::Visit { .. });
        !is_visit && (self.written - self.happened).num_minutes() >= LATE_ENTRY_MINUTES
    }
}

/// That something was erased, by decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedView {
    /// The fact that was: others may say that they correct it.
    pub fact: FactId,
    /// When it was erased.
    pub at: NaiveDateTime,
    /// On what legal ground.
    pub ground: String,
}

/// How far an entry has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EntryState {
    /// On this tablet only.
    Waiting,
    /// The server has it.
    Sent,
    /// The server refused it; it is still here.
    Refused {
        /// Why.
        reason: Problem,
    },
}

/// How far an own entry has come among the colleagues. It never says more than is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptView {
    /// The furthest step towards the worker who has the client's next visit.
    pub step: ReceiptStep,
    /// How many others have read it.
    pub others: u32,
}

/// The steps of an entry on its way to the worker who has the client's next visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum ReceiptStep {
    /// It is stored on this tablet.
    Here,
    /// The server has it.
    OnServer,
    /// It is on her tablet.
    OnTablet {
        /// Her name.
        name: String,
    },
    /// She has read it.
    Read {
        /// Her name.
        name: String,
        /// When she was known to have, for the first time.
        at: NaiveDateTime,
    },
}

/// What comes after the last entry of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OlderView {
    /// Whether more entries are on the tablet.
    pub more_here: bool,
    /// The oldest month from which on the journal is on this tablet, and the one before it can be
    /// asked for; `None` before the tablet knows.
    pub from: Option<Month>,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
// Most entries are reports, the largest: boxes would cost the many to spare the few.
#[allow(clippy::large_enum_variant)]
pub enum EntryBody {
    /// A visit.
    Visit {
        /// When it began.
        started: NaiveDateTime,
        /// When it was signed.
        finished: NaiveDateTime,
        /// What led to a visit that nobody planned.
        unplanned: Option<Unplanned>,
        /// What became of each intervention.
        outcomes: Vec<OutcomeView>,
        /// How goals went.
        progress: Vec<EntryProgressView>,
        /// The note.
        note: Note,
        /// What was measured and asked.
        observations: Observations,
    },
    /// A note.
    Note {
        /// The note.
        note: Note,
    },
    /// A change of the plan.
    PlanChange {
        /// What the object is called now; the client's name for the profile.
        title: String,
        /// The change.
        change: PlanChange,
    },
    /// A change of the plan that is asked for.
    PlanProposal {
        /// What the object is called now; empty for a new one.
        title: String,
        /// The proposal.
        proposal: PlanProposal,
    },
    /// A proposal that was not followed.
    ProposalDeclined {
        /// Why.
        reason: String,
    },
    /// Why something else was delivered than was granted.
    DeliveryExplained {
        /// What the decision grants.
        title: String,
        /// First day that it is about.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
        /// Why.
        reason: String,
    },
    /// Somebody makes a colleague's visit.
    VisitTakenOver,
    /// And doesn't after all.
    VisitGivenBack,
    /// A visit is not made.
    VisitCancelled {
        /// Why.
        reason: CancelReason,
        /// More about it.
        words: String,
    },
    /// A cancelled visit is made after all.
    VisitReinstated,
    /// The client wasn't met.
    MissedContact {
        /// What was done, by time.
        steps: Vec<ContactAttemptView>,
        /// How it ended.
        outcome: ContactOutcome,
        /// Who took the search over; may be empty.
        alarm_to: String,
        /// More about it; may be empty.
        words: String,
    },
    /// The client resisted care.
    ResistedCare {
        /// What of the visit's interventions, by title.
        titles: Vec<String>,
        /// The rest.
        care: ResistedCare,
    },
    /// What was measured outside a visit, or a correction of what was.
    Observations {
        /// What.
        observations: Observations,
    },
    /// An incident.
    Incident {
        /// What happened.
        incident: Incident,
    },
    /// That the work with an incident came a step on.
    IncidentStep {
        /// What the incident is about; `None` when it is not on the tablet.
        about: Option<IncidentKind>,
        /// The step.
        step: IncidentState,
        /// In words.
        words: String,
    },
    /// A conversation about what matters.
    Conversation {
        /// The conversation.
        conversation: WhatMatters,
    },
    /// That an entry is about the wrong person.
    WrongPerson {
        /// How it came about.
        reason: String,
    },
    /// Something that was handed over.
    Handover {
        /// To whom.
        to: HandoverTo,
        /// The colleague's name, when one is named.
        to_name: String,
        /// What.
        text: String,
        /// The entry that it is about.
        about: Option<FactId>,
    },
    /// An evaluation of a goal.
    GoalEvaluation {
        /// The goal's title.
        title: String,
        /// The evaluation.
        evaluation: GoalEvaluation,
    },
    /// The plan was gone through.
    PlanReview {
        /// The review.
        review: PlanReview,
    },
    /// A talk with somebody around the client.
    Contact {
        /// With whom.
        with: String,
        /// The talk.
        contact: ContactLogged,
    },
    /// A consent.
    Consent {
        /// To whom.
        to: String,
        /// The consent.
        consent: Consent,
    },
    /// That a consent is taken back.
    ConsentWithdrawn {
        /// How.
        how: String,
    },
    /// That the client bars somebody.
    Restriction {
        /// The name of the worker; empty when a role is barred.
        name: String,
        /// The role.
        role: Option<Role>,
        /// Why, as the client puts it.
        words: String,
    },
    /// That a bar is over.
    RestrictionEnded {
        /// Why, as the client puts it.
        words: String,
    },
    /// An entry that the client restricts, to whoever doesn't read it.
    Restricted {
        /// The entry, to which others may refer.
        entry: FactId,
        /// The name of whom to ask.
        ask: String,
    },
    /// Whether the client can decide in one matter.
    Capacity {
        /// The assessment.
        assessment: CapacityAssessment,
    },
    /// Written by a newer version of the app.
    Unknown,
}

/// What became of an intervention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeView {
    /// The intervention's title.
    pub title: String,
    /// Why it was not done; `None` when done.
    pub not_done: Option<NotDoneReason>,
}

/// Progress noted in an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryProgressView {
    /// The goal's title.
    pub goal: String,
    /// Which way.
    pub direction: Direction,
    /// According to whom.
    pub source: ProgressSource,
}
