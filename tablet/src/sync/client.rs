//! Messages over HTTP.

use std::time::Duration;

use kjent_core::problem::Problem;
use kjent_core::protocol::body::{self, CONTENT_TYPE};
use kjent_core::protocol::{
    AccessLogRequest, AccessLogResponse, EnrolRequest, EnrolResponse, MAX_COMPRESSED, MAX_UNPACKED,
    SyncRequest, SyncResponse,
};
use reqwest::header::CONTENT_TYPE as CONTENT_TYPE_HEADER;
use reqwest::{Response, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::SyncError;
use super::live::busy;

/// A moving car loses the network often; waiting long for it helps nobody.
const CONNECT: Duration = Duration::from_secs(5);
/// A slow network may still take a first filling through.
const WHOLE: Duration = Duration::from_secs(60);

/// The HTTP client of one app.
#[derive(Clone, Debug)]
pub struct SyncClient {
    pub(super) http: reqwest::Client,
}

impl SyncClient {
    /// A client with the product's time limits.
    pub fn new() -> Result<Self, SyncError> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .build()
            .map_err(|_| SyncError::ServerUnreachable)?;
        Ok(Self { http })
    }

    /// Trades a one-time code for a tablet's identity.
    pub async fn enrol(
        &self,
        server: &str,
        request: &EnrolRequest,
    ) -> Result<EnrolResponse, SyncError> {
        self.post(server, "v1/enrol", None, request).await
    }

    /// One exchange.
    pub async fn exchange(
        &self,
        server: &str,
        token: &str,
        request: &SyncRequest,
    ) -> Result<SyncResponse, SyncError> {
        self.post(server, "v1/sync", Some(token), request).await
    }

    /// Who has opened a client's record.
    pub async fn access_log(
        &self,
        server: &str,
        token: &str,
        request: &AccessLogRequest,
    ) -> Result<AccessLogResponse, SyncError> {
        self.post(server, "v1/access-log", Some(token), request).await
    }

    async fn post<T: DeserializeOwned>(
        &self,
        server: &str,
        path: &str,
        token: Option<&str>,
        message: &impl Serialize,
    ) -> Result<T, SyncError> {
        let url = Url::parse(server)
            .and_then(|server| server.join(path))
            .map_err(|_| SyncError::AddressUnreadable)?;
        let packed = body::pack(message).map_err(|_| SyncError::AnswerUnreadable)?;
        let mut request =
            self.http.post(url).header(CONTENT_TYPE_HEADER, CONTENT_TYPE).body(packed);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.map_err(|_| SyncError::ServerUnreachable)?;
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
