//! Asking the server who has opened a client's record.

use std::sync::Mutex;

use kjent_core::ids::ClientId;
use kjent_core::oslo;
use kjent_core::protocol::{AccessLine, AccessLogRequest, PROTOCOL};
use kjent_core::view::{AccessLineView, AccessLogView};

use crate::sync::lock;
use crate::{SyncClient, Tablet, TabletError};

/// A row that came so much later than it was made was made offline, in milliseconds: an hour is as
/// long as rows wait while there is a network.
const LATE: i64 = 60 * 60_000;

/// Asks who has opened a client's record. It takes the network; what this tablet has not handed in
/// yet is not in the answer.
pub async fn read_access_log(
    tablet: &Mutex<Tablet>,
    client: &SyncClient,
    about: ClientId,
) -> Result<AccessLogView, TabletError> {
    let caller = lock(tablet).caller();
    let request = AccessLogRequest { protocol: PROTOCOL, client: about };
    let told = client.access_log(&caller, &request).await?;
    let known = lock(tablet).access_head()?;
    // A log that is shorter than it was, or has another row in its last one's place.
    let is_broken = known.is_some_and(|known| {
        told.head.number < known.number || told.head.number == known.number && told.head != known
    });
    Ok(AccessLogView {
        lines: told.lines.into_iter().map(line).collect(),
        more: told.more,
        is_broken,
        head: known.unwrap_or(told.head).to_string(),
    })
}

fn line(line: AccessLine) -> AccessLineView {
    let AccessLine { name, profession, unit, operator, row, received } = line;
    let late = received.millis().saturating_sub(row.at.millis()) > LATE;
    AccessLineView {
        name: if name.is_empty() { operator } else { name },
        profession,
        unit,
        act: row.act,
        why: row.why,
        words: row.words,
        outcome: row.outcome,
        count: row.count,
        at: oslo::local(row.at),
        received: late.then(|| oslo::local(received)),
    }
}
