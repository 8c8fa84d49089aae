//! What is measured and what went wrong, in a client's file.

use kjent_core::clinical::{FallAnswers, MeasurementKind, MstAnswers};
use kjent_core::fact::{Harm, IncidentKind, IncidentState, InjurySign, Told};
use serde::Deserialize;

/// Values of a kind from thirty days ago to today, measured when the intervention is done.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasuredData {
    /// What.
    pub kind: MeasurementKind,
    /// The values as people write them, oldest first.
    pub values: Vec<String>,
}

/// What was measured and asked outside a visit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObservationsData {
    /// Day.
    pub day: i64,
    /// Time.
    pub at: String,
    /// Who.
    pub by: String,
    /// What was measured, as people write it.
    #[serde(default)]
    pub measured: Vec<OneMeasured>,
    /// The answers about malnutrition.
    pub mst: Option<MstAnswers>,
    /// The answers about falling.
    pub fall: Option<FallAnswers>,
}

/// One measurement.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneMeasured {
    /// What.
    pub kind: MeasurementKind,
    /// The value as people write it.
    pub value: String,
}

/// An incident.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // as in `kjent_core::fact::Incident`
pub struct IncidentData {
    pub day: i64,
    pub at: String,
    pub by: String,
    pub kind: IncidentKind,
    pub what: String,
    pub place: String,
    pub how: String,
    pub why: String,
    pub harm: Harm,
    pub done_at_once: String,
    pub client_told: Told,
    pub relatives_told: Told,
    pub follow_up: String,
    pub follow_up_by: Option<i64>,
    pub injuries: Option<Vec<InjurySign>>,
    #[serde(default)]
    pub steps: Vec<StepData>,
    /// The note that closes its follow-up.
    pub closed: Option<ClosedData>,
}

/// A note that closes what an incident asked to be followed up.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedData {
    /// Day.
    pub day: i64,
    /// Time.
    pub at: String,
    /// Who.
    pub by: String,
    /// What was seen.
    pub observation: String,
}

/// A step of the work with an incident.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepData {
    /// Day.
    pub day: i64,
    /// Time.
    pub at: String,
    /// Who.
    pub by: String,
    /// Which step.
    pub step: IncidentState,
    /// In words.
    pub words: String,
}
