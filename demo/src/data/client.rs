//! `clients/*.toml`: one client with everything about them.

use std::collections::BTreeMap;

use kjent_core::clinical::MeasurementKind;
use kjent_core::plan::{ContactRole, CriticalKind, MandateArea};
use serde::Deserialize;

use super::{
    ConversationData, DecisionData, EventData, GoalData, IncidentData, InterventionData,
    ObservationsData, PeopleData, PhaseData, ReviewData, SwapData, VisitData,
};

/// A client's file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the profile's fields are documented in `kjent_core::plan::Client`
pub struct ClientFile {
    pub name: String,
    pub called: Option<String>,
    pub national_number: String,
    pub birth_date: String,
    pub address: String,
    pub postal_place: String,
    pub phone: Option<String>,
    pub entry: String,
    pub house_rules: Option<String>,
    pub language: Option<String>,
    pub about_me: String,
    pub strengths: String,
    pub gp: Option<String>,
    pub primary_contact: String,
    pub service_lead: String,
    #[serde(default)]
    pub people: PeopleData,
    #[serde(default)]
    pub contacts: Vec<ContactData>,
    #[serde(default)]
    pub critical: Vec<CriticalData>,
    #[serde(default)]
    pub decisions: Vec<DecisionData>,
    #[serde(default)]
    pub conversations: Vec<ConversationData>,
    #[serde(default)]
    pub goals: Vec<GoalData>,
    #[serde(default)]
    pub reviews: Vec<ReviewData>,
    #[serde(default)]
    pub interventions: Vec<InterventionData>,
    #[serde(default)]
    pub visits: Vec<VisitData>,
    #[serde(default)]
    pub swaps: Vec<SwapData>,
    #[serde(default)]
    pub events: Vec<EventData>,
    #[serde(default)]
    pub phases: Vec<PhaseData>,
    #[serde(default)]
    pub limits: BTreeMap<MeasurementKind, String>,
    pub scale_two_order: Option<OrderData>,
    #[serde(default)]
    pub observations: Vec<ObservationsData>,
    #[serde(default)]
    pub incidents: Vec<IncidentData>,
}

/// A doctor's order for scale 2 of NEWS2.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderData {
    /// Day.
    pub day: i64,
    /// Who ordered it.
    pub doctor: String,
}

/// A person around the client.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // as in `kjent_core::plan::Contact`
pub struct ContactData {
    pub name: String,
    pub role: ContactRole,
    pub relation: String,
    pub phone: Option<String>,
    pub has_key: Option<bool>,
    pub mandate: Option<MandateArea>,
    /// First and last day of the mandate, counted from today.
    pub mandate_days: Option<[i64; 2]>,
    pub mandate_document: Option<String>,
    pub contributes: Option<String>,
    pub own_needs: Option<String>,
    pub burden: Option<String>,
    /// The day, counted from today.
    pub respite_considered: Option<i64>,
}

/// Critical information.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // as in `kjent_core::plan::CriticalInfo`
pub struct CriticalData {
    pub kind: CriticalKind,
    pub label: String,
    pub details: Option<String>,
    /// The day, counted from today.
    pub since: Option<i64>,
    pub source: Option<String>,
}

impl ClientFile {
    /// The intervention of a key.
    pub fn intervention(&self, key: &str) -> Option<&InterventionData> {
        self.interventions.iter().find(|intervention| intervention.key == key)
    }

    /// The conversation of a key.
    pub fn conversation(&self, key: &str) -> Option<&ConversationData> {
        self.conversations.iter().find(|conversation| conversation.key == key)
    }

    /// The decision of a key.
    pub fn decision(&self, key: &str) -> Option<&DecisionData> {
        self.decisions.iter().find(|decision| decision.key == key)
    }
}
