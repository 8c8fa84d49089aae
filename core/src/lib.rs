//! Kjent's domain: the words, the rules and the documents that tablet, server and UI share.
//!
//! Pure by decision: no IO, no clock, no randomness (all three are arguments), nothing that does
//! not build to wasm. The UI takes the plain types only; the feature `documents` adds Automerge
//! for the tablet and the server, and `transport` adds the bodies that travel between them
//! and `recovery` the sealed copy of a database key.

pub mod access;
pub mod clinical;
pub mod command;
pub mod fact;
pub mod ids;
pub mod lease;
pub mod lock;
pub mod national_number;
pub mod open_enum;
pub mod people;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod secret;
pub mod shift;
pub mod sync;
pub mod team;
pub mod thread;
pub mod time;
pub mod view;

#[cfg(feature = "documents")]
pub mod cbor;
#[cfg(feature = "documents")]
pub mod document;
#[cfg(feature = "transport")]
pub mod hostile;
#[cfg(feature = "documents")]
pub mod oslo;
#[cfg(feature = "documents")]
pub mod protocol;
#[cfg(feature = "recovery")]
pub mod recovery;
