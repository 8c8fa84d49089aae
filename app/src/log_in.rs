//! Getting in online: the first time on a tablet, and back to a profile that no PIN opens; and how it
//! ends when the tablet is handed in.

mod ended_screen;
mod log_in_model;
mod log_in_screen;
mod sign_in_button;

pub use ended_screen::EndedScreen;
pub use log_in_model::Purpose;
pub use log_in_screen::LogInScreen;
