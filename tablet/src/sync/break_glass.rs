//! Letting oneself in to a client: online, because it is the server that lets in.

use std::sync::Mutex;

use kjent_core::ids::ClientId;
use kjent_core::national_number::NationalNumber;
use kjent_core::protocol::{BreakGlassRequest, PROTOCOL, SHORTEST_REASON};

use super::{SyncClient, lock};
use crate::{Tablet, TabletError};

/// Asks the server to let this worker in to the client of a national number or an id. The client's
/// documents come with the next sync.
pub async fn break_glass(
    tablet: &Mutex<Tablet>,
    http: &SyncClient,
    client: &str,
    reason: &str,
) -> Result<ClientId, TabletError> {
    let (client, reason) = (client.trim().to_owned(), reason.trim().to_owned());
    if client.is_empty() {
        return Err(TabletError::ClientNeeded);
    }
    // What is mistyped is told at once, and is no try.
    if client.parse::<ClientId>().is_err() && NationalNumber::typed(&client).is_err() {
        return Err(TabletError::ClientUnknown);
    }
    if reason.chars().count() < SHORTEST_REASON {
        return Err(TabletError::ReasonTooShort);
    }
    let caller = lock(tablet).caller();
    let request = BreakGlassRequest { protocol: PROTOCOL, client, reason };
    let granted = http.break_glass(&caller, &request).await?;
    Ok(granted.client)
}
