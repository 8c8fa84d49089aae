//! The messages of a sign-in at the identity provider.

use kjent_core::protocol::{
    BeginSignInRequest, BeginSignInResponse, FinishSignInRequest, LogInResponse, PROTOCOL,
    WaysInRequest, WaysInResponse,
};

use super::{Caller, SyncClient, SyncError};

impl SyncClient {
    /// Asks which ways in the server has.
    pub async fn ways_in(&self, caller: &Caller) -> Result<WaysInResponse, SyncError> {
        self.post(caller, "/v1/ways-in", &WaysInRequest { protocol: PROTOCOL }).await
    }

    /// Begins a sign-in on the device.
    pub async fn begin_sign_in(&self, caller: &Caller) -> Result<BeginSignInResponse, SyncError> {
        self.post(caller, "/v1/oidc/begin", &BeginSignInRequest { protocol: PROTOCOL }).await
    }

    /// Ends it with what the browser came back with.
    pub async fn finish_sign_in(
        &self,
        caller: &Caller,
        request: &FinishSignInRequest,
    ) -> Result<LogInResponse, SyncError> {
        self.post(caller, "/v1/oidc/finish", request).await
    }
}
