//! Enrolment and the first log-in, once per worker and tablet, online; and how that ends.

mod ended_screen;
mod enrol_model;
mod enrol_screen;

pub use ended_screen::EndedScreen;
pub use enrol_model::Step;
pub use enrol_screen::EnrolScreen;
