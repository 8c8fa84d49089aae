//! A talk with somebody around the client: first what may be told, then what was said.

mod contact_fields;
mod contact_form;
mod contact_model;
mod contact_screen;

pub use contact_screen::ContactScreen;
