//! What has been measured of a client, for tiles, curves and tables.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::clinical::{MeasurementKind, ScaleTwoOrder};
use crate::fact::Observations;
use crate::ids::{ClientId, FactId};

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurvesView {
    /// The client.
    pub client: ClientId,
    /// The client's name.
    pub name: String,
    /// The name to use in a sentence.
    pub called: String,
    /// Age in whole years: NEWS2 is not for children.
    pub age: Option<u32>,
    /// Today.
    pub today: NaiveDate,
    /// The order that saturation is scored on scale 2, if there is one.
    pub scale_two: Option<ScaleTwoOrder>,
    /// The client's own limits.
    pub limits: Vec<LimitView>,
    /// Whether the one who reads may set limits.
    pub may_set_limits: bool,
    /// When the questions about nutrition are due; `None` when no decision says since when.
    pub mst_due: Option<NaiveDate>,
    /// What was measured, the oldest first.
    pub sets: Vec<SetView>,
}

/// The limits of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitView {
    /// Of what.
    pub kind: MeasurementKind,
    /// As they are written: «50–110».
    pub text: String,
}

/// What was measured at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetView {
    /// The entry.
    pub fact: FactId,
    /// When.
    pub at: NaiveDateTime,
    /// Who measured.
    pub by: String,
    /// What.
    pub observations: Observations,
}
