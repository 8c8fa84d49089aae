//! Search: words in notes, goals and names, found while they are typed.

mod hit_card;
mod search_model;
mod search_screen;
mod searching;

pub use search_screen::SearchScreen;
pub use searching::Searching;
