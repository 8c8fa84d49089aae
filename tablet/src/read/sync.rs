//! The sync line and what stands behind it.

use kjent_core::document::Document;
use kjent_core::ids::ClientId;
use kjent_core::oslo;
use kjent_core::problem::Problem;
use kjent_core::time::Timestamp;
use kjent_core::view::{RefusedView, SyncState, SyncView, WaitingView};

use super::plan::id;
use crate::sync::Progress;
use crate::{Tablet, TabletError};

/// A clock that is off by more than this is told about, in milliseconds.
const CLOCK_TOLERANCE: i64 = 2 * 60_000;

impl Tablet {
    /// What the sync line may say now.
    pub fn read_sync(&self) -> Result<SyncView, TabletError> {
        let (waiting, refused) = self.unsent()?;
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

    fn unsent(&self) -> Result<(Vec<WaitingView>, Vec<RefusedView>), TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_unsent.sql"))?;
        let mut rows = query.query([])?;
        let (mut waiting, mut refused) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let client = id(row, 0, ClientId::from_bytes)?;
            let work = WaitingView {
                client_name: match self.profile(client) {
                    Ok(profile) => profile.value.name,
                    Err(TabletError::NotFound) => String::new(),
                    Err(error) => return Err(error),
                },
                what: serde_json::from_str(&row.get::<_, String>(1)?)?,
                at: oslo::local(Timestamp::from_millis(row.get(2)?)),
            };
            if row.get::<_, i64>(3)? == 0 {
                waiting.push(work);
            } else {
                let reason: Option<String> = row.get(4)?;
                let reason = reason.and_then(|text| serde_json::from_str(&text).ok());
                let reason = reason.unwrap_or_else(|| Problem::new("refused"));
                let change = Document::read_change(&row.get::<_, Vec<u8>>(5)?)?;
                refused.push(RefusedView { work, wrote: Document::sentences_of(&change), reason });
            }
        }
        Ok((waiting, refused))
    }
}

/// The whole minute by which something has happened.
fn whole_minute(at: Timestamp) -> Timestamp {
    const MINUTE: i64 = 60_000;
    Timestamp::from_millis((at.millis() + MINUTE - 1).div_euclid(MINUTE) * MINUTE)
}
