//! Incidents, with what has come of them.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::fact::{Incident, IncidentState};
use crate::ids::{ClientId, FactId};

/// An incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentView {
    /// The fact.
    pub fact: FactId,
    /// About whom.
    pub client: ClientId,
    /// The client's name.
    pub client_name: String,
    /// Who reported it: those who work with it answer her.
    pub reporter: String,
    /// Whether that is the reader.
    pub mine: bool,
    /// When it happened.
    pub happened: NaiveDateTime,
    /// What it says.
    pub incident: Incident,
    /// Where it stands.
    pub state: IncidentState,
    /// How it came there, the first step first.
    pub steps: Vec<IncidentStepView>,
    /// The steps that the reader may take now.
    pub may: Vec<IncidentState>,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentStepView {
    /// Which.
    pub step: IncidentState,
    /// In words.
    pub words: String,
    /// Who took it.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}
