//! Unlock: the worker's name and a pad for the PIN.

mod pin_model;
mod pin_pad;
mod repair;
mod unlock_screen;

pub use unlock_screen::UnlockScreen;
