//! Incidents (avvik): what happened, why the system let it happen, and what came of it.
//!
//! There is no field for guilt and none for the person who did it: what is looked for is what in the
//! system made it possible.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Content, FollowUp, FollowUpFrom, Observations};
use crate::ids::{FactId, WorkerId};
use crate::open_enum;

open_enum! {
    /// What an incident is about: the areas where audits find most, and the rest.
    pub enum IncidentKind {
        /// A fall.
        Fall = "fall",
        /// Medicines.
        Medicine = "medicine",
        /// Nutrition.
        Nutrition = "nutrition",
        /// Documentation.
        Documentation = "documentation",
        /// The client's say.
        Involvement = "involvement",
        /// Cooperation and transitions.
        Cooperation = "cooperation",
        /// Something else.
        Other = "other",
    }
}

open_enum! {
    /// What it did to the client.
    pub enum Harm {
        /// Nothing.
        None = "none",
        /// A little.
        Minor = "minor",
        /// Much.
        Serious = "serious",
    }
}

open_enum! {
    /// Whether somebody has been told.
    pub enum Told {
        /// Yes.
        Yes = "yes",
        /// Not yet.
        NotYet = "not_yet",
        /// There is nobody to tell, or the client does not want it.
        NotWanted = "not_wanted",
    }
}

open_enum! {
    /// What is looked for on the body after a fall.
    pub enum InjurySign {
        /// A blow to the head.
        Head = "head",
        /// A leg that is shorter or turned, or a hip or groin that hurts.
        Hip = "hip",
        /// A wrist, arm or shoulder that hurts or is swollen.
        Arm = "arm",
        /// A back or neck that hurts.
        Back = "back",
        /// A wound or a bruise.
        Skin = "skin",
        /// Takes blood thinners.
        BloodThinner = "blood_thinner",
    }
}

/// An incident. When it happened is on the fact's envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// What it is about.
    pub kind: IncidentKind,
    /// What happened.
    pub what: String,
    /// Where.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// How it came about, step by step.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how: String,
    /// Why: what in routines, plans, equipment or time made it possible.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// What it did to the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harm: Option<Harm>,
    /// What was done at once.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub done_at_once: String,
    /// Whether the client has been told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_told: Option<Told>,
    /// Whether relatives have been told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relatives_told: Option<Told>,
    /// What is to be followed up.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub follow_up: String,
    /// The last day for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_by: Option<NaiveDate>,
    /// From whom; the team when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_from: Option<FollowUpFrom>,
    /// Who, when a worker is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_worker: Option<WorkerId>,
    /// What was found on the body; absent when nobody has looked, empty when nothing was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injuries: Option<Vec<InjurySign>>,
    /// What was measured and asked then.
    #[serde(default, skip_serializing_if = "Observations::is_empty")]
    pub observations: Observations,
}

impl Default for Incident {
    fn default() -> Self {
        Self {
            kind: IncidentKind::Other,
            what: String::new(),
            place: String::new(),
            how: String::new(),
            why: String::new(),
            harm: None,
            done_at_once: String::new(),
            client_told: None,
            relatives_told: None,
            follow_up: String::new(),
            follow_up_by: None,
            follow_up_from: None,
            follow_up_worker: None,
            injuries: None,
            observations: Observations::default(),
        }
    }
}

impl Incident {
    /// What it asks to be followed up; nothing without words and a day.
    pub fn asked(&self) -> Option<FollowUp> {
        let what = self.follow_up.trim();
        (!what.is_empty()).then_some(FollowUp {
            by: self.follow_up_by?,
            from: self.follow_up_from.clone().unwrap_or(FollowUpFrom::Team),
            worker: self.follow_up_worker,
            what: what.to_owned(),
        })
    }
}

impl Content for Incident {
    fn texts(&self) -> Vec<&str> {
        vec![&self.what, &self.place, &self.how, &self.why, &self.done_at_once, &self.follow_up]
    }
}

open_enum! {
    /// How far the work with an incident has come.
    pub enum IncidentState {
        /// Meldt.
        Reported = "reported",
        /// Vurdert.
        Assessed = "assessed",
        /// Tiltak.
        Acted = "acted",
        /// Effekt målt.
        Measured = "measured",
        /// Lukket.
        Closed = "closed",
    }
}

/// That the work with an incident came a step on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentStep {
    /// Which incident.
    pub incident: FactId,
    /// Where it stands from now on.
    pub step: IncidentState,
    /// What was found, done or measured; it is the answer to the one who reported.
    pub words: String,
}

impl Content for IncidentStep {
    fn texts(&self) -> Vec<&str> {
        vec![&self.words]
    }
}
