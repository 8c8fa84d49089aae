//! The way in through the municipality's identity provider, and which ways in there are.
//!
//! `POST /v1/ways-in` is asked before anybody is logged in, `POST /v1/oidc/begin` gives an address
//! for the system's browser, and `POST /v1/oidc/finish` takes what the browser came back with; it is
//! answered as a log-in is. All three are proved by the device's key.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::TabletId;

/// Asks which ways in the server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaysInRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
}

/// The ways in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaysInResponse {
    /// Employee number and password.
    pub password: bool,
    /// The municipality's identity provider.
    pub provider: bool,
}

/// Begins a sign-in at the identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginSignInRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
}

/// A sign-in has begun: good for ten minutes, once, on this device.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginSignInResponse {
    /// What the browser opens.
    pub url: String,
    /// What the browser comes back with, by which the tablet knows its own.
    pub state: String,
}

/// Ends a sign-in with what the browser came back with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinishSignInRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
    /// Which sign-in.
    pub state: String,
    /// The provider's code: a secret, though of no use to others.
    pub code: String,
    /// The worker's profile on this device that gets a fresh token; without one, a new profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<TabletId>,
}

impl fmt::Debug for BeginSignInResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BeginSignInResponse").finish_non_exhaustive()
    }
}

impl fmt::Debug for FinishSignInRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FinishSignInRequest")
            .field("protocol", &self.protocol)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::de::DeserializeOwned;

    use super::*;
    use crate::cbor;

    fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, pinned: &str) {
        let bytes = cbor::write(value).unwrap_or_default();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, pinned);
        assert_eq!(cbor::read::<T>(&bytes).as_ref(), Ok(value));
    }

    #[test]
    fn messages_are_these_bytes() {
        check(&WaysInRequest { protocol: 3 }, "a16870726f746f636f6c03");
        let ways = WaysInResponse { password: true, provider: false };
        check(&ways, "a26870617373776f7264f56870726f7669646572f4");
        check(&BeginSignInRequest { protocol: 3 }, "a16870726f746f636f6c03");
        let begun = BeginSignInResponse { url: "https://a".into(), state: "s".into() };
        check(&begun, "a26375726c6968747470733a2f2f616573746174656173");
        let finish = FinishSignInRequest {
            protocol: 3,
            state: "s".into(),
            code: "c".into(),
            profile: Some(TabletId(uuid::Uuid::from_u128(4))),
        };
        check(
            &finish,
            "a46870726f746f636f6c0365737461746561736463\
             6f646561636770726f66696c655000000000000000000000000000000004",
        );
    }
}
