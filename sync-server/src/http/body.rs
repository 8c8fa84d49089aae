//! Bodies that come in: read within limits, unpacked, and of a protocol that is spoken here.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, HttpBody};
use kjent_core::protocol::body::{self, BodyError};
use kjent_core::protocol::{
    AccessLogRequest, BeginSignInRequest, BreakGlassRequest, EnrolRequest, FinishSignInRequest,
    HandInRequest, LogInRequest, MAX_COMPRESSED, MAX_UNPACKED, PROTOCOL, RecoverRequest,
    SyncRequest, WaysInRequest,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::fault::Fault;

/// The oldest protocol that is answered.
const OLDEST: u16 = 3;

/// How much of a body is read, and thrown away, after it was found too large: an honest sender
/// finishes sending and then reads the answer.
const DRAINED: usize = 4 * MAX_COMPRESSED;

/// Reads a body as it travelled, of at most `MAX_COMPRESSED` bytes, whether its length was
/// announced or not.
pub(super) async fn read(mut body: Body) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(data) = next(&mut body).await? {
        if bytes.len() + data.len() > MAX_COMPRESSED {
            drop(bytes);
            drain(body, DRAINED).await;
            return Err(BodyError::TooLarge.into());
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

/// Reads the body of a request that is refused anyway, so that its sender gets to read why.
pub(super) async fn discard(body: Body) {
    drain(body, MAX_COMPRESSED).await;
}

async fn drain(mut body: Body, at_most: usize) {
    let mut left = at_most;
    while let Ok(Some(data)) = next(&mut body).await {
        left = left.saturating_sub(data.len());
        if left == 0 {
            return;
        }
    }
}

async fn next(body: &mut Body) -> Result<Option<axum::body::Bytes>, Fault> {
    loop {
        match poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
            None => return Ok(None),
            // The connection broke in the middle.
            Some(Err(_)) => return Err(BodyError::NotZstd.into()),
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        }
    }
}

/// A message that tablets send.
pub(super) trait Message: DeserializeOwned {
    /// The protocol that its sender speaks.
    fn protocol(&self) -> u16;
}

impl Message for BeginSignInRequest {
    fn protocol(&self) -> u16 {
        self.protocol
    }
}

impl Message for EnrolRequest {
    fn protocol(&self) -> u16 {
        self.protocol
    }
}

impl Message for AccessLogRequest {
    fn protocol(&self) -> u16 {
        self.protocol
    }
}

impl Message for BreakGlassRequest {
    fn protocol(&self) -> u16 {
        self.protocol
    }
}

impl Message for FinishSignInRequest {
    fn protocol(&self) -> u16 {
        self.protocol
    }
}

impl Message for HandInRequest {
    fn protocol(&self) -> u16 {
        self.protocol
    }
}

impl Message for LogInRequest {
    fn protocol(&self) -> u16 {
        self.protocol
    }
}

impl Message for RecoverRequest {
    fn protocol(&self) -> u16 {
        self.protocol
    }
}

impl Message for SyncRequest {
    fn protocol(&self) -> u16 {
        self.protocol
    }
}

impl Message for WaysInRequest {
    fn protocol(&self) -> u16 {
        self.protocol
    }
}

/// What every message has, whatever its version.
#[derive(Deserialize)]
struct Spoken {
    protocol: u16,
}

/// Unpacks a message. Blocking work: it decompresses.
pub(super) fn unpack<T: Message>(bytes: &[u8]) -> Result<T, Fault> {
    match body::unpack::<T>(bytes, MAX_UNPACKED) {
        Ok(message) => is_spoken(message.protocol()).map(|()| message),
        // Perhaps a message of another version.
        Err(BodyError::NotCbor) => match body::unpack::<Spoken>(bytes, MAX_UNPACKED) {
            Ok(Spoken { protocol }) => is_spoken(protocol).and(Err(BodyError::NotCbor.into())),
            Err(_) => Err(BodyError::NotCbor.into()),
        },
        Err(error) => Err(error.into()),
    }
}

fn is_spoken(protocol: u16) -> Result<(), Fault> {
    if protocol < OLDEST {
        Err(Fault::ServerSpeaksNewer)
    } else if protocol > PROTOCOL {
        Err(Fault::ServerSpeaksOlder)
    } else {
        Ok(())
    }
}
