//! Enrolment and the first log-in: once per worker and tablet, online.

mod enrol_model;
mod enrol_screen;

pub use enrol_model::Step;
pub use enrol_screen::EnrolScreen;
