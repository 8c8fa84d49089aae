//! Sync, sans IO: what a tablet and the server do with each other's messages, and when.
//!
//! Both sides are plain functions of a message, the clock and what storage answers. The tablet runs
//! `tablet` over SQLCipher, the server `server` over its store, and the simulator both over memory,
//! by the thousand and with every fault that a network and a power cut can bring.

pub mod schedule;
#[cfg(feature = "documents")]
pub mod server;
#[cfg(feature = "documents")]
pub mod tablet;
