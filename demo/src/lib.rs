//! The demo team: data files that a reader can open, a loader that checks them, and a generator
//! that makes a month of documented history of them.
//!
//! Owns nothing that the product needs to run: the app, the tablet and the server never see this
//! crate. What comes out is a `kjent_core::protocol::Bundle`, which the server imports.

pub mod data;
pub mod fault;
pub mod generate;
pub mod load;
pub mod names;
pub mod random;
pub mod source;

mod check;
mod locate;

pub use fault::{DataError, DataErrors, Fault};
pub use generate::{GenerateError, Options, bundle};
pub use load::{Data, embedded};
