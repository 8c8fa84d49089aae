//! Importing a team: a whole bundle, judged change by change, or nothing of it.

use std::collections::{HashMap, HashSet};

use kjent_core::document::{Document, DocumentKind, alone, packed};
use kjent_core::ids::{ClientId, DocumentId, WorkerId};
use kjent_core::policy::{Refusal, Writer};
use kjent_core::protocol::{Bundle, DocumentChanges};
use kjent_core::sync::server::judge::{self, Verdict};
use kjent_core::team::Team;
use kjent_core::time::Timestamp;

use crate::project;
use crate::store::{Records, Store, StoreError, StoredChange};

/// What was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// How many members the team has.
    pub members: usize,
    /// How many clients.
    pub clients: usize,
    /// How many documents.
    pub documents: usize,
    /// How many changes.
    pub changes: usize,
}

/// Why a bundle is not imported. Nothing of it is stored then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The database has the team already.
    #[error("the database has this team already")]
    TeamExists,
    /// A client of the bundle is in another team.
    #[error("client {0} is in another team already")]
    ClientElsewhere(ClientId),
    /// A client stands twice in the team's list.
    #[error("client {0} stands twice in the team's list")]
    ClientTwice(ClientId),
    /// A member has no employee number, so nobody could enrol.
    #[error("worker {0} has no employee number")]
    NoEmployeeNumber(WorkerId),
    /// An employee number is another worker's, or a worker has two.
    #[error("the employee number of worker {0} contradicts another")]
    EmployeeNumberTaken(WorkerId),
    /// A document is of a client whom the team doesn't serve.
    #[error("document {document} ({kind}) is of a client whom the team doesn't serve")]
    NotTheTeams {
        /// Which document.
        document: DocumentId,
        /// Its kind in words.
        kind: String,
    },
    /// A change of a document is not allowed.
    #[error("document {document} ({kind}), change {position}: {refusal}")]
    Refused {
        /// Which document.
        document: DocumentId,
        /// Its kind in words.
        kind: String,
        /// Which of its changes, counted from one.
        position: usize,
        /// Why.
        refusal: Refusal,
    },
    /// A change stands twice.
    #[error("document {document} ({kind}), change {position}: it stands there twice")]
    Twice {
        /// Which document.
        document: DocumentId,
        /// Its kind in words.
        kind: String,
        /// Which of its changes, counted from one.
        position: usize,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Imports a bundle into a store that doesn't have its team, as one transaction.
pub fn import(store: &mut Store, bundle: &Bundle, now: Timestamp) -> Result<Imported, ImportError> {
    store.write(|records| {
        check_team(records, &bundle.team)?;
        add_workers(records, bundle)?;
        records.add_team(&bundle.team)?;
        // Care documents first: they say who is responsible, by which journals are judged.
        let is_care = |entry: &&DocumentChanges| entry.document.kind == DocumentKind::Care;
        let (care, journals): (Vec<_>, Vec<_>) = bundle.documents.iter().partition(is_care);
        let mut work = Import { records, team: &bundle.team, now, documents: HashMap::new() };
        for entry in care.into_iter().chain(journals) {
            work.add(entry)?;
        }
        work.finish()
    })
}

fn check_team(records: &Records<'_>, team: &Team) -> Result<(), ImportError> {
    if records.team(team.id)?.is_some() {
        return Err(ImportError::TeamExists);
    }
    let mut seen = HashSet::new();
    for client in &team.clients {
        if !seen.insert(client) {
            return Err(ImportError::ClientTwice(*client));
        }
        if records.client(*client)?.is_some() {
            return Err(ImportError::ClientElsewhere(*client));
        }
    }
    Ok(())
}

fn add_workers(records: &Records<'_>, bundle: &Bundle) -> Result<(), ImportError> {
    for entry in &bundle.workers {
        let number = entry.employee_number.trim();
        if number.is_empty() {
            return Err(ImportError::NoEmployeeNumber(entry.worker));
        }
        match (records.number_of(entry.worker)?, records.worker_by_number(number)?) {
            (None, None) => records.add_worker(entry.worker, number)?,
            // A worker of another team too.
            (Some(known), _) if known == number => {}
            _ => return Err(ImportError::EmployeeNumberTaken(entry.worker)),
        }
    }
    for member in &bundle.team.members {
        if records.number_of(member.worker)?.is_none() {
            return Err(ImportError::NoEmployeeNumber(member.worker));
        }
    }
    Ok(())
}

/// A document under way.
struct Growing {
    document: Document,
    changes: usize,
    bytes: usize,
}

/// An import under way.
struct Import<'a> {
    records: &'a Records<'a>,
    team: &'a Team,
    now: Timestamp,
    documents: HashMap<DocumentId, Growing>,
}

impl Import<'_> {
    fn add(&mut self, entry: &DocumentChanges) -> Result<(), ImportError> {
        let reference = entry.document;
        let id = reference.id();
        if !self.team.clients.contains(&reference.client) {
            return Err(ImportError::NotTheTeams {
                document: id,
                kind: reference.kind.to_string(),
            });
        }
        let new = || Growing { document: Document::new(reference), changes: 0, bytes: 0 };
        let mut growing = self.documents.remove(&id).unwrap_or_else(new);
        for bytes in &entry.changes {
            growing.changes += 1;
            growing.bytes += bytes.len();
            self.add_change(&mut growing.document, bytes, growing.changes)?;
        }
        self.documents.insert(id, growing);
        Ok(())
    }

    fn add_change(
        &self,
        document: &mut Document,
        bytes: &[u8],
        position: usize,
    ) -> Result<(), ImportError> {
        let reference = document.reference();
        let id = reference.id();
        let refused = |refusal| ImportError::Refused {
            document: id,
            kind: reference.kind.to_string(),
            position,
            refusal,
        };
        let hash = packed::hash(bytes).ok_or_else(|| refused(Refusal::ChangeUnreadable))?;
        if self.records.number_of_change(id, &hash)?.is_some() {
            return Err(ImportError::Twice {
                document: id,
                kind: reference.kind.to_string(),
                position,
            });
        }
        let actor = judge::actor(bytes).map_err(refused)?;
        let writer = self.writer(reference.client, actor.worker)?;
        match judge::apply(document, bytes, hash, actor, &writer, &alone) {
            Verdict::Refused(refusal) | Verdict::Spoiled(refusal) => Err(refused(refusal)),
            Verdict::Applied { acts } => {
                project::acts(self.records, document, actor.worker, &acts, self.now)?;
                self.records.add_change(&StoredChange {
                    team: self.team.id,
                    document: id,
                    hash: &hash,
                    bytes,
                    tablet: None,
                    received: self.now,
                })?;
                Ok(())
            }
        }
    }

    /// What a worker was to a client. History keeps the work of members who have left, so the days
    /// of membership don't count here.
    fn writer(&self, client: ClientId, worker: WorkerId) -> Result<Writer, ImportError> {
        let tenures = self.records.client(client)?.map(|row| row.responsible);
        let role = self.team.member(worker).map(|member| member.role.clone());
        let tenures = tenures.iter().flatten().flatten();
        let responsible = tenures.into_iter().any(|tenure| tenure.worker == worker);
        Ok(Writer { worker, role, responsible })
    }

    fn finish(self) -> Result<Imported, ImportError> {
        let mut changes = 0;
        let documents = self.documents.len();
        for Growing { document, changes: count, bytes } in self.documents.into_values() {
            changes += count;
            if count > 0 {
                let (reference, heads) = (document.reference(), document.heads());
                self.records.save_heads(&reference, self.team.id, &heads, bytes)?;
            }
        }
        let (members, clients) = (self.team.members.len(), self.team.clients.len());
        Ok(Imported { members, clients, documents, changes })
    }
}
