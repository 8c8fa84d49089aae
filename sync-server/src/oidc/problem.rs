//! What goes wrong with a sign-in at the provider, in the words of the wire.

use axum::http::StatusCode;

use crate::entropy::NoEntropy;

/// Why a sign-in doesn't lead in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignInProblem {
    /// The server has no identity provider, or this way in is not open.
    #[error("this way in is not open")]
    Closed,
    /// Nobody on this device began it, or it is used or too old. One answer for all of these: the
    /// difference would help a guesser only.
    #[error("the sign-in was not begun here, or is used or too old")]
    Unknown,
    /// So many sign-ins are under way that no more are begun.
    #[error("too many sign-ins are under way")]
    TooMany,
    /// What the provider answered is no proof. The log has the reason; it never has the token.
    #[error("the provider's answer is no proof: {0}")]
    NotConfirmed(&'static str),
    /// The provider can't be reached, or makes no sense.
    #[error("the identity provider does not answer: {0}")]
    ProviderUnreachable(&'static str),
    /// The provider vouches for somebody who is no worker here.
    #[error("whoever signed in is no worker here")]
    NotAWorker,
    /// The provider says that the account is no more.
    #[error("the provider says that the account has ended")]
    AccountEnded,
    /// There is no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

impl SignInProblem {
    /// The problem's code.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            SignInProblem::Closed => "way_in_closed",
            SignInProblem::Unknown => "sign_in_unknown",
            SignInProblem::TooMany => "server_busy",
            SignInProblem::NotConfirmed(_) => "sign_in_not_confirmed",
            SignInProblem::ProviderUnreachable(_) => "provider_unreachable",
            SignInProblem::NotAWorker => "not_a_worker",
            SignInProblem::AccountEnded => "account_ended",
            SignInProblem::NoEntropy(_) => "server_error",
        }
    }

    /// The answer's status.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            SignInProblem::Closed => StatusCode::NOT_FOUND,
            SignInProblem::Unknown => StatusCode::CONFLICT,
            SignInProblem::TooMany => StatusCode::SERVICE_UNAVAILABLE,
            SignInProblem::NotConfirmed(_)
            | SignInProblem::NotAWorker
            | SignInProblem::AccountEnded => StatusCode::FORBIDDEN,
            SignInProblem::ProviderUnreachable(_) => StatusCode::BAD_GATEWAY,
            SignInProblem::NoEntropy(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
