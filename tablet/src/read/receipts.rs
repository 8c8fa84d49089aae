//! How far a worker's own entries have come among the colleagues.

use std::collections::HashMap;

use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use kjent_core::view::{EntryState, ReceiptStep, ReceiptView};
use rusqlite::params;

use super::access::Bars;
use super::plan::id;
use super::readiness::count;
use crate::{Tablet, TabletError};

/// What is known of who has a client's entries.
#[derive(Default)]
pub(super) struct Receipts {
    next: Option<NextWorker>,
    readers: HashMap<FactId, Vec<(WorkerId, Timestamp)>>,
}

/// The colleague who has the client's next visit.
struct NextWorker {
    worker: WorkerId,
    name: String,
    /// Up to which number everything of the team's is on her tablet.
    through: Option<u64>,
}

impl Tablet {
    /// What is known of who has this client's entries.
    pub(super) fn receipts(&self, client: ClientId) -> Result<Receipts, TabletError> {
        let mut query = self.connection.prepare_cached(
            "SELECT fact, worker, at FROM fact_read
             WHERE fact IN (SELECT id FROM fact WHERE client = ?1)",
        )?;
        let rows = query.query_map([client.bytes()], |row| {
            Ok((
                id(row, 0, FactId::from_bytes)?,
                id(row, 1, WorkerId::from_bytes)?,
                Timestamp::from_millis(row.get(2)?),
            ))
        })?;
        let bars = self.bars(client)?;
        let mut readers: HashMap<FactId, Vec<(WorkerId, Timestamp)>> = HashMap::new();
        for row in rows {
            let (fact, worker, at) = row?;
            // Whom the client bars by now has read nothing that is asked for here.
            if !bars.keep_out(worker) {
                readers.entry(fact).or_default().push((worker, at));
            }
        }
        Ok(Receipts { next: self.next_worker(client, &bars)?, readers })
    }

    /// What is known of who has this client's entries, towards one colleague.
    pub(super) fn receipts_of(
        &self,
        client: ClientId,
        worker: WorkerId,
    ) -> Result<Receipts, TabletError> {
        let mut query = self.connection.prepare_cached(
            "SELECT MAX(through) FROM receipt
             WHERE worker = ?1 AND client = x''
                AND team = (SELECT team FROM document WHERE document.client = ?2 LIMIT 1)",
        )?;
        let through = query.query_row(params![worker.bytes(), client.bytes()], |row| row.get(0))?;
        let name = self.worker_name(worker);
        let is_barred = self.bars(client)?.keep_out(worker);
        let next = (!is_barred).then_some(NextWorker { worker, name, through });
        Ok(Receipts { next, ..self.receipts(client)? })
    }

    fn next_worker(
        &self,
        client: ClientId,
        bars: &Bars<'_>,
    ) -> Result<Option<NextWorker>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_next_worker.sql"))?;
        let rows = query.query_map(params![client.bytes(), self.now().millis()], |row| {
            Ok((id(row, 0, WorkerId::from_bytes)?, row.get::<_, Option<u64>>(1)?))
        })?;
        let goers: Vec<(WorkerId, Option<u64>)> = rows.collect::<Result<_, _>>()?;
        let goer = goers.into_iter().find(|(worker, _)| !bars.keep_out(*worker));
        let colleague = goer.filter(|(worker, _)| *worker != self.identity.worker);
        Ok(colleague.and_then(|(worker, through)| {
            let name = self.worker_name(worker);
            (!name.is_empty()).then_some(NextWorker { worker, name, through })
        }))
    }
}

impl Receipts {
    /// How far an own entry has come; `number` is the one that it has in the team's log, when that
    /// is known.
    pub fn of(&self, fact: FactId, state: &EntryState, number: Option<u64>) -> Option<ReceiptView> {
        self.among(fact, state, number, |_| true)
    }

    /// The same, of an entry that only some workers have: who has read all that she got has not read
    /// this.
    pub fn among(
        &self,
        fact: FactId,
        state: &EntryState,
        number: Option<u64>,
        has: impl Fn(WorkerId) -> bool,
    ) -> Option<ReceiptView> {
        let mut readers = self.readers.get(&fact).cloned().unwrap_or_default();
        readers.retain(|(worker, _)| has(*worker));
        let next = self.next.as_ref().filter(|next| has(next.worker));
        let step = match state {
            EntryState::Refused { .. } => return None,
            EntryState::Waiting => ReceiptStep::Here,
            EntryState::Sent => step(next, &readers, number),
        };
        let is_other =
            |reader: &&(WorkerId, Timestamp)| next.is_none_or(|next| next.worker != reader.0);
        Some(ReceiptView { step, others: count(readers.iter().filter(is_other).count()) })
    }
}

fn step(
    next: Option<&NextWorker>,
    readers: &[(WorkerId, Timestamp)],
    number: Option<u64>,
) -> ReceiptStep {
    let Some(next) = next else { return ReceiptStep::OnServer };
    let name = next.name.clone();
    if let Some((_, at)) = readers.iter().find(|(worker, _)| *worker == next.worker) {
        ReceiptStep::Read { name, at: oslo::local(*at) }
    } else if number.zip(next.through).is_some_and(|(number, through)| number <= through) {
        ReceiptStep::OnTablet { name }
    } else {
        ReceiptStep::OnServer
    }
}
