//! What can go wrong between tablet and server.

use kjent_core::problem::Problem;

/// An error of the exchange. Nothing that waits is ever lost by one.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// No connection, or none in time.
    #[error("the server can't be reached")]
    ServerUnreachable,
    /// The server said no, and why.
    #[error("the server said no: {0}")]
    ServerSaid(Problem),
    /// The server answered with something that is no answer.
    #[error("the server's answer can't be read")]
    AnswerUnreadable,
    /// The server takes no more of what it refuses today; it stays here until it does.
    #[error("the server takes no more of what it refuses today")]
    TakesNoMore,
    /// The server is not the one that the tablet was told of: another key, or an old TLS.
    #[error("the server is not to be trusted")]
    ServerNotTrusted,
    /// The address would carry everything unencrypted over a network.
    #[error("the server's address is not encrypted")]
    AddressUnsafe,
    /// No randomness for a proof.
    #[error("the system gave no random bytes")]
    NoEntropy,
    /// The address is not one.
    #[error("the server's address is not one")]
    AddressUnreadable,
}

impl From<&SyncError> for Problem {
    fn from(error: &SyncError) -> Self {
        match error {
            SyncError::ServerUnreachable => Problem::new("server_unreachable"),
            SyncError::ServerSaid(problem) => problem.clone(),
            SyncError::AnswerUnreadable => Problem::new("answer_unreadable"),
            SyncError::TakesNoMore => Problem::new("server_takes_no_more"),
            SyncError::ServerNotTrusted => Problem::new("server_not_trusted"),
            SyncError::AddressUnsafe => Problem::new("address_unsafe"),
            SyncError::NoEntropy => Problem::new("storage_failed"),
            SyncError::AddressUnreadable => Problem::new("address_unreadable"),
        }
    }
}
