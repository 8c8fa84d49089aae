//! Incidents: reporting one, and what comes of it.

mod fall_part;
mod follow_up_part;
mod incident_card;
mod incident_list;
mod incident_screen;
mod step_form;

pub use incident_card::incident_words;
pub use incident_list::{ClientIncidents, IncidentsScreen};
pub use incident_screen::IncidentScreen;
