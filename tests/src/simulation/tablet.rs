//! A tablet's process: writing as a worker does, and its half of an exchange.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::bail;
use kjent_core::access::{AccessAct, AccessRow};
use kjent_core::document::{Actor, Document, DocumentRef, Edit, Fact};
use kjent_core::fact::{FactBody, Note, VisitReport};
use kjent_core::ids::{AccessId, ClientId, DocumentId, FactId, GoalId};
use kjent_core::oslo;
use kjent_core::plan::Part;
use kjent_core::policy::{self, Refusal, Writer};
use kjent_core::protocol::SyncResponse;
use kjent_core::sync::server::TabletRow;
use kjent_core::sync::tablet::{self, Completed, Heal, Prepared, State};
use kjent_core::time::Timestamp;

use super::chance::Chance;
use super::fault::{Fault, Fuse};
use super::tablet_store::{ChangeRow, Limits, ReadRow, Tables, Writing};

/// A sync under way.
#[derive(Debug)]
pub struct Session {
    /// Which exchange it waits for.
    pub exchange: u64,
    /// What was sent.
    pub prepared: Prepared,
    /// Whether it may ask for the list of all documents.
    pub may_heal: Heal,
    /// How many requests it has made.
    pub requests: u32,
}

/// What a worker writes.
#[derive(Clone, Debug)]
pub enum Wish {
    /// A note outside a visit.
    Note(ClientId),
    /// A report of a visit that began so many minutes ago.
    Report(ClientId, i64),
    /// A goal's title.
    Goal(ClientId, GoalId),
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// In which document.
    pub document: DocumentRef,
    /// Which fact, and its bytes, when it is one.
    pub fact: Option<(FactId, Vec<u8>)>,
}

/// A tablet.
pub struct Tablet {
    /// Whose, and which.
    pub row: TabletRow,
    /// How many milliseconds its clock is ahead.
    pub ahead: i64,
    /// How much it takes at once.
    pub limits: Limits,
    /// What is stored.
    pub tables: Tables,
    /// The documents worked on since they were last compared with what is stored.
    pub touched: BTreeSet<DocumentId>,
    /// How often it has started.
    pub life: u32,
    /// The sync under way.
    pub session: Option<Session>,
    /// Whether the last exchange said "up to date", with no work since.
    pub up_to_date: bool,
    /// Open documents.
    pub open: BTreeMap<DocumentId, Document>,
}

impl Writing<'_> {
    /// Asks the rules, and stores edits of a document as one change, which is work number `work`;
    /// false when there was nothing left to write.
    pub fn store_edits(
        &mut self,
        document: DocumentRef,
        edits: &[Edit],
        work: usize,
    ) -> Result<bool, Fault> {
        let (client, worker, clock) = (document.client, self.actor.worker, self.now);
        let team = self.tables.team_of(client)?;
        let role = self.tables.teams.get(&team);
        let role = role.and_then(|row| row.team.role_on(worker, oslo::day(clock)));
        let writer = Writer { worker, role, responsible: false };
        let mut open = self.take(document)?;
        let tables = &self.tables;
        let beside = |other, fact| tables.load(other).ok()?.fact(fact);
        for act in open.acts_of(edits, &beside) {
            policy::check(&act, &writer, client)?;
        }
        for edit in edits {
            if let Edit::SetField { part, object, .. } = edit
                && open.fields(*part, *object).is_none()
            {
                // Not on this tablet yet.
                return Err(Fault::Refused(Refusal::UnknownObject));
            }
        }
        self.fuse.burn()?;
        let Some(change) = open.write(self.actor, clock, edits)? else {
            self.keep(open);
            return Ok(false);
        };
        self.tables.insert(ChangeRow {
            document: document.id(),
            hash: change.hash.0,
            bytes: Arc::new(change.bytes),
            state: State::Waiting,
            made: Some(clock),
            work: Some(work),
        })?;
        self.fuse.burn()?;
        self.tables.store_document(document, team, open.heads().to_bytes());
        self.tables.drafts.remove(&client);
        self.touched.insert(document.id());
        self.keep(open);
        Ok(true)
    }
}

impl Tablet {
    /// A new tablet.
    pub fn new(row: TabletRow, ahead: i64, limits: Limits) -> Self {
        Self {
            row,
            ahead,
            limits,
            tables: Tables::default(),
            touched: BTreeSet::new(),
            life: 0,
            session: None,
            up_to_date: false,
            open: BTreeMap::new(),
        }
    }

    /// The process ends and begins anew: what was in memory is gone.
    pub fn restart(&mut self) {
        self.life += 1;
        self.session = None;
        self.up_to_date = false;
        self.open.clear();
    }

    /// The tablet's clock.
    pub fn clock(&self, now: i64) -> Timestamp {
        Timestamp::from_millis(now + self.ahead)
    }

    /// Runs one act as a transaction. `Fault::Crash` has restarted the tablet.
    pub fn transact<T>(
        &mut self,
        now: i64,
        fuse: Option<u32>,
        act: impl FnOnce(&mut Writing<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let clock = self.clock(now);
        let mut writing = Writing {
            tables: self.tables.clone(),
            open: &mut self.open,
            touched: BTreeSet::new(),
            now: clock,
            actor: Actor { worker: self.row.worker, tablet: self.row.tablet },
            limits: self.limits,
            fuse: Fuse::new(fuse),
        };
        let outcome = act(&mut writing).and_then(|done| writing.fuse.burn().map(|()| done));
        match outcome {
            Ok(done) => {
                let Writing { tables, touched, .. } = writing;
                self.tables = tables;
                self.touched.extend(touched);
                Ok(done)
            }
            Err(fault) => {
                self.open.clear();
                if matches!(fault, Fault::Crash) {
                    self.restart();
                }
                Err(fault)
            }
        }
    }

    /// Writes what a worker wishes, as work number `work`; `None` when the rules here don't let her.
    pub fn write(
        &mut self,
        now: i64,
        fuse: Option<u32>,
        wish: &Wish,
        work: usize,
        chance: &mut Chance,
    ) -> anyhow::Result<Result<Option<Written>, Fault>> {
        let clock = self.clock(now);
        let worker = self.row.worker;
        let random = chance.ten();
        let (document, edit, fact) = match wish {
            Wish::Note(client) | Wish::Report(client, _) => {
                let observation = format!("Note {work}");
                let note = Note { observation, ..Note::default() };
                let (happened, body) = match wish {
                    Wish::Report(_, minutes) => {
                        let started = clock.plus_minutes(-minutes);
                        let report = VisitReport {
                            visit: None,
                            unplanned: None,
                            started,
                            finished: clock,
                            outcomes: Vec::new(),
                            progress: Vec::new(),
                            note,
                            observations: Default::default(),
                        };
                        (started, FactBody::VisitReport(report))
                    }
                    _ => (clock, FactBody::Note(note)),
                };
                let fact = Fact::new(*client, worker, clock, happened, &body)?;
                let (id, bytes) = (FactId::mint(clock, random), fact.seal()?);
                let edit = Edit::AddFact { id, bytes: bytes.clone() };
                (fact.document(), edit, Some((id, bytes)))
            }
            Wish::Goal(client, goal) => {
                // Two may write the same words: a rebase then finds nothing left to write.
                let value = format!("Goal {}", chance.below(4)).into();
                let edit = Edit::SetField {
                    part: Part::Goals,
                    object: goal.0,
                    field: "title".into(),
                    value,
                };
                (DocumentRef::care(*client), edit, None)
            }
        };
        let written = Written { document, fact };
        let edits = std::slice::from_ref(&edit);
        let outcome =
            self.transact(now, fuse, |writing| writing.store_edits(document, edits, work));
        Ok(match outcome {
            Ok(true) => {
                self.up_to_date = false;
                Ok(Some(written))
            }
            Ok(false) | Err(Fault::Refused(_)) => Ok(None),
            Err(Fault::Crash) => Err(Fault::Crash),
            Err(fault) => bail!("the worker can't write: {fault:?}"),
        })
    }

    /// Marks a client's journal as read.
    pub fn mark_read(&mut self, now: i64, client: ClientId) -> Result<(), Fault> {
        self.transact(now, None, |writing| {
            let team = writing.tables.team_of(client)?;
            let Some(row) = writing.tables.teams.get(&team) else { return Ok(()) };
            let through = row.through;
            let known = writing.tables.read_marks.get(&client);
            if row.filled && !row.is_left && known.is_none_or(|mark| mark.through < through) {
                let mark = ReadRow { through, at: writing.now, is_sent: false };
                writing.tables.read_marks.insert(client, mark);
            }
            Ok(())
        })
    }

    /// Notes that a client was opened.
    pub fn open_client(&mut self, now: i64, client: ClientId, id: AccessId) -> Result<(), Fault> {
        self.transact(now, None, |writing| {
            let row = AccessRow::new(id, AccessAct::Opened, writing.now);
            writing.tables.access.push(row.about(client, None));
            Ok(())
        })
    }

    /// Begins a draft about a client.
    pub fn begin_draft(&mut self, client: ClientId) {
        if self.tables.documents.values().any(|row| row.reference.client == client) {
            self.tables.drafts.insert(client);
        }
    }

    /// A request of what waits.
    pub fn prepare(&mut self, now: i64, fuse: Option<u32>) -> Result<Prepared, Fault> {
        self.transact(now, fuse, |writing| tablet::prepare(writing, writing.now))
    }

    /// Takes an answer in.
    pub fn complete(
        &mut self,
        now: i64,
        fuse: Option<u32>,
        prepared: &Prepared,
        response: &SyncResponse,
        may_heal: Heal,
    ) -> Result<Completed, Fault> {
        let done = self.transact(now, fuse, |writing| {
            tablet::complete(writing, prepared, response, may_heal)
        })?;
        self.up_to_date = done.equal;
        Ok(done)
    }

    /// The work behind each change of a request.
    pub fn work_of(&self, prepared: &Prepared) -> Vec<Option<usize>> {
        let row = |hash: &[u8; 32]| self.tables.changes.values().find(|row| row.hash == *hash);
        prepared.sent.iter().map(|sent| row(&sent.hash)?.work).collect()
    }
}
