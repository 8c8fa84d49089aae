//! The list of the team's clients: four queries for all of them, however many they are.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::Days;
use kjent_core::cbor;
use kjent_core::fact::{ConversationOutcome, WhatMatters};
use kjent_core::ids::{ClientId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::{Client, CriticalInfo, Part};
use kjent_core::time::Timestamp;
use kjent_core::view::{ClientCardView, CriticalView, NextVisitView};
use rusqlite::params;

use super::access::Bars;
use super::plan::id;
use crate::{Tablet, TabletError};

/// What the plan says of one client.
#[derive(Default)]
struct Planned {
    profile: Option<Client>,
    critical: Vec<CriticalView>,
}

impl Tablet {
    /// Every client of the worker's teams whose plan is here, by name.
    pub fn read_clients(&self) -> Result<Vec<ClientCardView>, TabletError> {
        let me = self.identity.worker;
        let served: HashSet<&ClientId> =
            self.present_teams().flat_map(|team| &team.clients).collect();
        let mut words = self.all_words()?;
        let bars = self.all_bars()?;
        let mut next = self.next_visits(&bars)?;
        let mine = self.clients_of_my_day()?;
        let closed = self.closed_clients(&bars);
        let mut cards = Vec::new();
        for (client, Planned { profile, critical }) in self.planned_clients()? {
            let (true, Some(profile)) = (served.contains(&client), profile) else { continue };
            if closed.contains(&client) {
                continue;
            }
            let reads = self.reads_record(client);
            let profile = self.with_shown_address(client, profile)?;
            let primary_contact = self.primary_contact_now(&profile);
            cards.push(ClientCardView {
                client,
                what_matters: words.remove(&client).filter(|_| reads),
                critical: if reads { critical } else { Vec::new() },
                primary_contact: primary_contact.map(|worker| self.worker_name(worker)),
                is_primary_contact: primary_contact == Some(me),
                mine_today: mine.contains(&client),
                next_visit: next.remove(&client),
                name: profile.name,
                called: profile.called,
                address: profile.address,
            });
        }
        cards.sort_by_cached_key(|card| (alphabetical(&card.name), card.client));
        Ok(cards)
    }

    fn planned_clients(&self) -> Result<BTreeMap<ClientId, Planned>, TabletError> {
        let mut query =
            self.connection.prepare_cached(include_str!("select_client_objects.sql"))?;
        let parts = params![Part::Client.key(), Part::CriticalInfo.key()];
        let mut rows = query.query(parts)?;
        let mut clients: BTreeMap<ClientId, Planned> = BTreeMap::new();
        let today = oslo::day(self.now());
        while let Some(row) = rows.next()? {
            let planned = clients.entry(id(row, 0, ClientId::from_bytes)?).or_default();
            let (part, fields): (String, String) = (row.get(1)?, row.get(2)?);
            // What can't be read is in `unreadable`.
            if part == Part::Client.key() {
                planned.profile = serde_json::from_str(&fields).ok();
            } else if let Ok(it) = serde_json::from_str::<CriticalInfo>(&fields)
                && it.is_current(today)
            {
                let view = CriticalView { kind: it.kind, label: it.label, details: it.details };
                planned.critical.push(view);
            }
        }
        Ok(clients)
    }

    /// Each client's newest answer to what matters.
    fn all_words(&self) -> Result<HashMap<ClientId, String>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_all_words.sql"))?;
        let mut rows = query.query([])?;
        let mut words = HashMap::new();
        while let Some(row) = rows.next()? {
            let client = id(row, 0, ClientId::from_bytes)?;
            if words.contains_key(&client) {
                continue;
            }
            if let Ok(conversation) = cbor::read::<WhatMatters>(&row.get::<_, Vec<u8>>(1)?)
                && conversation.outcome == ConversationOutcome::Answered
            {
                words.insert(client, conversation.words);
            }
        }
        Ok(words)
    }

    fn next_visits(
        &self,
        bars: &HashMap<ClientId, Bars<'_>>,
    ) -> Result<HashMap<ClientId, NextVisitView>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_next_visits.sql"))?;
        let mut rows = query.query([self.now().millis()])?;
        let mut next = HashMap::new();
        while let Some(row) = rows.next()? {
            let (client, worker) =
                (id(row, 0, ClientId::from_bytes)?, id(row, 2, WorkerId::from_bytes)?);
            let starts = oslo::local(Timestamp::from_millis(row.get(1)?));
            let visit: &mut NextVisitView =
                next.entry(client).or_insert(NextVisitView { starts, worker_names: Vec::new() });
            if bars.get(&client).is_none_or(|bars| !bars.keep_out(worker)) {
                visit.worker_names.push(self.worker_name(worker));
            }
        }
        Ok(next)
    }

    /// The clients whom this worker visits today, done or not.
    fn clients_of_my_day(&self) -> Result<HashSet<ClientId>, TabletError> {
        let day = oslo::day(self.now());
        let next_day = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let mut query = self.connection.prepare_cached(
            "SELECT visit.client FROM visit JOIN goer ON goer.visit = visit.id
             WHERE visit.starts >= ?1 AND visit.starts < ?2 AND goer.worker = ?3",
        )?;
        let (from, to) = (oslo::start_of(day).millis(), oslo::start_of(next_day).millis());
        let rows = query.query_map(params![from, to, self.identity.worker.bytes()], |row| {
            id(row, 0, ClientId::from_bytes)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// What a name is sorted by: the Norwegian alphabet ends in æ, ø, å, and Unicode puts å first.
fn alphabetical(name: &str) -> String {
    name.to_lowercase().replace('å', "ø\u{10ffff}")
}

#[cfg(test)]
mod tests {
    use super::alphabetical;

    #[test]
    fn names_follow_the_norwegian_alphabet() {
        let mut names = ["Åse Vik", "Øyvind Bø", "Ærlig Berg", "anne Lie", "Zara Ali", "Øåse"];
        names.sort_by_cached_key(|name| alphabetical(name));
        assert_eq!(names, ["anne Lie", "Zara Ali", "Ærlig Berg", "Øyvind Bø", "Øåse", "Åse Vik"]);
    }
}
