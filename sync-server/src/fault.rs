//! What goes wrong with a request.
//!
//! `http::answer` turns it into a status and a problem. A fault of the server's own reaches the log
//! and never the caller.

use kjent_core::protocol::body::BodyError;
use kjent_core::time::Timestamp;

use crate::entropy::NoEntropy;
use crate::oidc::SignInProblem;
use crate::store::StoreError;

/// Why a request is not answered with what it asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// No token or no proof, or one that isn't good.
    #[error("the token or the proof is missing or not good")]
    NotAuthenticated,
    /// The request's time is not the server's; the tablet makes it anew with this one.
    #[error("the request's time is not the server's")]
    ProofClock {
        /// The server's clock.
        now: Timestamp,
    },
    /// The proof has been used.
    #[error("the proof has been used")]
    ProofReplayed,
    /// The profile or its device was revoked, or handed in.
    #[error("the tablet is let in no more")]
    TabletRevoked,
    /// No account has that number and password.
    #[error("no account has that number and password")]
    WrongLogIn,
    /// The profile to renew is another worker's or another device's.
    #[error("the profile is another worker's or another device's")]
    ProfileNotYours,
    /// What was handed in was not sealed to this server for this profile.
    #[error("the sealed key doesn't open")]
    NotSealed,
    /// The key that enrols is a device's already.
    #[error("the key is a device's already")]
    DeviceKnown,
    /// Who has opened a client's record is told to the team's lead and nurses only.
    #[error("the worker may not read the client's access log")]
    AccessLogRole,
    /// The body can't be taken.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// The tablet's protocol is too old for this server.
    #[error("the tablet speaks an older protocol than this server")]
    ServerSpeaksNewer,
    /// The tablet's protocol is newer than this server.
    #[error("the tablet speaks a newer protocol than this server")]
    ServerSpeaksOlder,
    /// The request names more than is looked at in one.
    #[error("the request names more than is looked at in one")]
    TooManyChanges,
    /// There is no such enrolment code.
    #[error("there is no such enrolment code")]
    CodeUnknown,
    /// The enrolment code has been used.
    #[error("the enrolment code has been used")]
    CodeUsed,
    /// The enrolment code is too old.
    #[error("the enrolment code is too old")]
    CodeExpired,
    /// Too many wrong codes or passwords.
    #[error("too many wrong codes or passwords")]
    TooManyTries {
        /// When to try again.
        minutes: i64,
    },
    /// There is no client of that number or id.
    #[error("there is no client of that number or id")]
    ClientUnknown,
    /// The reason says too little.
    #[error("the reason says too little")]
    ReasonTooShort,
    /// The worker has no role that may do that.
    #[error("the worker has no role that may do that")]
    NotForYourRole,
    /// A sign-in at the identity provider doesn't lead in.
    #[error(transparent)]
    SignIn(#[from] SignInProblem),
    /// More requests are under way than can be taken.
    #[error("more requests are under way than can be taken")]
    ServerBusy {
        /// When to try again.
        seconds: u64,
    },
    /// There is nothing at that address.
    #[error("there is nothing at that address")]
    NotFound,
    /// That address doesn't take that method.
    #[error("that address doesn't take that method")]
    MethodNotAllowed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// The work panicked, or the server is shutting down.
    #[error("the work was cut short")]
    CutShort,
}
