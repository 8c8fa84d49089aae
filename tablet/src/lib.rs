//! A tablet without a screen: everything the app does but draw.
//!
//! Owns the encrypted database, the documents in it and their projection, drafts, the outbox and
//! the sync client. The shell puts a window in front of it; the whole-system tests use it as it is.
//! It knows nothing of Tauri and nothing of the server's inside.

mod access;
mod documents;
mod enrol;
pub mod environment;
mod error;
mod identity;
mod projection;
mod read;
mod repair;
mod store;
mod sync;
mod tablet;
mod transact;
pub mod vault;
mod write;

pub use access::read_access_log;
pub use enrol::enrol;
pub use environment::{Clock, Entropy, Environment, Timer};
pub use error::TabletError;
pub use repair::{Repaired, repair};
pub use sync::{SyncClient, SyncError, SyncHandle, SyncRunner, sync};
pub use tablet::Tablet;
