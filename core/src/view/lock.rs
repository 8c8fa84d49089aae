//! The lock screen: whose profiles are on the tablet, and how each stands.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// A worker's profile, as the lock screen shows it to whoever holds the tablet: no name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileView {
    /// Which.
    pub profile: String,
    /// The worker's initials, with a number where two workers have the same.
    pub initials: String,
    /// How it stands.
    pub state: LockState,
    /// Whether its secret is in the platform's key store. Otherwise it lies in a file on the tablet,
    /// and whoever copies the whole tablet can try PINs on the copy.
    pub has_key_store: bool,
    /// Whether a face or a finger opens it now.
    pub by_biometry: bool,
}

/// How opening by face or finger stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BiometryView {
    /// The device has none, knows nobody, has no place for keys, or is shared by several workers:
    /// nothing is said of it.
    Absent,
    /// Only the PIN opens the profile.
    Off,
    /// A face or a finger opens it too.
    On,
}

/// How a lock stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "lock", rename_all = "snake_case")]
pub enum LockState {
    /// It takes a PIN.
    Ready,
    /// After wrong PINs it takes none for a while, which passes only while the app runs.
    Waiting {
        /// How long.
        seconds: u32,
    },
    /// No PIN opens it any more: the worker logs in again. The work is there.
    LockedOut,
    /// The server lets the tablet in no more. What the profile holds stays, closed, for the case that the
    /// office lets it in again.
    Revoked,
    /// It can't be read.
    Failed {
        /// Why.
        problem: Problem,
    },
}
