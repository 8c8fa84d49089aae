//! Commands about incidents.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::fact::{Incident, IncidentKind, IncidentState};
use crate::ids::{ClientId, FactId};
use crate::view::IncidentView;

commands! {
    /// Incidents, the newest first: a client's, or those of all the worker's clients.
    ReadIncidents = "read_incidents" -> Vec<IncidentView> {
        /// Whose; all when absent.
        client: Option<ClientId>,
    }

    /// The incident as far as it has been written.
    ReadIncidentDraft = "read_incident_draft" -> IncidentDraft {
        /// About whom.
        client: ClientId,
    }

    /// Save the incident so far.
    SaveIncidentDraft = "save_incident_draft" -> () {
        /// About whom.
        client: ClientId,
        /// Everything so far.
        draft: IncidentDraft,
    }

    /// Report the incident.
    ReportIncident = "report_incident" -> () {
        /// About whom.
        client: ClientId,
        /// What is reported.
        draft: IncidentDraft,
    }

    /// Take the work with an incident a step on.
    TakeIncidentStep = "take_incident_step" -> () {
        /// About whom it is.
        client: ClientId,
        /// Which incident.
        incident: FactId,
        /// The step.
        step: IncidentState,
        /// What was found, done or measured; not empty.
        words: String,
    }
}

/// An incident as far as it has been written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentDraft {
    /// What it is about, once that is chosen.
    #[serde(default)]
    pub kind: Option<IncidentKind>,
    /// When it happened; now when absent.
    #[serde(default)]
    pub at: Option<NaiveDateTime>,
    /// The rest.
    #[serde(default)]
    pub incident: Incident,
}
