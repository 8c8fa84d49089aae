//! The person behind the plan in a client's file, and what is written about the people around.

use std::collections::BTreeMap;

use kjent_core::fact::{
    BasisKind, Caller, CapacityOutcome, Channel, ConsentForm, ConsentGiver, ConsentScope,
};
use kjent_core::plan::Interpreter;
use serde::Deserialize;

/// What is known beyond the profile's first lines.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // the profile's fields are documented in `kjent_core::plan::Client`
pub struct PeopleData {
    pub self_description: Option<String>,
    pub key: Option<String>,
    pub interpreter: Option<Interpreter>,
    pub interpreter_words: Option<String>,
    pub personality: Option<String>,
    pub life_story: Option<String>,
    pub health: Option<String>,
    pub social: Option<String>,
    pub interests: Option<String>,
    pub primary_contact_phone: Option<String>,
    /// Last day of the primary contact, counted from today.
    pub primary_contact_to: Option<i64>,
    /// Needs by the code of their area.
    pub needs: BTreeMap<String, String>,
    /// Strengths by the code of their area.
    pub strengths: BTreeMap<String, String>,
    pub consents: Vec<ConsentData>,
    pub assessments: Vec<AssessmentData>,
    pub talks: Vec<TalkData>,
}

/// A consent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // as in `kjent_core::fact::Consent`; days are counted from today
pub struct ConsentData {
    pub key: String,
    pub day: i64,
    pub by: String,
    pub what: ConsentScope,
    #[serde(default)]
    pub words: String,
    /// The name of one of the contacts.
    pub to: Option<String>,
    #[serde(default)]
    pub to_words: String,
    pub until: Option<i64>,
    pub how: ConsentForm,
    pub given_by: ConsentGiver,
    /// The day when it was taken back, and how.
    pub withdrawn: Option<(i64, String)>,
}

/// An assessment of the capacity to decide.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // as in `kjent_core::fact::CapacityAssessment`
pub struct AssessmentData {
    pub day: i64,
    pub by: String,
    pub matter: String,
    pub outcome: CapacityOutcome,
    pub reasons: String,
}

/// A talk with somebody around the client.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // as in `kjent_core::fact::ContactLogged`
pub struct TalkData {
    pub day: i64,
    pub at: String,
    pub by: String,
    /// The name of one of the contacts.
    pub with: Option<String>,
    #[serde(default)]
    pub with_words: String,
    pub channel: Channel,
    pub caller: Caller,
    pub content: String,
    #[serde(default)]
    pub result: String,
    pub basis: BasisKind,
    /// The key of the consent.
    pub consent: Option<String>,
    #[serde(default)]
    pub law: String,
}
