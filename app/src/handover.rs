//! The shift report: what changed since the worker's last shift, and what is handed over.

mod client_report;
mod gist;
mod hand_over_form;
mod handed_card;
mod handover_model;
mod handover_screen;

pub use gist::gist;
pub use handover_screen::HandoverScreen;
