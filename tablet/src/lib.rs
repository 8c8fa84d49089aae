//! A tablet without a screen: everything the app does but draw.
//!
//! Owns the encrypted database, the documents in it and their projection, drafts, the outbox and
//! the sync client. The shell puts a window in front of it; the whole-system tests use it as it is.
//! It knows nothing of Tauri and nothing of the server's inside.

pub mod device;
mod documents;
mod enrol;
pub mod environment;
mod error;
mod hand_in;
mod identity;
pub mod lock;
mod projection;
mod read;
mod repair;
mod store;
mod sync;
mod tablet;
mod transact;
mod write;

pub use device::Device;
pub use enrol::{Joining, enrol, enrol_device, invitation};
pub use environment::{Clock, Entropy, Environment, Timer};
pub use error::TabletError;
pub use hand_in::{HandedIn, hand_in, is_revoked};
pub use repair::{Repaired, repair};
pub use sync::{Caller, SyncClient, SyncError, SyncHandle, SyncRunner, sync};
pub use tablet::Tablet;
