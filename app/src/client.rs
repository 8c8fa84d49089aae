//! A client's page: who this is, what matters, the plan and the journal.

mod client_model;
mod client_screen;
mod decisions;
mod entry;
mod goal_card;
mod goal_edit;
mod goals;
mod interventions;
mod journal;
mod matters;
mod older;

pub use client_screen::ClientScreen;
