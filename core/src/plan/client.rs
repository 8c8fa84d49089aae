//! The client's profile, the people around them, and what must never be overlooked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::NeedsAndStrengths;
use super::limits::ClientLimits;
use crate::clinical::ScaleTwoOrder;
use crate::ids::WorkerId;
use crate::national_number::NationalNumber;
use crate::open_enum;
use crate::people::{Tenure, is_responsible};

open_enum! {
    /// How an interpreter is to be used.
    pub enum Interpreter {
        /// None is needed.
        None = "none",
        /// By telephone.
        Phone = "phone",
        /// In the room.
        Present = "present",
    }
}

/// The client's profile: who this person is, and who is responsible for what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Full name.
    pub name: String,
    /// The name they use, when it isn't their first name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// Pronoun, or how the client describes themself, in their own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub self_description: Option<String>,
    /// National number; screens show it masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub national_number: Option<NationalNumber>,
    /// Date of birth, registered, never derived from the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
    /// Street, number and floor.
    pub address: String,
    /// Postal code and place, such as `0985 OSLO`.
    pub postal_place: String,
    /// Whether the address is protected: shown to those who visit that day and to the lead alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_protected: Option<bool>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// How the worker gets in («nøkkelboks», «ringer på»). Never a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// What is agreed for when nobody opens: who is phoned first, when somebody goes in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed_contact_plan: Option<String>,
    /// Who has a key and where it is, in words. Never a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// House rules: shoes, pets, smoking, which rooms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub house_rules: Option<String>,
    /// Language, when an interpreter or special care is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Whether an interpreter is needed, and how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<Interpreter>,
    /// When and for what an interpreter is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter_words: Option<String>,
    /// "Om meg": what the client wants everyone who comes to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about_me: Option<String>,
    /// "Om meg": what the client is like, and likes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personality: Option<String>,
    /// "Om meg": the life behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub life_story: Option<String>,
    /// "Om meg": what health means in this life.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<String>,
    /// "Om meg": who and what is around the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub social: Option<String>,
    /// "Om meg": what the client likes to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interests: Option<String>,
    /// The client's own resources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strengths: Option<String>,
    /// The client's GP (fastlege).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gp: Option<String>,
    /// The GP was asked for, and nobody knows. Not asked is neither this nor a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gp_unknown: Option<bool>,
    /// The worker who is primary contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_contact: Option<WorkerId>,
    /// First day of the primary contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_contact_from: Option<NaiveDate>,
    /// Last day of the primary contact, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_contact_to: Option<NaiveDate>,
    /// Where the primary contact is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_contact_phone: Option<String>,
    /// The worker who is service lead (tjenesteansvarlig).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_lead: Option<WorkerId>,
    /// A doctor's order that saturation is scored on scale 2 of NEWS2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spo2_scale2_order: Option<ScaleTwoOrder>,
    /// The client's own limits: the fields `limit_…`.
    #[serde(flatten)]
    pub limits: ClientLimits,
    /// First day of the service lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_lead_from: Option<NaiveDate>,
    /// Last day of the service lead, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_lead_to: Option<NaiveDate>,
    /// Where the service lead is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_lead_phone: Option<String>,
    /// Needs and strengths by area: the fields `need_…` and `strength_…`.
    #[serde(flatten)]
    pub areas: NeedsAndStrengths,
}

impl Client {
    /// Who is primary contact and who is service lead, each with the days.
    pub fn tenures(&self) -> [Option<Tenure>; 2] {
        let tenure =
            |worker: Option<WorkerId>, from, to| worker.map(|worker| Tenure { worker, from, to });
        [
            tenure(self.primary_contact, self.primary_contact_from, self.primary_contact_to),
            tenure(self.service_lead, self.service_lead_from, self.service_lead_to),
        ]
    }

    /// Whether a worker is the primary contact or the service lead on a day.
    pub fn is_responsible(&self, worker: WorkerId, day: NaiveDate) -> bool {
        is_responsible(&self.tenures(), worker, day)
    }
}

open_enum! {
    /// What a person around the client is to them, in law or in fact.
    pub enum ContactRole {
        /// Nærmeste pårørende.
        NextOfKin = "next_of_kin",
        /// Another relative.
        Relative = "relative",
        /// Verge.
        Guardian = "guardian",
        /// Fremtidsfullmektig.
        EnduringAttorney = "enduring_attorney",
        /// Neighbour or friend.
        SocialNetwork = "social_network",
        /// Frivillig: reads no record.
        Volunteer = "volunteer",
        /// Fastlege.
        Gp = "gp",
        /// Another service: NAV, the hospital, the pharmacy.
        OtherService = "other_service",
    }
}

open_enum! {
    /// What a guardian or an attorney may speak for the client about.
    pub enum MandateArea {
        /// Personal matters, health among them.
        Personal = "personal",
        /// Money only.
        Economic = "economic",
        /// Both.
        Both = "both",
    }
}

/// A person around the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Role.
    pub role: ContactRole,
    /// In words: «datter», «nabo».
    #[serde(default)]
    pub relation: String,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whether they have a key to the home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_key: Option<bool>,
    /// What the mandate of a guardian or an attorney is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<MandateArea>,
    /// First day of the mandate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate_from: Option<NaiveDate>,
    /// Last day of the mandate, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate_to: Option<NaiveDate>,
    /// Which document says so, and where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate_document: Option<String>,
    /// What they do of their own will, for as long as they want to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contributes: Option<String>,
    /// What they need themself: theirs, and not the client's to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_needs: Option<String>,
    /// How heavy the care is to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burden: Option<String>,
    /// When respite care was last considered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respite_considered: Option<NaiveDate>,
    /// The last day they were in this role: kept, and no more among those to ring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<NaiveDate>,
}

impl Contact {
    /// A person of whom nothing more is known yet.
    pub fn new(name: impl Into<String>, role: ContactRole) -> Self {
        Self {
            name: name.into(),
            role,
            relation: String::new(),
            phone: None,
            has_key: None,
            mandate: None,
            mandate_from: None,
            mandate_to: None,
            mandate_document: None,
            contributes: None,
            own_needs: None,
            burden: None,
            respite_considered: None,
            ended: None,
        }
    }
}

open_enum! {
    /// Kinds of critical information, after kjernejournal's categories.
    pub enum CriticalKind {
        /// Allergy or other hypersensitivity.
        Allergy = "allergy",
        /// Infection.
        Infection = "infection",
        /// Implant.
        Implant = "implant",
        /// Limits of treatment.
        TreatmentLimit = "treatment_limit",
        /// A critical condition.
        Condition = "condition",
        /// Something about the home or the situation to be careful of.
        Alert = "alert",
    }
}

/// A piece of critical information: always in sight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriticalInfo {
    /// Kind.
    pub kind: CriticalKind,
    /// A few words for the tag: «Penicillinallergi».
    pub label: String,
    /// More, for the client's page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// Where it is known from: «epikrise», «datteren».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The last day it was so. It is ended, not deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<NaiveDate>,
}

impl CriticalInfo {
    /// Whether it is so on a day: what is ended is kept, and no more among the tags.
    pub fn is_current(&self, today: NaiveDate) -> bool {
        self.ended.is_none_or(|last| today <= last)
    }
}
