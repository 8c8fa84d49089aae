//! Unlock: whose profile, and a pad for the PIN.

mod pin_model;
mod pin_pad;
mod pin_screen;
mod profile_list;
mod repair;
mod unlock_screen;
mod waiting;

pub use unlock_screen::UnlockScreen;
