//! Reading the access log: by the lead and nurses of a client's team, and by the client.

pub mod extract;
mod html;
mod text;
mod words;

pub use words::Language;

use chrono::Datelike;
use kjent_core::access::chain::{AccessEntry, id_of_refused};
use kjent_core::access::{AccessAct, AccessOutcome, AccessReason, AccessRow, may_read_log};
use kjent_core::ids::{AccessId, ClientId, WorkerId};
use kjent_core::oslo;
use kjent_core::protocol::{AccessLine, AccessLogResponse};
use kjent_core::sync::server::{self, Signer, append};
use kjent_core::time::Timestamp;

use crate::store::{Records, Store, StoreError, StoredAccess, TabletRow};

/// How many openings a tablet is told of.
const LINES: usize = 500;

/// Tells a tablet's worker who has opened a client's record; `None` when that is none of theirs. It
/// is a row of the log either way.
pub(crate) fn ask(
    records: &Records<'_>,
    tablet: TabletRow,
    client: ClientId,
    now: Timestamp,
    random: [u8; 10],
) -> Result<Option<AccessLogResponse>, StoreError> {
    // Whom the client bars isn't told either.
    let teams = server::teams(records, tablet.worker, now)?;
    let team = teams.iter().find(|team| team.clients.contains(&client));
    let role = team.and_then(|team| team.role_on(tablet.worker, oslo::day(now)));
    let may = may_read_log(role.as_ref());
    let outcome = if may { AccessOutcome::Given } else { AccessOutcome::Refused };
    let row = AccessRow::new(AccessId::mint(now, random), AccessAct::ReadAccessLog, now);
    let row = AccessRow { outcome, ..row.about(client, None) };
    append(records, Signer::new(records, tablet, now).sign(row)?)?;
    if !may {
        return Ok(None);
    }
    let mut rows = records.access_of_client(client, LINES + 1)?;
    let more = rows.len() > LINES;
    rows.truncate(LINES);
    let lines = rows.into_iter().map(|stored| line(records, stored));
    let lines = lines.collect::<Result<_, _>>()?;
    Ok(Some(AccessLogResponse { lines, more, head: records.access_head()? }))
}

/// A row with the names of its people.
pub fn line(records: &Records<'_>, stored: StoredAccess) -> Result<AccessLine, StoreError> {
    let AccessEntry { row, worker, team, operator, received, .. } = stored.entry;
    let known = match worker {
        Some(worker) => records.worker_name(worker, team)?,
        None => None,
    };
    let unit = match team {
        Some(team) => records.team_name(team)?,
        None => None,
    };
    let (name, profession) = known.map(|known| (known.name, Some(known.profession))).unzip();
    Ok(AccessLine {
        name: name.unwrap_or_default(),
        profession: profession.flatten(),
        unit: unit.unwrap_or_default(),
        operator,
        row,
        received,
    })
}

/// Writes down something that the server did for a tablet, not about any one client.
pub(crate) fn note(
    records: &Records<'_>,
    tablet: TabletRow,
    act: AccessAct,
    now: Timestamp,
    random: [u8; 10],
) -> Result<(), StoreError> {
    let row = AccessRow::new(AccessId::mint(now, random), act, now);
    append(records, Signer::new(records, tablet, now).sign(row)?)
}

/// Writes down that a worker let herself in to a client, or tried to with a name that led to none,
/// and why. A row that is here already stays the only one.
pub(crate) fn note_break_glass(
    records: &Records<'_>,
    tablet: TabletRow,
    id: AccessId,
    (client, reason): (Option<ClientId>, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    if records.has_access(Some(tablet.tablet), id)? {
        return Ok(());
    }
    let outcome = if client.is_some() { AccessOutcome::Given } else { AccessOutcome::Refused };
    let row = AccessRow::new(id, AccessAct::BreakGlass, now);
    let (why, words) = (Some(AccessReason::BreakGlass), reason.to_owned());
    let row = AccessRow { client, why, words, outcome, ..row };
    append(records, Signer::new(records, tablet, now).sign(row.bounded())?)
}

/// Writes down that a tablet's token was refused, revoked or in another device's hands: once a day.
pub(crate) fn note_token_refused(
    store: &mut Store,
    tablet: TabletRow,
    now: Timestamp,
) -> Result<(), StoreError> {
    let day = oslo::day(now).num_days_from_ce();
    let id = id_of_refused(tablet.tablet, b"token", day);
    if store.read(|records| records.has_access(Some(tablet.tablet), id))? {
        return Ok(());
    }
    store.write(|records| {
        let row = AccessRow::new(id, AccessAct::TokenRefused, now);
        let row = AccessRow { outcome: AccessOutcome::Refused, ..row };
        append(records, Signer::new(records, tablet, now).sign(row)?)
    })
}

/// Writes down something that the office does, and which worker does it; nobody, where no team has a
/// lead yet.
pub fn note_of_office(
    records: &Records<'_>,
    (act, words): (AccessAct, &str),
    client: Option<ClientId>,
    operator: Option<WorkerId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let number = records.access_head()?.number;
    let entry = AccessEntry::of_office(act, client, number, now);
    let row = AccessRow { words: words.to_owned(), ..entry.row };
    let entry = match operator {
        Some(worker) => Signer::of_office(records, worker, now).sign(row)?,
        None => AccessEntry { row, ..entry },
    };
    append(records, entry)
}
