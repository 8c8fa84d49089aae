//! What is to be followed up: the screen of all of it, and how a thread is said elsewhere.

mod follow_ups_model;
mod follow_ups_screen;
mod open_threads;
mod thread_card;
mod thread_words;

pub use follow_ups_screen::FollowUpsScreen;
pub use open_threads::{OpenThreads, open_threads};
pub use thread_card::thread_body;
pub use thread_words::{standing_words, thread_sentence};
