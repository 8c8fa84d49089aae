//! The shapes of the data files, as a person writes them. `load` has checked what these types can't.
//!
//! Days are counted from today (`-2` is the day before yesterday); references are keys.

mod client;
mod clinical;
mod people;
mod plan;
mod story;
mod team;

pub use client::{ClientFile, ContactData, CriticalData, OrderData};
pub use clinical::{IncidentData, MeasuredData, ObservationsData, OneMeasured, StepData};
pub use people::{AssessmentData, ConsentData, PeopleData, TalkData};
pub use plan::{
    DecisionData, DecisionDays, EvaluationData, GoalData, InterventionData, ProgressData, Readings,
};
pub use story::{
    ConversationData, EventData, FollowUpData, PhaseData, ReviewData, SwapData, VisitData, Weeks,
};
pub use team::{Shift, TeamFile, WorkerData};

use chrono::{NaiveDate, NaiveTime, Weekday};

/// A time of day as the files write it, `08:15`.
pub fn clock(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok().filter(|_| text.len() == 5)
}

/// A date as the files write it, `1941-03-12`.
pub fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10)
}

/// A weekday as the files write it, `mon`.
pub fn weekday(text: &str) -> Option<Weekday> {
    text.parse().ok().filter(|_| text.len() == 3)
}

/// Whether a list of weekdays, empty for all, has this one.
pub fn includes(days: &[String], day: Weekday) -> bool {
    days.is_empty() || days.iter().any(|text| weekday(text) == Some(day))
}
