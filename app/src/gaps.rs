//! Clients who lack somebody responsible: the team lead's list.

mod gaps_screen;

pub use gaps_screen::GapsScreen;
