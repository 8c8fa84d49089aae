//! A client's page: who this is, what matters, the plan and the journal.

mod about;
mod client_model;
mod client_screen;
mod decisions;
mod entry;
mod goal_card;
mod goal_edit;
mod goals;
mod interventions;
mod journal;
mod journal_filters;
mod journal_model;
mod matters;
mod older;
mod wrong_person;

pub use client_screen::ClientScreen;
