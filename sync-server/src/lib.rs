//! The sync server: lets tablets in, checks and keeps the log of changes, and hands it on.
//!
//! The path of a request: `http` reads it, `service` takes it to the store, `enrolment`,
//! `account` or `exchange` decide, `store` keeps. Only `store` knows SQL, only `http` knows HTTP, and neither
//! clock nor randomness is read anywhere but through `clock` and `entropy`.

pub mod access;
pub mod account;
pub mod clock;
pub mod enrolment;
pub mod entropy;
pub mod erase;
mod exchange;
mod fault;
mod guesses;
mod held;
mod http;
pub mod import;
mod listeners;
pub mod oidc;
mod project;
mod replays;
mod server;
mod service;
pub mod store;
pub mod tls;

pub use server::{Server, StartError};
pub use service::{CallerAddress, Settings};
