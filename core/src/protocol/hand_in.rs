//! Handing in: a profile ends, and what it held is to be wiped from the device.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Ends the profile whose token the request carries. The tablet sends it when nothing waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandInRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
}

/// The profile has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandInResponse {
    /// The server's clock.
    pub now: Timestamp,
    /// Whether it was the device's last profile: then the server knows the device no more either.
    pub device_ended: bool,
}
