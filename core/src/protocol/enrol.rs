//! Enrolment: a one-time code makes a device known to the server by its key.
//!
//! It says nothing of any worker: whoever works on the device logs in on it (`log_in`).

use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;

use crate::ids::DeviceId;
use crate::time::Timestamp;

/// Asks that a device be known. Proved by the key that it brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
    /// The one-time code.
    pub code: String,
    /// The device's public key, Ed25519.
    pub key: ByteArray<32>,
    /// What the office may call the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The device is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolResponse {
    /// What the server calls the device.
    pub device: DeviceId,
    /// The server's clock.
    pub now: Timestamp,
    /// The server's public recovery key, X25519: what is sealed to it opens after an online log-in.
    pub recovery: ByteArray<32>,
}
