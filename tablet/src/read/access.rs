//! Who may read what of whom on this tablet: a client who bars the reader, and a role that reads no
//! record.
//!
//! The server is what keeps a barred client's documents away. Here is what holds until the next
//! sync, and for a role that has the documents because the visits lie in them.

use std::collections::HashSet;

use kjent_core::fact::{FactKind, Restriction, RestrictionEnded};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::oslo;
use kjent_core::policy::{Refusal, Right, may};
use kjent_core::team::Role;
use kjent_core::time::Timestamp;
use kjent_core::view::{ClientView, PeopleView, RestrictionView};

use super::people::Written;
use crate::{Tablet, TabletError};

impl Tablet {
    /// Whether the worker's role reads a client's record, and not only what planning visits needs.
    /// What is here of a client who has left stays open to whoever has something to finish.
    pub(super) fn reads_record(&self, client: ClientId) -> bool {
        let reads = |role: Role| may(&Right::ReadFact(FactKind::Note), &role, false);
        self.role_for(client).is_none_or(reads)
    }

    /// Refuses a worker whose role doesn't read the record, or whom the client bars.
    pub(super) fn check_reads_record(&self, client: ClientId) -> Result<(), TabletError> {
        self.check_not_barred(client)?;
        if self.reads_record(client) { Ok(()) } else { Err(TabletError::NotForYourRole) }
    }

    /// Refuses a worker whom the client bars, or who was let in and is no more.
    pub(super) fn check_not_barred(&self, client: ClientId) -> Result<(), TabletError> {
        if self.is_barred(client)? || self.is_over(client) {
            Err(TabletError::Refused(Refusal::NotYourTeam))
        } else {
            Ok(())
        }
    }

    /// Until when the worker is let in to a client by break-glass, when nothing else lets her in.
    pub(super) fn granted_until(&self, client: ClientId) -> Option<Timestamp> {
        self.present_teams().find_map(|team| team.granted_until(client))
    }

    /// Whether the worker was let in by break-glass, and is no more.
    fn is_over(&self, client: ClientId) -> bool {
        self.granted_until(client).is_some_and(|until| until <= self.now())
    }

    /// Whether the client bars the worker. Whoever lets herself in does so past a bar.
    pub(super) fn is_barred(&self, client: ClientId) -> Result<bool, TabletError> {
        if self.granted_until(client).is_some() {
            return Ok(false);
        }
        let (me, role) = (self.identity.worker, self.role_for(client));
        let in_force = self.restrictions_in_force(client)?;
        Ok(in_force.iter().any(|one| one.content.bars(me, role.as_ref())))
    }

    /// The clients who bar the worker, and those to whom she was let in and is no more.
    pub(super) fn closed_clients(&self) -> Result<HashSet<ClientId>, TabletError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT DISTINCT client FROM fact WHERE kind = 'restriction'")?;
        let clients = query
            .query_map([], |row| super::plan::id(row, 0, ClientId::from_bytes))?
            .collect::<Result<Vec<_>, _>>()?;
        let granted = self.present_teams().flat_map(|team| &team.granted);
        let over = granted.map(|it| it.client).filter(|client| self.is_over(*client));
        let mut closed: HashSet<ClientId> = over.collect();
        for client in clients {
            if self.is_barred(client)? {
                closed.insert(client);
            }
        }
        Ok(closed)
    }

    fn restrictions_in_force(
        &self,
        client: ClientId,
    ) -> Result<Vec<Written<Restriction>>, TabletError> {
        let ended: HashSet<FactId> = self
            .written::<RestrictionEnded>(client, "restriction_ended")?
            .into_iter()
            .map(|one| one.content.restriction)
            .collect();
        let mut all = self.written::<Restriction>(client, "restriction")?;
        all.retain(|one| !ended.contains(&one.fact));
        Ok(all)
    }

    /// The client's bars, newest first.
    pub(super) fn restrictions(
        &self,
        client: ClientId,
    ) -> Result<Vec<RestrictionView>, TabletError> {
        let ended = self.written::<RestrictionEnded>(client, "restriction_ended")?;
        let view = |one: Written<Restriction>| RestrictionView {
            fact: one.fact,
            name: one.content.worker.map(|worker| self.worker_name(worker)).unwrap_or_default(),
            role: one.content.role,
            words: one.content.words,
            by: self.worker_name(one.author),
            at: oslo::local(one.happened),
            ended: ended
                .iter()
                .find(|it| it.content.restriction == one.fact)
                .map(|it| it.content.words.clone()),
        };
        Ok(self.written(client, "restriction")?.into_iter().map(view).collect())
    }
}

/// What a role sees of a client that reads no record: whom to visit, where, when, and what was
/// granted.
pub(super) fn for_planning(view: ClientView) -> ClientView {
    let known = ["name", "called", "address", "postal_place", "phone", "entry", "key"];
    let mut profile = view.people.profile;
    profile.retain(|field, _| known.contains(&field.as_str()));
    ClientView {
        people: PeopleView { profile, ahead: view.people.ahead, ..PeopleView::default() },
        national_number: None,
        about_me: None,
        strengths: None,
        gp: None,
        critical: Vec::new(),
        what_matters: Vec::new(),
        goals: Vec::new(),
        interventions: Vec::new(),
        unread: 0,
        conflicts: Vec::new(),
        proposals: Vec::new(),
        last_review: None,
        ..view
    }
}
