//! The sync line and what stands behind it.

use kjent_core::document::Document;
use kjent_core::fact::{FactBody, FactKind};
use kjent_core::ids::ClientId;
use kjent_core::oslo;
use kjent_core::problem::Problem;
use kjent_core::time::Timestamp;
use kjent_core::view::{RefusedView, SyncState, SyncView, WaitingView};

use rusqlite::Row;

use super::plan::id;
use crate::sync::Progress;
use crate::{Tablet, TabletError};

/// A clock that is off by more than this is told about, in milliseconds.
pub(super) const CLOCK_TOLERANCE: i64 = 2 * 60_000;

/// Own work that the server doesn't have.
#[derive(Default)]
struct Unsent {
    waiting: Vec<WaitingView>,
    refused: Vec<RefusedView>,
    settled: Vec<RefusedView>,
}

impl Tablet {
    /// What the sync line may say now.
    pub fn read_sync(&self) -> Result<SyncView, TabletError> {
        let Unsent { waiting, refused, settled } = self.unsent()?;
        let status = &self.status;
        // An exchange under way is told only where nothing more certain is known: a line that
        // flickers every half minute would be looked at, and then no longer.
        let state = if !refused.is_empty() {
            SyncState::Refused
        } else if status.problem.is_some() {
            SyncState::Offline { since: status.offline_since.map(oslo::local) }
        } else {
            match status.equal_at {
                Some(at) if waiting.is_empty() => SyncState::UpToDate { at: oslo::local(at) },
                _ if status.exchanging => SyncState::Exchanging,
                _ if !status.has_answered => SyncState::Offline { since: None },
                _ => SyncState::Waiting,
            }
        };
        let clock_ahead = status.clock_ahead.filter(|ahead| ahead.abs() > CLOCK_TOLERANCE);
        Ok(SyncView {
            state,
            waiting,
            refused,
            settled,
            left: self.left_clients()?,
            last_contact: status.last_contact.map(oslo::local),
            clock_ahead_minutes: clock_ahead.map(|millis| millis / 60_000),
            problem: status.problem.clone(),
            next_try: status
                .next_try
                .filter(|_| !status.exchanging)
                .map(whole_minute)
                .map(oslo::local),
            steps: status.progress.as_ref().map(Progress::steps).unwrap_or_default(),
        })
    }

    fn unsent(&self) -> Result<Unsent, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_unsent.sql"))?;
        let mut rows = query.query([])?;
        let mut unsent = Unsent::default();
        while let Some(row) = rows.next()? {
            let client = id(row, 0, ClientId::from_bytes)?;
            let work = WaitingView {
                client_name: self.client_name(client)?,
                what: serde_json::from_str(&row.get::<_, String>(1)?)?,
                at: oslo::local(Timestamp::from_millis(row.get(2)?)),
            };
            if row.get::<_, i64>(3)? == 0 {
                unsent.waiting.push(work);
                continue;
            }
            let refused = self.refused(row, client, work)?;
            if refused.settled.is_some() {
                unsent.settled.insert(0, refused);
            } else {
                unsent.refused.push(refused);
            }
        }
        Ok(unsent)
    }

    fn refused(
        &self,
        row: &Row<'_>,
        client: ClientId,
        work: WaitingView,
    ) -> Result<RefusedView, TabletError> {
        let reason: Option<String> = row.get(4)?;
        let reason = reason.and_then(|text| serde_json::from_str(&text).ok());
        let change = Document::read_change(&row.get::<_, Vec<u8>>(5)?)?;
        let mut wrote = Document::sentences_of(&change);
        let mut entry = None;
        if let (Some(kind), Some(sealed)) =
            (row.get::<_, Option<String>>(8)?, row.get::<_, Option<Vec<u8>>>(9)?)
        {
            let kind = FactKind::from_code(&kind);
            match kind {
                FactKind::VisitReport | FactKind::Note => {
                    let said = FactBody::from_bytes(&kind, &sealed)?;
                    entry = Some(self.body(said, &self.titles(client)?));
                }
                _ => {
                    let said = FactBody::from_bytes(&kind, &sealed).unwrap_or(FactBody::Unknown);
                    let said = said.texts().into_iter().filter(|it| !it.is_empty());
                    wrote.splice(0..0, said.map(str::to_owned));
                }
            }
        }
        let settled: Option<i64> = row.get(7)?;
        Ok(RefusedView {
            id: row.get(6)?,
            work,
            wrote,
            entry,
            settled: settled.map(|at| oslo::local(Timestamp::from_millis(at))),
            reason: reason.unwrap_or_else(|| Problem::new("refused")),
        })
    }
}

/// The whole minute by which something has happened.
fn whole_minute(at: Timestamp) -> Timestamp {
    const MINUTE: i64 = 60_000;
    Timestamp::from_millis((at.millis() + MINUTE - 1).div_euclid(MINUTE) * MINUTE)
}
