//! «Siden du var her sist»: what this worker hasn't seen, what a colleague flagged for whoever
//! comes next, and the client's own words.

use std::collections::{HashMap, HashSet};

use kjent_core::cbor;
use kjent_core::fact::{ConversationOutcome, FactKind, Note, VisitReport, WhatMatters};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::time::Timestamp;
use kjent_core::view::EntryState;
use rusqlite::{OptionalExtension, params};

use super::journal::entry_state;
use super::plan::id;
use super::readiness::count;
use crate::{Tablet, TabletError};

/// How many flagged notes a card shows: more than two would no longer be important.
const MOST_IMPORTANT: usize = 2;

impl Tablet {
    /// The worker's own last visit here.
    pub(super) fn last_here(&self, client: ClientId) -> Result<Option<Timestamp>, TabletError> {
        let mut query = self.connection.prepare_cached(
            "SELECT happened FROM standing_fact
             WHERE client = ?1 AND kind = 'visit_report' AND author = ?2
             ORDER BY happened DESC LIMIT 1",
        )?;
        let me = self.identity.worker;
        let last: Option<i64> =
            query.query_row(params![client.bytes(), me.bytes()], |row| row.get(0)).optional()?;
        Ok(last.map(Timestamp::from_millis))
    }

    /// Colleagues' facts that were written, or came in by sync, after the worker's own last visit
    /// and that she hasn't seen. For somebody who was never here nothing is "since".
    pub(super) fn unread(
        &self,
        client: ClientId,
        last_here: Option<Timestamp>,
    ) -> Result<HashSet<FactId>, TabletError> {
        Ok(self.unread_kinds(client, last_here)?.into_keys().collect())
    }

    /// How many of them are entries of the journal.
    pub(super) fn unread_entries(&self, client: ClientId) -> Result<u32, TabletError> {
        let unread = self.unread_kinds(client, self.last_here(client)?)?;
        Ok(count(unread.values().filter(|kind| **kind != FactKind::WhatMatters).count()))
    }

    fn unread_kinds(
        &self,
        client: ClientId,
        last_here: Option<Timestamp>,
    ) -> Result<HashMap<FactId, FactKind>, TabletError> {
        let Some(last) = last_here else { return Ok(HashMap::new()) };
        let mut query = self.connection.prepare_cached(include_str!("select_unread.sql"))?;
        let me = self.identity.worker;
        let rows = query.query_map(params![client.bytes(), me.bytes(), last.millis()], |row| {
            let fact = id(row, 0, FactId::from_bytes)?;
            Ok((fact, FactKind::from_code(&row.get::<_, String>(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was flagged as important for the next visit: as long as nobody has visited since, and
    /// for a week to those who haven't been here since.
    pub(super) fn important(
        &self,
        client: ClientId,
        last_here: Option<Timestamp>,
    ) -> Result<Vec<String>, TabletError> {
        let mut query =
            self.connection.prepare_cached(include_str!("select_latest_entries.sql"))?;
        let me = self.identity.worker;
        let last_here = last_here.unwrap_or_default();
        let rows = query.query_map(params![client.bytes(), self.week_ago().millis()], |row| {
            let author = id(row, 2, WorkerId::from_bytes)?;
            let is_replaced: bool = row.get(4)?;
            let at: i64 = row.get(3)?;
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?, author, at, is_replaced))
        })?;
        let mut important = Vec::new();
        let mut visited_since = false;
        for row in rows {
            let (kind, body, author, happened, is_replaced) = row?;
            let is_report = kind == "visit_report";
            let note = if is_report {
                cbor::read::<VisitReport>(&body).map(|report| report.note)
            } else {
                cbor::read::<Note>(&body)
            };
            let is_since = Timestamp::from_millis(happened) > last_here;
            if visited_since && !is_since || important.len() == MOST_IMPORTANT {
                break;
            }
            let is_news = author != me && is_since;
            if let Ok(note) = note
                && note.important_for_next
                && !is_replaced
                && (!visited_since || is_news)
            {
                important.extend(note.first_text().map(str::to_owned));
            }
            visited_since |= is_report;
        }
        Ok(important)
    }

    fn week_ago(&self) -> Timestamp {
        self.now().plus_minutes(-7 * 24 * 60)
    }

    /// The newest answer to «Hva er viktig for deg?», in the client's own words.
    pub(super) fn what_matters_words(
        &self,
        client: ClientId,
    ) -> Result<Option<String>, TabletError> {
        let mut query = self.connection.prepare_cached(
            "SELECT body FROM fact WHERE client = ?1 AND kind = 'what_matters'
             ORDER BY happened DESC, id DESC",
        )?;
        let rows = query.query_map([client.bytes()], |row| row.get::<_, Vec<u8>>(0))?;
        for body in rows {
            if let Ok(conversation) = cbor::read::<WhatMatters>(&body?)
                && conversation.outcome == ConversationOutcome::Answered
            {
                return Ok(Some(conversation.words));
            }
        }
        Ok(None)
    }

    /// The report of a visit, the worker's own before a colleague's: when, by whom, and how far it
    /// has come.
    pub(super) fn report_of(
        &self,
        visit: &[u8; 16],
    ) -> Result<Option<(Timestamp, String, EntryState)>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_report.sql"))?;
        let me = self.identity.worker;
        let report = query.query_row(params![visit, me.bytes()], |row| {
            let refusal: Option<String> = row.get(3)?;
            Ok((
                Timestamp::from_millis(row.get(1)?),
                self.worker_name(id(row, 0, WorkerId::from_bytes)?),
                entry_state(row.get(2)?, refusal.as_deref()),
            ))
        });
        Ok(report.optional()?)
    }
}
