//! The access log: rows that tablets hand in are completed with who sent them and chained; and what
//! the server itself refuses, or takes that changes who reads an entry, is a row too.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{Damaged, Records, TabletRow};
use crate::access::chain::{AccessEntry, AccessLink, id_of_fact, id_of_refused};
use crate::access::{AccessAct, AccessOutcome, AccessReason, AccessRow};
use crate::document::DocumentRef;
use crate::fact::{FactKind, Readers};
use crate::ids::{ClientId, TabletId, WorkerId};
use crate::oslo;
use crate::policy::{Act, Refusal};
use crate::protocol::{AccessReceipt, MAX_ACCESS, Outcome, SyncRequest};
use crate::team::Team;
use crate::time::Timestamp;

/// Appends an entry to the log.
pub fn append<R: Records>(records: &R, entry: AccessEntry) -> Result<(), R::Error> {
    let head = records.access_head()?;
    let link = AccessLink::after(head, entry).map_err(|_| Damaged("a row of the access log"))?;
    records.add_access(&link)
}

/// Who a worker is in the log: their role and unit on the day of each row.
pub struct Signer<'a, R> {
    records: &'a R,
    worker: WorkerId,
    tablet: Option<TabletId>,
    now: Timestamp,
    days: BTreeMap<NaiveDate, Vec<Team>>,
}

impl<'a, R: Records> Signer<'a, R> {
    /// The worker of this tablet.
    pub fn new(records: &'a R, tablet: TabletRow, now: Timestamp) -> Self {
        let TabletRow { tablet, worker } = tablet;
        Self { records, worker, tablet: Some(tablet), now, days: BTreeMap::new() }
    }

    /// A worker in the office.
    pub fn of_office(records: &'a R, worker: WorkerId, now: Timestamp) -> Self {
        Self { records, worker, tablet: None, now, days: BTreeMap::new() }
    }

    /// The entry of a row of theirs.
    pub fn sign(&mut self, row: AccessRow) -> Result<AccessEntry, R::Error> {
        let (day, worker) = (oslo::day(row.at), self.worker);
        let teams = match self.days.get(&day) {
            Some(teams) => teams,
            None => {
                let teams = self.records.teams_of(worker, day)?;
                self.days.entry(day).or_insert(teams)
            }
        };
        // In the client's own team when they are in it, otherwise in the one where they work.
        let serving = match row.client {
            Some(client) => self.records.served_by(client, row.at)?,
            None => None,
        };
        let team = teams.iter().find(|team| Some(team.id) == serving).or_else(|| teams.first());
        Ok(AccessEntry {
            role: team.and_then(|team| team.role_on(worker, day)),
            team: team.map(|team| team.id),
            row,
            worker: Some(worker),
            tablet: self.tablet,
            operator: String::new(),
            received: self.now,
        })
    }
}

/// Takes the rows of a request in. Rows that came before are taken again and stored once.
pub(super) fn take<R: Records>(
    records: &R,
    tablet: TabletRow,
    request: &SyncRequest,
    now: Timestamp,
) -> Result<Option<AccessReceipt>, R::Error> {
    if request.access.is_empty() {
        return Ok(None);
    }
    let mut signer = Signer::new(records, tablet, now);
    let mut rows = 0;
    for row in request.access.iter().take(MAX_ACCESS) {
        if !records.has_access(Some(tablet.tablet), row.id)? {
            append(records, signer.sign(row.clone())?)?;
        }
        rows += 1;
    }
    Ok(Some(AccessReceipt { rows, head: records.access_head()? }))
}

/// Notes what a change in a restricted entry's document did to who reads it, as the client wished;
/// `before` is who did until then. The client's words are in the document, for its readers: others
/// read this log.
pub(super) fn note_restriction<R: Records>(
    records: &R,
    tablet: TabletRow,
    client: ClientId,
    (before, acts): (Option<&Readers>, &[Act]),
    (written, now): (Timestamp, Timestamp),
) -> Result<(), R::Error> {
    let mut signer = Signer::new(records, tablet, now);
    for act in acts {
        let Act::AddFact { fact, kind, .. } = act else { continue };
        let did = match (kind, before) {
            (FactKind::EntryReaders, Some(Readers::These(_))) => AccessAct::ChangedEntryReaders,
            (FactKind::EntryReaders, _) => AccessAct::RestrictedEntry,
            (FactKind::EntryRestrictionEnded, _) => AccessAct::EndedEntryRestriction,
            _ => continue,
        };
        let id = id_of_fact(tablet.tablet, *fact);
        if !records.has_access(Some(tablet.tablet), id)? {
            let row = AccessRow::new(id, did, written);
            let why = Some(AccessReason::ClientsWish);
            append(records, signer.sign(row.about(client, why))?)?;
        }
    }
    Ok(())
}

/// Whether a refusal is a row: who has no business with a client, or with who reads an entry.
fn is_noted(refusal: &Refusal) -> bool {
    use FactKind::{EntryReaders, EntryRestricted, EntryRestrictionEnded};
    match refusal {
        Refusal::NotYourTeam | Refusal::NotAReader => true,
        Refusal::RoleMayNotWrite { kind } => {
            matches!(kind, EntryReaders | EntryRestricted | EntryRestrictionEnded)
        }
        _ => false,
    }
}

/// Notes whom a tablet tried to write about and may not: once a document and day.
pub(super) fn note_refused<R: Records>(
    records: &R,
    tablet: TabletRow,
    request: &SyncRequest,
    outcomes: &[Outcome],
    now: Timestamp,
) -> Result<(), R::Error> {
    let documents =
        request.push.iter().flat_map(|pushed| pushed.changes.iter().map(|_| pushed.document));
    let mut refused: Vec<DocumentRef> = documents
        .zip(outcomes)
        .filter(|(_, outcome)| matches!(outcome, Outcome::Refused(refusal) if is_noted(refusal)))
        .map(|(document, _)| document)
        .collect();
    refused.dedup_by_key(|document| document.id());
    let mut signer = Signer::new(records, tablet, now);
    for document in refused {
        let day = oslo::day(now).num_days_from_ce();
        let id = id_of_refused(tablet.tablet, document.id().bytes(), day);
        if !records.has_access(Some(tablet.tablet), id)? {
            let row =
                refused_row(AccessRow::new(id, AccessAct::WriteRefused, now), document.client);
            append(records, signer.sign(row)?)?;
        }
    }
    Ok(())
}

fn refused_row(row: AccessRow, client: ClientId) -> AccessRow {
    AccessRow { outcome: AccessOutcome::Refused, ..row.about(client, None) }
}
