//! A client's page: who this is, what matters, the plan and the journal.

mod client_model;
mod client_screen;
mod conflicts;
mod decisions;
mod entry;
mod entry_kind;
mod entry_readers;
mod journal;
mod journal_filters;
mod journal_model;
mod matters;
mod older;
mod overview;
mod plan;
mod restrict_entry;
mod wrong_person;

pub use client_screen::ClientScreen;
pub use conflicts::Conflicts;
pub use entry_readers::EntryReadersField;
