//! The server's process: what it holds in memory, and how it answers a body.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::bail;
use kjent_core::document::{Document, DocumentError, DocumentRef};
use kjent_core::ids::{ClientId, DocumentId, TeamId, WorkerId};
use kjent_core::protocol::{MAX_UNPACKED, SyncRequest, SyncResponse, body};
use kjent_core::sync::server::{self, OpenDocuments, TabletRow};
use kjent_core::team::Team;
use kjent_core::time::{Month, Timestamp};

use super::fault::{Fault, Fuse};
use super::restricting::is_open;
use super::server_store::{Tables, Transaction};

/// What the server had of the documents that a tablet should have when it answered: what "up to
/// date" is measured by.
pub type Truth = BTreeMap<TeamId, TeamTruth>;

/// Of one team.
#[derive(Clone, Debug)]
pub struct TeamTruth {
    /// Journals of earlier months are not on tablets.
    pub since: Month,
    /// Its clients.
    pub clients: Vec<ClientId>,
    /// The heads of its documents.
    pub heads: BTreeMap<DocumentId, Vec<u8>>,
    /// Restricted entries that the worker doesn't read.
    pub closed: BTreeSet<DocumentId>,
}

/// How an exchange ended, at the server.
pub enum Handled {
    /// It answered.
    Answered(Box<Answer>),
    /// It could not read the body.
    Unreadable,
    /// It died, before or after it had stored what it was sent.
    Died,
}

/// An answer.
pub struct Answer {
    /// What it answers.
    pub request: SyncRequest,
    /// What it says.
    pub response: SyncResponse,
    /// As it travels.
    pub bytes: Vec<u8>,
    /// What the server had then.
    pub truth: Truth,
    /// What it had before.
    pub before: Tables,
}

/// The server.
pub struct Server {
    /// What is stored.
    pub tables: Tables,
    /// An earlier state, to be restored.
    pub backup: Option<Arc<Tables>>,
    /// How many bytes of changes and documents an answer holds at most.
    pub page: usize,
    open: OpenDocuments,
}

impl Server {
    /// A server with these tables.
    pub fn new(tables: Tables, page: usize) -> Self {
        Self { tables, backup: None, page, open: OpenDocuments::default() }
    }

    /// The process ends and begins anew: what was in memory is gone.
    pub fn restart(&mut self) {
        self.open = OpenDocuments::default();
    }

    /// Answers a body. The process dies after so many operations of its store, if that is said; one
    /// that still lives then dies before it answers when `mute` is true.
    pub fn handle(
        &mut self,
        sender: TabletRow,
        body: &[u8],
        now: i64,
        fuse: Option<u32>,
    ) -> anyhow::Result<Handled> {
        let Ok(request) = body::unpack::<SyncRequest>(body, MAX_UNPACKED) else {
            return Ok(Handled::Unreadable);
        };
        let at = Timestamp::from_millis(now);
        let transaction = Transaction::begin(&self.tables, Fuse::new(fuse));
        let exchanged =
            server::exchange(&transaction, &mut self.open, sender, &request, at, self.page);
        let stored = exchanged.and_then(|done| Ok((done, transaction.commit()?)));
        let (done, tables) = match stored {
            Ok(stored) => stored,
            Err(Fault::Crash) => {
                self.restart();
                return Ok(Handled::Died);
            }
            Err(fault) => bail!("the server can't answer: {fault:?}"),
        };
        let before = std::mem::replace(&mut self.tables, tables);
        if !server::writes(&request) && before.changes.len() != self.tables.changes.len() {
            bail!("the server stored something of a request that had nothing to store");
        }
        self.open.keep_all(done.documents);
        if fuse.is_some() {
            self.restart();
            return Ok(Handled::Died);
        }
        let bytes = body::pack(&done.response)?;
        let truth = self.truth(sender.worker, now);
        let response = done.response;
        Ok(Handled::Answered(Box::new(Answer { request, response, bytes, truth, before })))
    }

    /// What a worker's tablets should have.
    pub fn truth(&self, worker: WorkerId, now: i64) -> Truth {
        let of = |team: Team| {
            let since = self.tables.since(team.id, now)?;
            let kept = self.tables.kept(team.id, since);
            let kept = kept.filter(|entry| team.clients.contains(&entry.reference.client));
            let (mut heads, mut closed) = (BTreeMap::new(), BTreeSet::new());
            for entry in kept {
                let id = entry.reference.id();
                if is_open(&self.tables, entry.reference, worker, now) {
                    heads.insert(id, entry.heads.clone());
                } else {
                    closed.insert(id);
                }
            }
            Some((team.id, TeamTruth { since, clients: team.clients, heads, closed }))
        };
        self.tables.open_teams_of(worker, now).into_iter().filter_map(of).collect()
    }

    /// A document out of the log.
    pub fn load(&self, reference: DocumentRef) -> Result<Document, DocumentError> {
        let id = reference.id();
        let changes = self.tables.changes.iter().filter(|change| change.document == id);
        Document::load(reference, changes.map(|change| change.bytes.as_slice()))
    }
}
