//! A note: the fields that a visit's note and a note outside a visit share, and the screen of the
//! latter, where threads are answered and own entries corrected too.

mod follow_up_part;
mod hints;
mod links_part;
mod note_fields;
mod note_form;
mod note_model;
mod note_screen;
mod restrict_part;
mod when_part;

pub use follow_up_part::{By, Colleague, From};
pub use note_fields::{NoteFields, Pace};
pub use note_model::raise_follow_up;
pub use note_screen::NoteScreen;
