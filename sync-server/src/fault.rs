//! What goes wrong with a request.
//!
//! `http::answer` turns it into a status and a problem. A fault of the server's own reaches the log
//! and never the caller.

use kjent_core::protocol::body::BodyError;

use crate::entropy::NoEntropy;
use crate::store::StoreError;

/// Why a request is not answered with what it asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// No token, or one that isn't good.
    #[error("the token is missing, unknown or revoked")]
    NotAuthenticated,
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
    /// Too many wrong codes from one address.
    #[error("too many wrong codes from one address")]
    TooManyTries {
        /// When the address may try again.
        minutes: i64,
    },
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
