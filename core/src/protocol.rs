//! The messages between tablet and server. CBOR in zstd over HTTP POST.
//!
//! `POST /v1/enrol` takes an `EnrolRequest`, once for each device, with a one-time code.
//! `POST /v1/log-in` takes a `LogInRequest` with a worker's account. `POST /v1/sync` takes a
//! `SyncRequest`, `POST /v1/access-log` an `AccessLogRequest`, `POST /v1/break-glass` a
//! `BreakGlassRequest` and `POST /v1/hand-in` a `HandInRequest`, with the token that the log-in gave as
//! bearer. Every request is proved by the device's key (`proof`). Errors are a `Problem` as JSON.

mod access_log;
mod break_glass;
mod bundle;
mod enrol;
mod hand_in;
mod invitation;
mod live;
mod log_in;
mod recover;
mod sign_in;
mod sync;

pub mod proof;

#[cfg(feature = "transport")]
pub mod body;

#[cfg(test)]
mod pinned_tests;

pub use crate::policy::LateReason;
pub use access_log::{AccessLine, AccessLogRequest, AccessLogResponse, AccessReceipt};
pub use break_glass::{
    BreakGlassRequest, BreakGlassResponse, GRANT_HOURS, GrantReport, GrantReview, Reviewed,
    SHORTEST_REASON,
};
pub use bundle::{Bundle, BundledWorker, DocumentChanges};
pub use enrol::{EnrolRequest, EnrolResponse};
pub use hand_in::{HandInRequest, HandInResponse};
pub use invitation::{Invitation, NoInvitation, Pin};
pub use live::LiveNews;
pub use log_in::{LogInRequest, LogInResponse};
pub use recover::{RecoverRequest, RecoverResponse};
pub use sign_in::{
    BeginSignInRequest, BeginSignInResponse, FinishSignInRequest, WaysInRequest, WaysInResponse,
};
pub use sync::{
    Changes, Cursor, LateWork, Listed, Outcome, Pushed, ReadMark, Receipt, Snapshot, SyncRequest,
    SyncResponse, TeamNews,
};

/// The version of the messages. A server answers older tablets as long as it can, and says
/// `server_speaks_newer` when it can't.
pub const PROTOCOL: u16 = 3;

/// The largest body, as it travels, in bytes.
pub const MAX_COMPRESSED: usize = 8 << 20;

/// The largest body, unpacked, in bytes. A zstd stream that grows past it is refused while reading.
pub const MAX_UNPACKED: usize = 32 << 20;

/// How many changes a tablet sends at once, at most.
pub const MAX_CHANGES: usize = 4_000;

/// How many rows of the access log a tablet sends at once, at most. What is over goes with the next
/// exchange: these rows alone never make one more.
pub const MAX_ACCESS: usize = 1_000;

/// The most that a request asks the server to look at; see `SyncRequest::parts`.
pub const MAX_PARTS: usize = 50_000;

/// How many bytes of changes one page of an answer, or one batch of a request, holds at most (a
/// single larger change travels alone).
pub const PAGE: usize = 8 << 20;
