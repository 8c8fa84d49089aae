//! A client's page: who this is, what matters, the plan and the journal.

mod about;
mod client_model;
mod client_screen;
mod conflicts;
mod decisions;
mod entry;
mod journal;
mod matters;
mod older;
mod overview;
mod plan;

pub use client_screen::ClientScreen;
