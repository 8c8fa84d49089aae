//! A request in a profile's name: its body is read, its proof judged, and what it asks for is done.

use std::sync::Arc;

use axum::body::Body;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;

use super::body::Message;
use super::{answer, authenticate, body};
use crate::fault::Fault;
use crate::service::Service;
use crate::store::SessionRow;

/// Makes sure who posts a message to a path, and runs blocking work on it. The answer comes with the
/// profile that asked.
pub(super) async fn proved<M: Message, T: Serialize>(
    service: &Arc<Service>,
    headers: &HeaderMap,
    request: Body,
    path: &'static str,
    work: impl FnOnce(&Service, &SessionRow, M) -> Result<T, Fault> + Send + 'static,
) -> Result<(SessionRow, Response), Fault> {
    let claimed = match authenticate::claimed(service, headers).await {
        Ok(claimed) => claimed,
        Err(fault) => {
            body::discard(request).await;
            return Err(fault);
        }
    };
    let bytes = body::read(request).await?;
    let (session, packed) = service
        .work(move |service| {
            let session = claimed.prove(service, ("POST", path), &bytes)?;
            let message = body::unpack(&bytes)?;
            // It may be large, and the work may take as much again.
            drop(bytes);
            let done = work(service, &session, message)?;
            Ok((session, answer::pack(&done)?))
        })
        .await?;
    Ok((session, answer::packed(packed)))
}
