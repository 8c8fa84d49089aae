//! The client's profile and the people around them.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::{FirstTimeView, ValueView, WorkerView};
use crate::fact::{CapacityAssessment, Consent, ContactLogged};
use crate::ids::{ClientId, ContactId, CriticalInfoId, FactId, WorkerId};
use crate::people::{ConsentState, Continuity, Disclosure, Responsibility};
use crate::plan::{ContactRole, CriticalKind, Scalar};
use crate::team::Role;

/// An object of the plan as its fields: what a form begins with.
pub type PlanFields = BTreeMap<String, Scalar>;

/// The profile, and the people around the client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleView {
    /// The profile's fields, without the national number.
    pub profile: PlanFields,
    /// The primary contact.
    pub primary_contact: ResponsibleView,
    /// The service lead.
    pub service_lead: ResponsibleView,
    /// Who may be made one of them: the team's members, by name.
    pub appointable: Vec<WorkerView>,
    /// Critical information, that which is ended last.
    pub critical: Vec<CriticalItemView>,
    /// People around the client, those who are no longer so last.
    pub contacts: Vec<ContactView>,
    /// Consents, newest first.
    pub consents: Vec<ConsentView>,
    /// Whom the client bars, newest first, those bars that are over among them.
    #[serde(default)]
    pub restrictions: Vec<RestrictionView>,
    /// Assessments of the capacity to decide, newest first.
    pub assessments: Vec<AssessmentView>,
    /// Talks with the people around the client, newest first.
    pub log: Vec<ContactLogView>,
    /// How well the client knows those who come.
    pub continuity: Continuity,
    /// Who comes in the next days, in order.
    pub ahead: Vec<AheadView>,
    /// Who this is, to a reader who has never been here.
    #[serde(default)]
    pub first_time: Option<FirstTimeView>,
    /// What the reader may change.
    pub may: MayView,
}

/// What the reader may change of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MayView {
    /// The profile.
    pub profile: bool,
    /// The people around the client.
    pub contacts: bool,
    /// Critical information.
    pub critical: bool,
    /// Who is primary contact and service lead.
    pub appoint: bool,
    /// Whom the client bars.
    #[serde(default)]
    pub restrict: bool,
}

/// Who has a role, from when to when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponsibleView {
    /// Whether somebody has it.
    pub state: Responsibility,
    /// Who has or had it.
    pub worker: Option<WorkerId>,
    /// Their name; empty when nobody ever had it.
    pub name: String,
    /// Where they are reached.
    pub phone: Option<String>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day, inclusive.
    pub to: Option<NaiveDate>,
    /// Everyone who was appointed at the same time, when several were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflict: Vec<ValueView>,
}

impl Default for ResponsibleView {
    fn default() -> Self {
        Self {
            state: Responsibility::Gap { since: None },
            worker: None,
            name: String::new(),
            phone: None,
            from: None,
            to: None,
            conflict: Vec::new(),
        }
    }
}

/// A piece of critical information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriticalItemView {
    /// Which.
    pub item: CriticalInfoId,
    /// Kind.
    pub kind: CriticalKind,
    /// A few words.
    pub label: String,
    /// More.
    pub details: Option<String>,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Where it is known from.
    pub source: Option<String>,
    /// The last day it was so, of one that is ended.
    pub ended: Option<NaiveDate>,
    /// Its fields.
    pub fields: PlanFields,
}

/// A person around the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    /// Who.
    pub contact: ContactId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: ContactRole,
    /// In words.
    pub relation: String,
    /// Telephone.
    pub phone: Option<String>,
    /// The last day they were in the role, of one who is no longer.
    pub ended: Option<NaiveDate>,
    /// What may be told to them.
    pub disclosure: Disclosure,
    /// All their fields.
    pub fields: PlanFields,
}

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentView {
    /// The fact.
    pub fact: FactId,
    /// To whom.
    pub to: String,
    /// The consent.
    pub consent: Consent,
    /// Where it stands today.
    pub state: ConsentState,
    /// How it was taken back.
    pub withdrawn: Option<String>,
    /// Who wrote it down.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestrictionView {
    /// The fact.
    pub fact: FactId,
    /// The name of the worker who is barred; empty when a role is.
    pub name: String,
    /// The role that is barred.
    pub role: Option<Role>,
    /// Why, as the client puts it.
    pub words: String,
    /// Who wrote it down.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
    /// Why it is over, of one that is.
    pub ended: Option<String>,
}

/// An assessment of the capacity to decide in one matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentView {
    /// The fact.
    pub fact: FactId,
    /// The assessment.
    pub assessment: CapacityAssessment,
    /// Who assessed.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}

/// A talk with somebody around the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactLogView {
    /// The fact.
    pub fact: FactId,
    /// With whom.
    pub with: String,
    /// The talk.
    pub contact: ContactLogged,
    /// Who wrote it down.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}

/// A visit of the next days: who comes, and how known they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AheadView {
    /// When.
    pub starts: NaiveDateTime,
    /// Who; empty when the client bars whoever was to go, and it has to be given to somebody else.
    pub name: String,
    /// How often they have been there in the last 28 days.
    pub visits: u32,
}

/// What lacks somebody: clients without somebody responsible, and visits that nobody makes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapsView {
    /// To whoever plans: the visits that have to be given to somebody else, by time.
    pub to_give: Vec<ToGiveView>,
    /// To a team lead: the clients who lack somebody responsible, by name.
    pub clients: Vec<GapView>,
}

/// A visit that has to be given to somebody else: the client bars whoever was to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToGiveView {
    /// To which client.
    pub client: ClientId,
    /// The client's name.
    pub name: String,
    /// When.
    pub starts: NaiveDateTime,
}

/// A client who lacks somebody responsible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapView {
    /// Which client.
    pub client: ClientId,
    /// Name.
    pub name: String,
    /// How the primary contact's role is held.
    pub primary_contact: ResponsibleView,
    /// How the service lead's role is held.
    pub service_lead: ResponsibleView,
}
