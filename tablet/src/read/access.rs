//! Who may read what of whom on this tablet: a client who bars the reader, and a role that reads no
//! record.
//!
//! The server is what keeps a barred client's documents away. Here is what holds until the next
//! sync, and for a role that has the documents because the visits lie in them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use kjent_core::fact::{FactKind, Restriction, RestrictionEnded};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::policy::{Refusal, Right, may};
use kjent_core::team::{Role, Team};
use kjent_core::time::Timestamp;
use kjent_core::view::{ClientView, PeopleView, RestrictionView};

use super::people::Written;
use crate::{Tablet, TabletError};

/// Whom a client bars.
#[derive(Default)]
pub(super) struct Bars<'a> {
    in_force: Vec<Restriction>,
    /// The client's team, by which a worker's role is known.
    team: Option<&'a Team>,
    today: NaiveDate,
}

impl Bars<'_> {
    /// Whether they keep a worker out.
    pub(super) fn keep_out(&self, worker: WorkerId) -> bool {
        let role = self.team.and_then(|team| team.role_on(worker, self.today));
        self.in_force.iter().any(|one| one.bars(worker, role.as_ref()))
    }
}

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
        Ok(self.bars(client)?.keep_out(self.identity.worker))
    }

    /// The clients who bar the worker, and those to whom she was let in and is no more.
    pub(super) fn closed_clients(&self, bars: &HashMap<ClientId, Bars<'_>>) -> HashSet<ClientId> {
        let me = self.identity.worker;
        let granted = self.present_teams().flat_map(|team| &team.granted);
        let over = granted.map(|it| it.client).filter(|client| self.is_over(*client));
        let barring = bars
            .iter()
            .filter(|(client, bars)| self.granted_until(**client).is_none() && bars.keep_out(me))
            .map(|(client, _)| *client);
        over.chain(barring).collect()
    }

    /// Whom each client bars, of those who do or did.
    pub(super) fn all_bars(&self) -> Result<HashMap<ClientId, Bars<'_>>, TabletError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT DISTINCT client FROM fact WHERE kind = 'restriction'")?;
        let clients = query
            .query_map([], |row| super::plan::id(row, 0, ClientId::from_bytes))?
            .collect::<Result<Vec<_>, _>>()?;
        clients.into_iter().map(|client| Ok((client, self.bars(client)?))).collect()
    }

    /// Whom a client bars today.
    pub(super) fn bars(&self, client: ClientId) -> Result<Bars<'_>, TabletError> {
        let ended: HashSet<FactId> = self
            .written::<RestrictionEnded>(client, "restriction_ended")?
            .into_iter()
            .map(|one| one.content.restriction)
            .collect();
        let mut all = self.written::<Restriction>(client, "restriction")?;
        all.retain(|one| !ended.contains(&one.fact));
        Ok(Bars {
            in_force: all.into_iter().map(|one| one.content).collect(),
            team: self.teams.iter().find(|team| team.clients.contains(&client)),
            today: oslo::day(self.now()),
        })
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
