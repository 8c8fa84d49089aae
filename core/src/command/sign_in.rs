//! Signing in at the municipality's identity provider.

use serde::{Deserialize, Serialize};

use crate::secret::Secret;
use crate::view::SessionView;

commands! {
    /// Which ways in the tablet's server has. A tablet that belongs to no server yet can't ask, and
    /// offers them all.
    ReadWaysIn = "read_ways_in" -> WaysIn {}

    /// Sign in with the system's browser, on a tablet that is new to the worker: a profile is made.
    /// Answers when the browser has come back, or nobody waits for it any more.
    SignIn = "sign_in" -> SessionView {
        /// The server's address, when the tablet belongs to none yet.
        server: String,
        /// The one-time code, when the tablet belongs to no server yet.
        code: String,
        /// The PIN to open the profile with from now on.
        pin: Secret,
    }

    /// Sign in with the system's browser to a profile that no PIN opens, or whose session or lease is
    /// over, with a new PIN.
    SignInAgain = "sign_in_again" -> SessionView {
        /// Which: `ProfileView::profile`.
        profile: String,
        /// The PIN to open it with from now on.
        pin: Secret,
    }

    /// Wait for the browser no more.
    CancelSignIn = "cancel_sign_in" -> () {}
}

/// The ways in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaysIn {
    /// Employee number and password.
    pub password: bool,
    /// The municipality's identity provider.
    pub provider: bool,
}

impl WaysIn {
    /// What is offered as long as nobody can be asked.
    pub const UNKNOWN: Self = Self { password: true, provider: true };
}

/// The event that a link of a sign-in came which nobody waits for.
pub const STRAY_LINK_EVENT: &str = "stray-link";
