//! Recovery: a worker who is locked out of a profile has logged in again, and hands in the sealed copy
//! of its database key.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use crate::ids::TabletId;

/// Asks the server to open a sealed key. Authenticated by the token of a log-in to this profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoverRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
    /// The profile whose key it is.
    pub profile: TabletId,
    /// What `recovery::seal` made.
    pub sealed: ByteBuf,
}

/// The key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoverResponse {
    /// The database key: a secret.
    pub key: ByteArray<32>,
}

impl fmt::Debug for RecoverResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoverResponse")
    }
}
