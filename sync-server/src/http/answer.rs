//! Answers: a message as a body, a fault as a status and a problem.

use std::error::Error;

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kjent_core::problem::Problem;
use kjent_core::protocol::body::{self, BodyError};
use serde::Serialize;

use crate::fault::Fault;

/// Packs a message. Blocking work: it compresses.
pub(super) fn pack<T: Serialize>(message: &T) -> Result<Vec<u8>, Fault> {
    // Our own message always can be packed; were it not so, the fault is ours.
    body::pack(message).map_err(|_| Fault::CutShort)
}

/// The answer that carries a packed message.
pub(super) fn packed(bytes: Vec<u8>) -> Response {
    let headers = [(header::CONTENT_TYPE, body::CONTENT_TYPE), (header::CACHE_CONTROL, "no-store")];
    (headers, bytes).into_response()
}

/// An error and everything that caused it, on one line. Errors of ours and of SQLite name tables
/// and columns, never what is in them.
fn with_sources(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

impl Fault {
    fn status(&self) -> StatusCode {
        match self {
            Fault::NotAuthenticated | Fault::ProofClock { .. } | Fault::ProofReplayed => {
                StatusCode::UNAUTHORIZED
            }
            Fault::CodeUnknown
            | Fault::NotSealed
            | Fault::ProfileNotYours
            | Fault::TabletRevoked
            | Fault::WrongLogIn => StatusCode::FORBIDDEN,
            Fault::Body(BodyError::TooLarge) | Fault::TooManyChanges => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Fault::Body(_) | Fault::ServerSpeaksOlder => StatusCode::BAD_REQUEST,
            Fault::ServerSpeaksNewer => StatusCode::UPGRADE_REQUIRED,
            Fault::AccessLogRole | Fault::NotForYourRole => StatusCode::FORBIDDEN,
            Fault::ReasonTooShort => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::CodeUsed | Fault::DeviceKnown => StatusCode::CONFLICT,
            Fault::CodeExpired => StatusCode::GONE,
            Fault::TooManyTries { .. } => StatusCode::TOO_MANY_REQUESTS,
            Fault::ServerBusy { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Fault::SignIn(problem) => problem.status(),
            Fault::NotFound | Fault::ClientUnknown => StatusCode::NOT_FOUND,
            Fault::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Fault::Store(error) if error.is_full() => StatusCode::INSUFFICIENT_STORAGE,
            Fault::Store(_) | Fault::NoEntropy(_) | Fault::CutShort => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    fn problem(&self) -> Problem {
        match self {
            Fault::NotAuthenticated => Problem::new("not_authenticated"),
            Fault::ProofClock { now } => Problem::new("proof_clock").with("now", now.millis()),
            Fault::ProofReplayed => Problem::new("proof_replayed"),
            Fault::TabletRevoked => Problem::new("tablet_revoked"),
            Fault::WrongLogIn => Problem::new("wrong_log_in"),
            Fault::NotSealed => Problem::new("not_recoverable"),
            Fault::ProfileNotYours => Problem::new("profile_not_yours"),
            Fault::DeviceKnown => Problem::new("device_known"),
            Fault::AccessLogRole => Problem::new("access_log_role"),
            Fault::Body(error) => Problem::new(error.code()),
            Fault::ServerSpeaksNewer => Problem::new("server_speaks_newer"),
            Fault::ServerSpeaksOlder => Problem::new("server_speaks_older"),
            Fault::TooManyChanges => Problem::new("too_many_changes"),
            Fault::CodeUnknown => Problem::new("code_unknown"),
            Fault::CodeUsed => Problem::new("code_used"),
            Fault::CodeExpired => Problem::new("code_expired"),
            Fault::TooManyTries { minutes } => {
                Problem::new("too_many_tries").with("minutes", minutes)
            }
            Fault::ClientUnknown => Problem::new("client_unknown"),
            Fault::ReasonTooShort => Problem::new("reason_too_short"),
            Fault::NotForYourRole => Problem::new("not_for_your_role"),
            Fault::SignIn(problem) => Problem::new(problem.code()),
            Fault::ServerBusy { seconds } => Problem::new("server_busy").with("seconds", seconds),
            Fault::NotFound => Problem::new("not_found"),
            Fault::MethodNotAllowed => Problem::new("method_not_allowed"),
            Fault::Store(error) if error.is_full() => Problem::new("server_full"),
            Fault::Store(_) | Fault::NoEntropy(_) | Fault::CutShort => Problem::new("server_error"),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let status = self.status();
        // Being busy is no error, and a line for each who is turned away would make it worse.
        if status.is_server_error() && !matches!(self, Fault::ServerBusy { .. }) {
            tracing::error!(error = with_sources(&self), "request failed");
        }
        let mut response = (status, Json(self.problem())).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let challenge = header::HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Fault::ServerBusy { seconds } = self {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
