//! All clients of the team: found by name, by whose they are, and by whose day they are on.

mod client_card;
mod clients_model;
mod clients_screen;

pub use clients_screen::{ClientsScreen, Finding};
