//! The one writer: local edits and synced changes both go through `Tablet::transact`.
//!
//! One transaction, one fsync: the changes, the projection beside them, drafts and what else
//! belongs to the act are stored together or not at all.

use std::collections::{HashMap, HashSet};

use kjent_core::document::{Document, DocumentKind, DocumentRef, Edit, Fact};
use kjent_core::fact::{FactBody, Home};
use kjent_core::ids::{ClientId, DocumentId, FactId, TeamId};
use kjent_core::oslo;
use kjent_core::plan::{Client, Part};
use kjent_core::policy::{self, Act, Refusal, Writer};
use kjent_core::team::Team;
use kjent_core::time::Timestamp;
use kjent_core::view::{ChangeSet, WorkView};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use crate::documents::{load_document, reference};
use crate::identity::Identity;
use crate::tablet::OPEN_DOCUMENTS;
use crate::write::plan_draft;
use crate::{Environment, Tablet, TabletError, projection, repair, store};

/// A transaction under way.
pub(crate) struct Writing<'a> {
    pub tx: Transaction<'a>,
    pub now: Timestamp,
    pub identity: &'a Identity,
    pub environment: &'a Environment,
    /// The worker's teams, and those that were, while something of their clients' is here.
    pub teams: &'a mut Vec<Team>,
    /// The teams that the worker is in no more.
    pub left: &'a mut HashSet<TeamId>,
    /// Whether something was erased, so that no trace of it may stay in the files.
    pub wipe: bool,
    documents: &'a mut HashMap<DocumentId, Document>,
    changes: ChangeSet,
}

impl Tablet {
    /// Runs one act and says what it changed. On an error nothing is stored.
    pub(crate) fn transact<T>(
        &mut self,
        act: impl FnOnce(&mut Writing<'_>) -> Result<T, TabletError>,
    ) -> Result<(T, ChangeSet), TabletError> {
        self.tidy_memory();
        let before = (self.teams.clone(), self.left.clone());
        let mut wipe = false;
        let outcome = {
            let behavior = TransactionBehavior::Immediate;
            let mut writing = Writing {
                tx: self.connection.transaction_with_behavior(behavior)?,
                now: self.environment.now(),
                identity: &self.identity,
                environment: &self.environment,
                teams: &mut self.teams,
                left: &mut self.left,
                wipe: false,
                documents: &mut self.documents,
                changes: ChangeSet::default(),
            };
            let done = act(&mut writing);
            // What was read from a damaged page must not be written anywhere.
            match repair::check(&writing.tx).and(done) {
                Ok(done) => {
                    let Writing { tx, changes, wipe: wipes, .. } = writing;
                    wipe = wipes;
                    tx.commit().map(|()| (done, changes)).map_err(TabletError::from)
                }
                Err(error) => Err(error),
            }
        };
        if outcome.is_err() {
            // What is open in memory may be ahead of what is stored.
            self.documents.clear();
            (self.teams, self.left) = before;
        } else if wipe {
            self.wipe();
        }
        outcome
    }
}

impl Tablet {
    /// Wipes what was erased from the files, if anything was. What was stored is stored, whatever
    /// becomes of this: a full disk leaves it to be done when the profile is opened again, and at
    /// the next sync.
    pub(crate) fn wipe(&self) {
        let _ = self.try_to_wipe();
    }

    fn try_to_wipe(&self) -> Result<(), TabletError> {
        if store::is_wipe_due(&self.connection)? {
            store::wipe(&self.connection)?;
            // Written anew, the file has its tables elsewhere.
            repair::keep_schema(&self.folder, &self.connection)?;
        }
        Ok(())
    }
}

impl Writing<'_> {
    /// A new fact's id.
    pub fn fact_id(&self) -> Result<FactId, TabletError> {
        Ok(FactId::mint(self.now, self.environment.random()?))
    }

    /// A new id for a plan's object.
    pub fn object_id(&self) -> Result<Uuid, TabletError> {
        Ok(FactId::mint(self.now, self.environment.random()?).0)
    }

    /// A new fact of this worker's, as the edit that adds it, with its id.
    pub fn fact_edit(
        &self,
        client: ClientId,
        happened: Timestamp,
        amends: Option<FactId>,
        body: &FactBody,
    ) -> Result<(FactId, Edit), TabletError> {
        let mut fact = Fact::new(client, self.identity.worker, self.now, happened, body)?;
        fact.amends = amends;
        let id = self.fact_id()?;
        Ok((id, Edit::AddFact { id, bytes: fact.seal()? }))
    }

    /// Writes one fact into the document that it belongs in; returns its id.
    pub fn add_fact(
        &mut self,
        client: ClientId,
        happened: Timestamp,
        amends: Option<FactId>,
        body: impl Into<FactBody>,
    ) -> Result<FactId, TabletError> {
        let body = body.into();
        let kind = body.kind().ok_or(TabletError::Unreadable)?;
        let (id, edit) = self.fact_edit(client, happened, amends, &body)?;
        let own = amends.map(|amended| self.own_document(amended)).transpose()?.flatten();
        let document = own.unwrap_or_else(|| match kind.home() {
            Some(Home::Care) => DocumentRef::care(client),
            _ => DocumentRef::journal(client, oslo::month(happened)),
        });
        self.write(document, &[edit], &WorkView::Fact(kind))?;
        Ok(id)
    }

    /// The document of its own in which a fact stands, when the client restricts it: what corrects it
    /// belongs there too.
    pub fn own_document(&self, fact: FactId) -> Result<Option<DocumentRef>, TabletError> {
        let place: Option<(Vec<u8>, Option<String>)> = self
            .tx
            .prepare_cached(
                "SELECT document.client, document.month FROM fact
                 JOIN document ON document.id = fact.document WHERE fact.id = ?1",
            )?
            .query_row([fact.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((client, month)) = place else { return Ok(None) };
        let place = reference(&client, month.as_deref())?;
        Ok(matches!(place.kind, DocumentKind::Restricted(_)).then_some(place))
    }

    /// Asks the rules whether this worker may edit a part of the client's plan.
    pub fn check_may_edit(&self, client: ClientId, part: Part) -> Result<(), TabletError> {
        let writer = self.writer(client, self.team_of(client)?)?;
        let act = Act::EditPlan { part, object: Uuid::nil(), field: None };
        Ok(policy::check(&act, &writer, client)?)
    }

    /// Writes edits of this worker as one change, after asking the rules.
    pub fn write(
        &mut self,
        reference: DocumentRef,
        edits: &[Edit],
        work: &WorkView,
    ) -> Result<(), TabletError> {
        let team = self.team_of(reference.client)?;
        let writer = self.writer(reference.client, team)?;
        let (actor, now) = (self.identity.actor(), self.now);
        self.document(reference)?;
        let beside = |other, fact| load_document(&self.tx, other).ok()?.fact(fact);
        let document = self.documents.get(&reference.id()).ok_or(TabletError::NotFound)?;
        for act in document.acts_of(edits, &beside) {
            policy::check(&act, &writer, reference.client)?;
        }
        if document.readers().is_some_and(|readers| !readers.holds(writer.worker)) {
            return Err(TabletError::Refused(Refusal::NotAReader));
        }
        repair::refuse_gap(&self.tx, reference, team)?;
        let document = self.document(reference)?;
        let Some(change) = document.write(actor, now, edits)? else { return Ok(()) };
        let heads = document.heads();
        let fact = edits.iter().find_map(|edit| match edit {
            Edit::AddFact { id, .. } => Some(id.bytes().to_vec()),
            Edit::SetField { .. } => None,
        });
        self.tx.prepare_cached(include_str!("transact/insert_own_change.sql"))?.execute(
            params![
                reference.id().bytes(),
                change.hash.0,
                change.bytes,
                serde_json::to_string(work)?,
                fact,
                now.millis(),
            ],
        )?;
        self.store_document(reference, team, &heads.to_bytes())?;
        let document = self.documents.get(&reference.id()).ok_or(TabletError::NotFound)?;
        projection::edited(&self.tx, document, edits)?;
        self.touched(reference.client);
        self.touched_sync();
        Ok(())
    }

    /// Puts a document in the place of the one that was, and projects it anew.
    pub fn put_back(&mut self, document: Document) -> Result<(), TabletError> {
        let reference = document.reference();
        // Not the team that has the client now: she may have been moved.
        self.tx.execute(
            "UPDATE document SET heads = ?2 WHERE id = ?1",
            params![reference.id().bytes(), document.heads().to_bytes()],
        )?;
        projection::forget(&self.tx, reference)?;
        projection::document(&self.tx, &document)?;
        self.documents.insert(reference.id(), document);
        self.touched(reference.client);
        Ok(())
    }

    /// The worker's teams as they are now.
    pub fn present_teams(&self) -> impl Iterator<Item = &Team> {
        self.teams.iter().filter(|team| !self.left.contains(&team.id))
    }

    /// The team that serves a client, or did when this worker still was in it or the client had not
    /// moved: a draft of that time can be signed.
    pub fn team_of(&self, client: ClientId) -> Result<TeamId, TabletError> {
        let serves = |team: &&Team| team.clients.contains(&client);
        let team = self.present_teams().find(serves).or_else(|| self.teams.iter().find(serves));
        if let Some(team) = team {
            return Ok(team.id);
        }
        let was: Option<Vec<u8>> = self
            .tx
            .prepare_cached("SELECT team FROM document WHERE client = ?1 LIMIT 1")?
            .query_row([client.bytes()], |row| row.get(0))
            .optional()?;
        let was = was.and_then(|id| TeamId::from_bytes(&id));
        was.ok_or(TabletError::Refused(Refusal::NotYourTeam))
    }

    /// Keeps a moment under a name, or forgets it.
    pub fn remember(&self, key: &str, at: Option<Timestamp>) -> Result<(), TabletError> {
        match at {
            Some(at) => self
                .tx
                .prepare_cached("INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)")?
                .execute(params![key, at.millis().to_string()])?,
            None => self.tx.prepare_cached("DELETE FROM setting WHERE key = ?1")?.execute([key])?,
        };
        Ok(())
    }

    /// Takes a document off the tablet, with everything that was made from it; with the last one of
    /// a client, everything else that is known of the client.
    pub fn forget_document(&mut self, reference: DocumentRef) -> Result<(), TabletError> {
        let id = reference.id();
        for table in ["arrival", "seen", "fact_read"] {
            self.tx.execute(
                &format!(
                    "DELETE FROM {table} WHERE fact IN (SELECT id FROM fact WHERE document = ?1)"
                ),
                [id.bytes()],
            )?;
        }
        projection::forget(&self.tx, reference)?;
        for table in ["snapshot", "change", "missing", "late_work"] {
            self.tx.execute(&format!("DELETE FROM {table} WHERE document = ?1"), [id.bytes()])?;
        }
        self.tx.execute("DELETE FROM document WHERE id = ?1", [id.bytes()])?;
        let client = reference.client;
        let query = "SELECT EXISTS (SELECT 1 FROM document WHERE client = ?1)";
        let any: bool =
            self.tx.prepare_cached(query)?.query_row([client.bytes()], |row| row.get(0))?;
        if !any {
            self.tx.execute("DELETE FROM read_mark WHERE client = ?1", [client.bytes()])?;
            self.tx.execute("DELETE FROM receipt WHERE client = ?1", [client.bytes()])?;
            plan_draft::forget(&self.tx, client)?;
        }
        self.documents.remove(&id);
        self.touched(client);
        Ok(())
    }

    /// Takes off the tablet who came late to a document that isn't here, and who has read about a
    /// client of whom none is, of clients of no team of the worker's: these have no last document
    /// with which they would leave.
    pub fn forget_strangers_traces(&self) -> Result<(), TabletError> {
        let of_no_document = "client NOT IN (SELECT client FROM document)";
        for (table, has_left) in [
            ("late_work", "document NOT IN (SELECT id FROM document)"),
            ("read_mark", of_no_document),
            // A receipt of no client says that everything is on a colleague's tablet.
            ("receipt", "client <> x'' AND client NOT IN (SELECT client FROM document)"),
        ] {
            let query = format!("SELECT DISTINCT client FROM {table} WHERE {has_left}");
            let mut query = self.tx.prepare_cached(&query)?;
            let clients = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
            for bytes in clients.collect::<Result<Vec<_>, _>>()? {
                let client = ClientId::from_bytes(&bytes).ok_or(TabletError::Unreadable)?;
                if !self.present_teams().any(|team| team.clients.contains(&client)) {
                    let delete = format!("DELETE FROM {table} WHERE client = ?1 AND {has_left}");
                    self.tx.prepare_cached(&delete)?.execute([bytes])?;
                }
            }
        }
        Ok(())
    }

    /// Notes that a client's page and the day's list are to be read again.
    pub fn touched(&mut self, client: ClientId) {
        let days = vec![oslo::day(self.now)];
        self.changes.merge(ChangeSet { clients: vec![client], days, ..ChangeSet::default() });
    }

    /// Notes that the day's list is to be read again.
    pub fn touched_days(&mut self) {
        let days = vec![oslo::day(self.now)];
        self.changes.merge(ChangeSet { days, sync: true, ..ChangeSet::default() });
    }

    /// Notes that the sync line is to be read again.
    pub fn touched_sync(&mut self) {
        self.changes.sync = true;
    }

    /// This worker as the rules see them in a document of a client.
    pub fn writer(&self, client: ClientId, team: TeamId) -> Result<Writer, TabletError> {
        let worker = self.identity.worker;
        let today = oslo::day(self.now);
        let has_left = self.left.contains(&team);
        let role = self.teams.iter().find(|one| one.id == team).and_then(|team| {
            // What was begun in a team can be signed after it was left; the server judges by when.
            let last = || team.member(worker).filter(|_| has_left).map(|one| one.role.clone());
            team.role_toward(worker, client, (self.now, today)).or_else(last)
        });
        let profile = self
            .tx
            .prepare_cached("SELECT fields FROM plan_object WHERE client = ?1 AND part = ?2")?
            .query_row(params![client.bytes(), Part::Client.key()], |row| row.get::<_, String>(0))
            .optional()?
            .and_then(|fields| serde_json::from_str::<Client>(&fields).ok());
        let responsible = profile.is_some_and(|profile| profile.is_responsible(worker, today));
        Ok(Writer { worker, role, responsible })
    }

    fn document(&mut self, reference: DocumentRef) -> Result<&mut Document, TabletError> {
        use std::collections::hash_map::Entry;
        match self.documents.entry(reference.id()) {
            Entry::Occupied(open) => Ok(open.into_mut()),
            Entry::Vacant(free) => Ok(free.insert(load_document(&self.tx, reference)?)),
        }
    }

    /// Takes a document out of memory, or loads it.
    pub fn take_document(&mut self, reference: DocumentRef) -> Result<Document, TabletError> {
        match self.documents.remove(&reference.id()) {
            Some(open) => Ok(open),
            None => load_document(&self.tx, reference),
        }
    }

    /// Keeps a document in memory, unless many are: a first filling passes hundreds.
    pub fn keep_document(&mut self, document: Document) {
        if self.documents.len() < OPEN_DOCUMENTS {
            self.documents.insert(document.reference().id(), document);
        }
    }

    pub fn store_document(
        &self,
        reference: DocumentRef,
        team: TeamId,
        heads: &[u8],
    ) -> Result<(), TabletError> {
        self.tx.prepare_cached(include_str!("transact/upsert_document.sql"))?.execute(params![
            reference.id().bytes(),
            reference.client.bytes(),
            reference.kind.column(),
            team.bytes(),
            heads,
        ])?;
        Ok(())
    }
}
