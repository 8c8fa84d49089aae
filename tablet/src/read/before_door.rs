//! What to know before the door.

use kjent_core::cbor;
use kjent_core::fact::GoalProgress;
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::{Client, Contact, Part};
use kjent_core::time::Timestamp;
use kjent_core::view::{
    BeforeDoorView, EntryBody, EntryView, FirstTimeView, RingView, SinceProgressView, SinceView,
};
use rusqlite::params;

use super::plan::id;
use crate::{Tablet, TabletError};

impl Tablet {
    /// Who this is, when the worker has never been there; otherwise what is new since she was.
    pub(super) fn before_door(
        &self,
        client: ClientId,
        profile: &Client,
        last_here: Option<Timestamp>,
    ) -> Result<BeforeDoorView, TabletError> {
        Ok(match last_here {
            None => BeforeDoorView::FirstTime(self.first_time(client, profile)?),
            Some(last) => BeforeDoorView::Since(self.since(client, last)?),
        })
    }

    /// Who this is, to somebody who has never been there.
    pub(super) fn first_time(
        &self,
        client: ClientId,
        profile: &Client,
    ) -> Result<FirstTimeView, TabletError> {
        let profile = &self.with_shown_address(client, profile.clone())?;
        Ok(FirstTimeView {
            about_me: profile.about_me.clone(),
            address: profile.address.clone(),
            entry: profile.entry.clone(),
            house_rules: profile.house_rules.clone(),
            language: profile.language.clone(),
            interpreter: profile.interpreter.clone(),
            ring: self.people_to_ring(client, profile)?,
        })
    }

    fn people_to_ring(
        &self,
        client: ClientId,
        profile: &Client,
    ) -> Result<Vec<RingView>, TabletError> {
        let today = oslo::day(self.now());
        let contacts = self.plan::<Contact>(client, Part::Contacts)?;
        let mut ring: Vec<RingView> = contacts
            .into_iter()
            .filter_map(|object| {
                let Contact { name, role, relation, phone, ended, .. } = object.value;
                if ended.is_some_and(|last| last < today) {
                    return None;
                }
                let phone = phone.filter(|phone| !phone.trim().is_empty())?;
                Some(RingView { name, role: Some(role), relation, phone })
            })
            .collect();
        ring.sort_by(|one, next| one.role.cmp(&next.role));
        let is_over = profile.primary_contact_to.is_some_and(|last| last < today);
        if let (Some(worker), Some(phone), false) =
            (profile.primary_contact, profile.primary_contact_phone.clone(), is_over)
        {
            let name = self.worker_name(worker);
            ring.insert(0, RingView { name, role: None, relation: String::new(), phone });
        }
        Ok(ring)
    }

    fn since(&self, client: ClientId, last: Timestamp) -> Result<SinceView, TabletError> {
        let mut since = SinceView {
            last_here: oslo::local(last),
            important: Vec::new(),
            plan: Vec::new(),
            progress: self.progress_since(client, last)?,
            others: Vec::new(),
        };
        for entry in self.entries_since(client, last)? {
            since.progress.extend(progress_of(&entry));
            // Whoever corrected it has an entry of its own.
            if entry.amended_by.is_none() {
                group(&mut since, &entry).push(entry);
            }
        }
        since.progress.sort_by_key(|one| std::cmp::Reverse(one.at));
        Ok(since)
    }

    /// How goals went, told outside visits.
    fn progress_since(
        &self,
        client: ClientId,
        last: Timestamp,
    ) -> Result<Vec<SinceProgressView>, TabletError> {
        let mut query =
            self.connection.prepare_cached(include_str!("select_progress_since.sql"))?;
        let me = self.identity.worker;
        let rows = query.query_map(params![client.bytes(), me.bytes(), last.millis()], |row| {
            let (fact, author) =
                (id(row, 0, FactId::from_bytes)?, id(row, 1, WorkerId::from_bytes)?);
            Ok((fact, author, row.get::<_, i64>(2)?, row.get::<_, Vec<u8>>(3)?))
        })?;
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let titles = self.titles(client)?;
        let mut marks = Vec::new();
        for (fact, author, happened, body) in rows {
            // What can't be read is in `unreadable` and counted there.
            let Ok(mark) = cbor::read::<GoalProgress>(&body) else { continue };
            marks.push(SinceProgressView {
                fact,
                goal: titles.of(mark.goal.0),
                direction: mark.direction,
                source: mark.source,
                by: self.worker_name(author),
                at: oslo::local(Timestamp::from_millis(happened)),
            });
        }
        Ok(marks)
    }
}

/// Where an entry is shown.
fn group<'a>(since: &'a mut SinceView, entry: &EntryView) -> &'a mut Vec<EntryView> {
    match &entry.body {
        EntryBody::Visit { note, .. } | EntryBody::Note { note } if note.important_for_next => {
            &mut since.important
        }
        EntryBody::PlanChange { .. }
        | EntryBody::PlanProposal { .. }
        | EntryBody::ProposalDeclined { .. } => &mut since.plan,
        _ => &mut since.others,
    }
}

fn progress_of(entry: &EntryView) -> impl Iterator<Item = SinceProgressView> {
    let progress = match &entry.body {
        EntryBody::Visit { progress, .. } if entry.amended_by.is_none() => progress.as_slice(),
        _ => &[],
    };
    progress.iter().map(|mark| SinceProgressView {
        fact: entry.fact,
        goal: mark.goal.clone(),
        direction: mark.direction.clone(),
        source: mark.source.clone(),
        by: entry.author.clone(),
        at: entry.happened,
    })
}
