//! The client's profile, the people around them, and what must never be overlooked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::limits::ClientLimits;
use crate::clinical::ScaleTwoOrder;
use crate::ids::WorkerId;
use crate::national_number::NationalNumber;
use crate::open_enum;

/// The client's profile: who this person is, and who is responsible for what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Full name.
    pub name: String,
    /// The name they use, when it isn't their first name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
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
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// How the worker gets in («nøkkelboks», «ringer på»). Never a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// House rules: shoes, pets, smoking, which rooms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub house_rules: Option<String>,
    /// Language, when an interpreter or special care is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// "Om meg": what the client wants everyone who comes to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about_me: Option<String>,
    /// The client's own resources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strengths: Option<String>,
    /// The client's GP (fastlege).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gp: Option<String>,
    /// The worker who is primary contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_contact: Option<WorkerId>,
    /// The worker who is service lead (tjenesteansvarlig).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_lead: Option<WorkerId>,
    /// A doctor's order that saturation is scored on scale 2 of NEWS2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spo2_scale2_order: Option<ScaleTwoOrder>,
    /// The client's own limits: the fields `limit_…`.
    #[serde(flatten)]
    pub limits: ClientLimits,
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
        /// Neighbour, friend, volunteer.
        SocialNetwork = "social_network",
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
    pub relation: String,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
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
}
