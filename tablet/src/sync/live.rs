//! The live stream: server-sent events over HTTP, read as they come.

mod events;

use std::time::Duration;

use kjent_core::problem::Problem;
use kjent_core::protocol::LiveNews;
use reqwest::header::RETRY_AFTER;
use reqwest::{Method, Response, StatusCode};

use self::events::Events;
use super::{Caller, SyncClient, SyncError, transport};

/// A stream is to stay open; that it still lives is known by what comes on it.
const AS_LONG_AS_IT_LASTS: Duration = Duration::from_secs(365 * 24 * 3600);

/// The largest answer that can be a problem, in bytes.
const LARGEST_PROBLEM: usize = 64 * 1024;

/// An open stream.
pub(super) struct LiveStream {
    response: Response,
    events: Events,
}

impl SyncClient {
    /// Connects the live stream.
    pub(super) async fn live(&self, caller: &Caller) -> Result<LiveStream, SyncError> {
        match self.live_once(caller).await {
            Err(error) if self.may_prove_anew(caller, &error) => self.live_once(caller).await,
            answered => answered,
        }
    }

    async fn live_once(&self, caller: &Caller) -> Result<LiveStream, SyncError> {
        let request = self.request(caller, Method::GET, "/v1/live", &[])?;
        let response = request.timeout(AS_LONG_AS_IT_LASTS).send().await;
        let response = response.map_err(|error| transport::why(&error))?;
        if response.status().is_success() {
            Ok(LiveStream { response, events: Events::default() })
        } else {
            Err(why(response).await)
        }
    }
}

impl LiveStream {
    /// What comes next: news, or none in a sign of life; `None` at the end. Nothing is lost when
    /// the caller stops waiting.
    pub(super) async fn read(&mut self) -> Result<Option<Vec<LiveNews>>, SyncError> {
        let bytes = self.response.chunk().await.map_err(|_| SyncError::ServerUnreachable)?;
        let Some(bytes) = bytes else { return Ok(None) };
        let events = self.events.take(&bytes).map_err(|_| SyncError::AnswerUnreadable)?;
        let news = events.into_iter().filter(|event| event.name == "news");
        news.map(|event| serde_json::from_str(&event.data))
            .collect::<Result<_, _>>()
            .map(Some)
            .map_err(|_| SyncError::AnswerUnreadable)
    }
}

/// What a busy server says in its headers: a proxy in front of ours says it nowhere else.
pub(super) fn busy(response: &Response) -> Option<SyncError> {
    let is_busy = matches!(
        response.status(),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS
    );
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?.parse::<u64>().ok()?;
    is_busy.then(|| SyncError::ServerSaid(Problem::new("server_busy").with("seconds", seconds)))
}

async fn why(mut response: Response) -> SyncError {
    let otherwise = busy(&response).unwrap_or(SyncError::AnswerUnreadable);
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(piece)) if bytes.len() + piece.len() <= LARGEST_PROBLEM => {
                bytes.extend_from_slice(&piece);
            }
            Ok(None) => break,
            Ok(Some(_)) => return otherwise,
            Err(_) => return SyncError::ServerUnreachable,
        }
    }
    serde_json::from_slice(&bytes).map_or(otherwise, SyncError::ServerSaid)
}
