//! The shift report: what changed since the worker's last shift, client by client, and what is handed
//! over.

use std::collections::HashMap;

use kjent_core::access::AccessReason;
use kjent_core::cbor;
use kjent_core::fact::{FactKind, Handover, HandoverAccepted, HandoverTo};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::shift::last_shift;
use kjent_core::time::Timestamp;
use kjent_core::view::{
    ClientReportView, EntryState, HandedView, HandoverStep, HandoverView, ThreadView,
};
use rusqlite::params;

use super::journal::entry_state;
use super::plan::{called, id};
use super::readiness::count;
use crate::{Tablet, TabletError};

/// How far back the report goes at most.
const MOST_DAYS: i64 = 14;
/// How far it goes for somebody of whom no shift is known.
const FIRST_DAYS: i64 = 3;
const DAY: i64 = 24 * 60;

/// A handover's row.
struct HandedRow {
    fact: FactId,
    author: WorkerId,
    written: Timestamp,
    handover: Handover,
    state: EntryState,
    number: Option<u64>,
}

impl Tablet {
    /// The shift report.
    pub fn read_handover(&self) -> Result<HandoverView, TabletError> {
        let now = self.now();
        let last_shift = last_shift(now, &self.worked()?);
        let since = last_shift.unwrap_or_else(|| now.plus_minutes(-FIRST_DAYS * DAY));
        let mut threads: HashMap<ClientId, Vec<ThreadView>> = HashMap::new();
        for thread in self.open_threads(None)? {
            threads.entry(thread.client).or_default().push(thread);
        }
        let (mut items, mut clients, mut all_clients) = (Vec::new(), Vec::new(), Vec::new());
        for client in self.served() {
            let profile = match self.profile(client) {
                Ok(profile) => profile.value,
                Err(TabletError::NotFound) => continue,
                Err(error) => return Err(error),
            };
            items.extend(self.handed(client, &profile.name, since)?);
            let entries = self.entries_since(client, since)?;
            let report = ClientReportView {
                client,
                unread: count(entries.iter().filter(|entry| entry.unread).count()),
                called: called(&profile),
                entries,
                threads: threads.remove(&client).unwrap_or_default(),
                important: self.important(client, self.last_here(client)?)?,
                name: profile.name.clone(),
            };
            all_clients.push((client, profile.name));
            let is_quiet = report.entries.is_empty()
                && report.threads.is_empty()
                && report.important.is_empty();
            clients.extend((!is_quiet).then_some(report));
        }
        all_clients.sort_by(|one, other| one.1.cmp(&other.1));
        items.sort_by_key(|item| (item.is_accepted(), item.mine, std::cmp::Reverse(item.at)));
        clients.sort_by(|one, other| {
            let is_late = |it: &ClientReportView| it.threads.iter().any(ThreadView::is_overdue);
            let key = |it: &ClientReportView| (!is_late(it), it.unread == 0, it.entries.is_empty());
            key(one).cmp(&key(other)).then_with(|| one.name.cmp(&other.name))
        });
        let told = clients.iter().map(|report: &ClientReportView| report.client);
        self.reported(told.chain(items.iter().map(|item| item.client)), &AccessReason::Handover);
        Ok(HandoverView {
            last_shift: last_shift.map(oslo::local),
            since: oslo::local(since),
            now: oslo::local(now),
            items,
            clients,
            all_clients,
            colleagues: self.colleagues(None),
        })
    }

    /// What is handed over to the worker or to the next shift, and not accepted.
    pub(super) fn handovers_to_accept(&self) -> Result<u32, TabletError> {
        let mut waiting = 0;
        for client in self.served() {
            let accepted = self.accepted(client)?;
            let rows = self.handed_rows(client)?;
            waiting += rows
                .iter()
                .filter(|row| self.is_for_me(row) && !accepted.contains_key(&row.fact))
                .count();
        }
        Ok(count(waiting))
    }

    /// Whether something about a client is handed over to the worker or to the next shift, and not
    /// accepted.
    pub(super) fn is_handed_over(&self, client: ClientId) -> Result<bool, TabletError> {
        let rows = self.handed_rows(client)?;
        let accepted = if rows.is_empty() { HashMap::new() } else { self.accepted(client)? };
        let mut rows = rows.iter();
        Ok(rows.any(|row| self.is_for_me(row) && !accepted.contains_key(&row.fact)))
    }

    fn served(&self) -> Vec<ClientId> {
        let mut served: Vec<ClientId> =
            self.present_teams().flat_map(|team| team.clients.iter().copied()).collect();
        served.sort_unstable();
        served.dedup();
        served.retain(|client| self.reads_record(*client));
        served
    }

    /// When the worker wrote something about a client of the team, the newest first.
    fn worked(&self) -> Result<Vec<Timestamp>, TabletError> {
        let from = self.now().plus_minutes(-MOST_DAYS * DAY).millis();
        let me = self.identity.worker;
        let mut query = self.connection.prepare_cached(include_str!("select_worked.sql"))?;
        let mut worked = Vec::new();
        for client in self.served() {
            let rows = query
                .query_map(params![client.bytes(), me.bytes(), from], |row| row.get::<_, i64>(0))?;
            for at in rows {
                worked.push(Timestamp::from_millis(at?));
            }
        }
        worked.sort_unstable_by(|one, other| other.cmp(one));
        Ok(worked)
    }

    fn is_for_me(&self, row: &HandedRow) -> bool {
        let me = self.identity.worker;
        row.author != me
            && match row.handover.to {
                HandoverTo::Worker => row.handover.worker == Some(me),
                _ => true,
            }
    }

    /// What concerns the worker: what waits for her, what she has handed over, and what became of
    /// either since.
    fn handed(
        &self,
        client: ClientId,
        name: &str,
        since: Timestamp,
    ) -> Result<Vec<HandedView>, TabletError> {
        let rows = self.handed_rows(client)?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let accepted = self.accepted(client)?;
        let mut views = Vec::new();
        for row in rows {
            let mine = row.author == self.identity.worker;
            let done = accepted.get(&row.fact);
            let is_old = done.is_some_and(|(_, at)| *at <= since);
            if is_old || !(mine || self.is_for_me(&row)) {
                continue;
            }
            let step = match done {
                Some((by, at)) => {
                    HandoverStep::Accepted { by: self.worker_name(*by), at: oslo::local(*at) }
                }
                None => self.handed_step(client, &row)?,
            };
            views.push(HandedView {
                handover: row.fact,
                client,
                client_name: name.to_owned(),
                about: row.handover.about,
                by: self.worker_name(row.author),
                at: oslo::local(row.written),
                to_name: self.handed_to(&row.handover),
                to: row.handover.to,
                text: row.handover.text,
                mine,
                step,
            });
        }
        Ok(views)
    }

    /// The name of the colleague to whom something is handed over.
    pub(super) fn handed_to(&self, handover: &Handover) -> String {
        handover.worker.map(|worker| self.worker_name(worker)).unwrap_or_default()
    }

    fn handed_step(&self, client: ClientId, row: &HandedRow) -> Result<HandoverStep, TabletError> {
        let receipts = match row.handover.worker {
            Some(worker) => self.receipts_of(client, worker)?,
            None => self.receipts(client)?,
        };
        Ok(match receipts.of(row.fact, &row.state, row.number) {
            Some(receipt) => HandoverStep::Handed { receipt: receipt.step },
            None => HandoverStep::Refused,
        })
    }

    fn handed_rows(&self, client: ClientId) -> Result<Vec<HandedRow>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_handed.sql"))?;
        let rows = query.query_map([client.bytes()], |row| {
            let refusal: Option<String> = row.get(4)?;
            let body: Vec<u8> = row.get(6)?;
            // What can't be read is counted on the client's page.
            let Ok(handover) = cbor::read::<Handover>(&body) else { return Ok(None) };
            Ok(Some(HandedRow {
                fact: id(row, 0, FactId::from_bytes)?,
                author: id(row, 1, WorkerId::from_bytes)?,
                written: Timestamp::from_millis(row.get(2)?),
                state: entry_state(row.get(3)?, refusal.as_deref()),
                number: row.get(5)?,
                handover,
            }))
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// What has been accepted, by whom and when: the first counts.
    fn accepted(
        &self,
        client: ClientId,
    ) -> Result<HashMap<FactId, (WorkerId, Timestamp)>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_accepted.sql"))?;
        let rows =
            query.query_map(params![client.bytes(), FactKind::HandoverAccepted.code()], |row| {
                let at = Timestamp::from_millis(row.get(1)?);
                Ok((id(row, 0, WorkerId::from_bytes)?, at, row.get::<_, Vec<u8>>(2)?))
            })?;
        let mut accepted = HashMap::new();
        for row in rows {
            let (worker, at, body) = row?;
            if let Ok(HandoverAccepted { handover }) = cbor::read(&body) {
                accepted.entry(handover).or_insert((worker, at));
            }
        }
        Ok(accepted)
    }
}
