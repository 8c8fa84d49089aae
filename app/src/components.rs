//! The parts that screens share: each with its CSS beside it, made of Designsystemet's classes.

pub mod choice;
pub mod critical;
pub mod day_in_words;
pub mod dialog;
pub mod discussed;
pub mod failure;
pub mod icon;
pub mod language_switch;
pub mod long_list;
pub mod navigation;
pub mod page;
pub mod quote;
pub mod saved_line;
pub mod select;
pub mod skeleton;
pub mod snackbar;
pub mod tag;
pub mod text_field;
