//! The two routines of a visit, step by step in large buttons: nobody opens, and the client resists
//! care.

mod coercion_part;
mod missed_contact_model;
mod missed_contact_screen;
mod outcome_part;
mod resisted_care_fields;
mod resisted_care_model;
mod resisted_care_screen;
mod sign_routine;
mod step_button;
pub mod toggles;

pub use missed_contact_screen::MissedContactScreen;
pub use resisted_care_screen::ResistedCareScreen;
