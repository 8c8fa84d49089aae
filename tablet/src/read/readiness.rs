//! Whether the day can be done without a network, and how far the first filling has come.

use std::collections::{BTreeSet, HashSet};

use kjent_core::ids::ClientId;
use kjent_core::oslo;
use kjent_core::view::{FillingView, LackView, ReadinessView};

use super::plan::id;
use crate::sync::filling;
use crate::{Tablet, TabletError};

impl Tablet {
    /// Readiness for visits to these clients. A client whose journal is missing may have a visit
    /// that nobody here knows of, so whatever is missing of the day is told.
    pub(super) fn readiness(&self, due: &BTreeSet<ClientId>) -> Result<ReadinessView, TabletError> {
        let now = self.now();
        let month = oslo::month(now).to_string();
        let mut query = self.connection.prepare_cached(include_str!("select_lacking.sql"))?;
        let rows = query.query_map([month], |row| {
            Ok((id(row, 0, ClientId::from_bytes)?, row.get::<_, bool>(1)?))
        })?;
        let mut missing = Vec::new();
        let mut lacking = HashSet::new();
        for row in rows {
            let (client, is_journal) = row?;
            lacking.insert(client);
            missing.push(self.lack(client, is_journal)?);
        }
        for client in due.iter().copied() {
            let is_unknown = matches!(self.profile(client), Err(TabletError::NotFound));
            if is_unknown && lacking.insert(client) {
                missing.push(self.lack(client, false)?);
            }
        }
        let as_of = self.remembered("whole")?;
        let whole = due.iter().filter(|client| as_of.is_some() && !lacking.contains(client));
        let (holds_days, runs_out) = self.lease_left()?;
        Ok(ReadinessView {
            due: count(due.len()),
            ready: count(whole.count()),
            missing,
            as_of: as_of.map(oslo::local),
            holds_days,
            runs_out,
        })
    }

    fn lack(&self, client: ClientId, is_journal: bool) -> Result<LackView, TabletError> {
        let client_name = match self.profile(client) {
            Ok(profile) => Some(profile.value.name),
            Err(TabletError::NotFound) => None,
            Err(error) => return Err(error),
        };
        Ok(match is_journal {
            true => LackView::Journal { client_name },
            false => LackView::Plan { client_name },
        })
    }

    /// The first filling, until it is done.
    pub(super) fn filling(&self) -> Result<Option<FillingView>, TabletError> {
        let Some((left, total)) = filling(&self.connection)? else { return Ok(None) };
        let percent = total.saturating_sub(left).saturating_mul(100).checked_div(total);
        Ok(Some(FillingView {
            percent: u8::try_from(percent.unwrap_or(0)).unwrap_or(100),
            seconds_left: self.status.pace.seconds_left(),
        }))
    }
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
