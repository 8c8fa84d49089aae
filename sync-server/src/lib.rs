//! The sync server: enrols tablets, checks and keeps the log of changes, and hands it on.
//!
//! The path of a request: `http` reads it, `service` takes it to the store, `enrolment` or
//! `exchange` decide, `store` keeps. Only `store` knows SQL, only `http` knows HTTP, and neither
//! clock nor randomness is read anywhere but through `clock` and `entropy`.

pub mod access;
pub mod clock;
pub mod enrolment;
pub mod entropy;
pub mod erase;
mod exchange;
mod fault;
mod http;
pub mod import;
mod listeners;
mod server;
mod service;
pub mod store;

pub use server::{Server, StartError};
pub use service::{CallerAddress, Settings};
