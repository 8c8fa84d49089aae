//! What came late: the team lead's list.

mod late_screen;
mod late_words;

pub use late_screen::LateScreen;
pub use late_words::{late_item_words, late_words};
