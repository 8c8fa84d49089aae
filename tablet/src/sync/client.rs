//! Messages over HTTP, each proved by the device's key.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use kjent_core::problem::Problem;
use kjent_core::protocol::body::{self, CONTENT_TYPE};
use kjent_core::protocol::{
    EnrolRequest, EnrolResponse, HandInRequest, HandInResponse, LogInRequest, LogInResponse,
    MAX_COMPRESSED, MAX_UNPACKED, RecoverRequest, RecoverResponse, SyncRequest, SyncResponse,
};
use kjent_core::time::Timestamp;
use reqwest::header::CONTENT_TYPE as CONTENT_TYPE_HEADER;
use reqwest::{Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::live::busy;
use super::transport::{self, Trust};
use super::{Caller, SyncError};

/// The HTTP client of one app.
#[derive(Clone, Default)]
pub struct SyncClient(Arc<Inner>);

#[derive(Default)]
struct Inner {
    /// One for each kind of server that is trusted.
    clients: Mutex<HashMap<Trust, reqwest::Client>>,
    /// The server's clock less the tablet's, in milliseconds, as far as it is known.
    ahead: AtomicI64,
}

impl SyncClient {
    /// A client with the product's time limits.
    pub fn new() -> Result<Self, SyncError> {
        let client = Self::default();
        // What can't be built at all is known at once.
        client.http(Trust::Nobody)?;
        Ok(client)
    }

    /// Makes the device known with a one-time code.
    pub async fn enrol(
        &self,
        caller: &Caller,
        request: &EnrolRequest,
    ) -> Result<EnrolResponse, SyncError> {
        self.post(caller, "/v1/enrol", request).await
    }

    /// Logs a worker in on the device.
    pub async fn log_in(
        &self,
        caller: &Caller,
        request: &LogInRequest,
    ) -> Result<LogInResponse, SyncError> {
        self.post(caller, "/v1/log-in", request).await
    }

    /// One exchange.
    pub async fn exchange(
        &self,
        caller: &Caller,
        request: &SyncRequest,
    ) -> Result<SyncResponse, SyncError> {
        self.post(caller, "/v1/sync", request).await
    }

    /// Has the server open the sealed copy of a database key.
    pub async fn recover(
        &self,
        caller: &Caller,
        request: &RecoverRequest,
    ) -> Result<RecoverResponse, SyncError> {
        self.post(caller, "/v1/recover", request).await
    }

    /// Ends the profile.
    pub async fn hand_in(
        &self,
        caller: &Caller,
        request: &HandInRequest,
    ) -> Result<HandInResponse, SyncError> {
        self.post(caller, "/v1/hand-in", request).await
    }

    async fn post<T: DeserializeOwned>(
        &self,
        caller: &Caller,
        path: &str,
        message: &impl Serialize,
    ) -> Result<T, SyncError> {
        let packed = body::pack(message).map_err(|_| SyncError::AnswerUnreadable)?;
        match self.post_once(caller, path, packed.clone()).await {
            Err(error) if self.may_prove_anew(caller, &error) => {
                self.post_once(caller, path, packed).await
            }
            answered => answered,
        }
    }

    async fn post_once<T: DeserializeOwned>(
        &self,
        caller: &Caller,
        path: &str,
        packed: Vec<u8>,
    ) -> Result<T, SyncError> {
        let request = self.request(caller, Method::POST, path, &packed)?;
        let request = request.header(CONTENT_TYPE_HEADER, CONTENT_TYPE).body(packed);
        let response = request.send().await.map_err(|error| transport::why(&error))?;
        let good = response.status().is_success();
        let busy = busy(&response);
        let bytes = read_limited(response).await?;
        if good {
            body::unpack(&bytes, MAX_UNPACKED).map_err(|_| SyncError::AnswerUnreadable)
        } else {
            Err(serde_json::from_slice::<Problem>(&bytes)
                .map_or(busy.unwrap_or(SyncError::AnswerUnreadable), SyncError::ServerSaid))
        }
    }

    /// A request with its proof.
    pub(super) fn request(
        &self,
        caller: &Caller,
        method: Method,
        path: &str,
        body: &[u8],
    ) -> Result<RequestBuilder, SyncError> {
        let url = transport::url(&caller.server, path)?;
        let millis = caller.environment.now().millis() + self.0.ahead.load(Ordering::Relaxed);
        let proof = caller.prove(method.as_str(), path, Timestamp::from_millis(millis), body)?;
        Ok(self.http(Trust::at(&url, caller.pin))?.request(method, url).headers(proof))
    }

    /// Whether a request that the server refused is worth another proof, once: with the server's
    /// clock when the tablet's is wrong, or with another nonce when the network sent the first proof
    /// twice.
    pub(super) fn may_prove_anew(&self, caller: &Caller, error: &SyncError) -> bool {
        let SyncError::ServerSaid(problem) = error else { return false };
        match problem.code.as_str() {
            "proof_clock" => {
                let now = problem.args.get("now").and_then(|now| now.parse::<i64>().ok());
                let ahead = now.map(|now| now.saturating_sub(caller.environment.now().millis()));
                ahead.inspect(|ahead| self.0.ahead.store(*ahead, Ordering::Relaxed)).is_some()
            }
            "proof_replayed" => true,
            _ => false,
        }
    }

    /// The client that trusts these.
    fn http(&self, trust: Trust) -> Result<reqwest::Client, SyncError> {
        let mut clients = self.0.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&trust) {
            return Ok(client.clone());
        }
        let client = transport::client(trust)?;
        clients.insert(trust, client.clone());
        Ok(client)
    }
}

/// Reads a body piece by piece, so that a hostile answer can't fill the tablet's memory.
async fn read_limited(mut response: Response) -> Result<Vec<u8>, SyncError> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|_| SyncError::ServerUnreachable)? {
        if bytes.len() + piece.len() > MAX_COMPRESSED {
            return Err(SyncError::AnswerUnreadable);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}
