//! Taking what a tablet pushes: each change is accepted and stored, or refused and quarantined.

use std::collections::HashMap;

use chrono::NaiveDate;
use kjent_core::document::{Actor, Document, DocumentKind, DocumentRef};
use kjent_core::ids::{DocumentId, TeamId};
use kjent_core::oslo;
use kjent_core::policy::{Refusal, Writer};
use kjent_core::protocol::{ChangeOutcome, DocumentChanges, Outcome};
use kjent_core::time::Timestamp;
use serde_bytes::ByteArray;

use super::judge::{self, Verdict};
use super::open::{self, OpenDocuments};
use crate::store::{Quarantined, Records, StoreError, StoredChange, TabletRow, role_on};

/// What pushing left.
pub(super) struct Pushed {
    /// What became of each change, in the request's order.
    pub(super) outcomes: Vec<ChangeOutcome>,
    /// The documents as they are now.
    pub(super) documents: OpenDocuments,
}

/// A document under work, with what the sender may do in it.
struct Desk {
    document: Document,
    team: TeamId,
    writer: Writer,
    /// Whether it has changes that its stored heads don't know of.
    moved: bool,
}

/// A push under way.
struct Push<'a> {
    records: &'a Records<'a>,
    open: &'a mut OpenDocuments,
    sender: TabletRow,
    now: Timestamp,
    day: NaiveDate,
    /// By document; `None` where the sender has nothing to do.
    desks: HashMap<DocumentId, Option<Desk>>,
}

pub(super) fn run(
    records: &Records<'_>,
    open: &mut OpenDocuments,
    sender: TabletRow,
    push: &[DocumentChanges],
    now: Timestamp,
) -> Result<Pushed, StoreError> {
    let day = oslo::day(now);
    let mut work = Push { records, open, sender, now, day, desks: HashMap::new() };
    let mut outcomes = Vec::new();
    for DocumentChanges { document, changes } in push {
        for bytes in changes {
            let (hash, outcome) = work.take(*document, bytes)?;
            outcomes.push(ChangeOutcome {
                document: *document,
                hash: ByteArray::new(hash),
                outcome,
            });
        }
    }
    let mut documents = OpenDocuments::default();
    for desk in work.desks.into_values().flatten() {
        if desk.moved {
            let document = &desk.document;
            records.save_heads(&document.reference(), desk.team, &document.heads())?;
        }
        documents.keep(desk.document);
    }
    Ok(Pushed { outcomes, documents })
}

impl Push<'_> {
    /// Takes one change.
    fn take(
        &mut self,
        reference: DocumentRef,
        bytes: &[u8],
    ) -> Result<([u8; 32], Outcome), StoreError> {
        let Some(hash) = judge::hash(bytes) else {
            let hash = judge::hash_of_unreadable(bytes);
            return self.refuse(reference, hash, bytes, Refusal::ChangeUnreadable);
        };
        // Sent again because the answer was lost, perhaps by somebody who has left since.
        if self.records.has_change(reference.id(), &hash)? {
            return Ok((hash, Outcome::Accepted));
        }
        match self.judge(reference, bytes, hash)? {
            Ok(()) => Ok((hash, Outcome::Accepted)),
            Err(refusal) => self.refuse(reference, hash, bytes, refusal),
        }
    }

    /// Judges a change that isn't here, and stores it when it is allowed.
    fn judge(
        &mut self,
        reference: DocumentRef,
        bytes: &[u8],
        hash: [u8; 32],
    ) -> Result<Result<(), Refusal>, StoreError> {
        let id = reference.id();
        if !self.desks.contains_key(&id) {
            let desk = self.desk(reference)?;
            self.desks.insert(id, desk);
        }
        let Some(Some(desk)) = self.desks.get_mut(&id) else {
            return Ok(Err(Refusal::NotYourTeam));
        };
        let TabletRow { tablet, worker } = self.sender;
        let actor = Actor { worker, tablet };
        match judge::apply(&mut desk.document, bytes, hash, actor, &desk.writer) {
            Verdict::Applied { profile } => {
                desk.moved = true;
                self.records.add_change(&StoredChange {
                    team: desk.team,
                    document: id,
                    hash: &hash,
                    bytes,
                    tablet: Some(tablet),
                    received: self.now,
                })?;
                if profile && reference.kind == DocumentKind::Care {
                    let responsible = judge::responsible(&desk.document);
                    self.records.set_responsible(reference.client, responsible)?;
                    self.reread_writers(reference)?;
                }
                Ok(Ok(()))
            }
            Verdict::Refused(refusal) => Ok(Err(refusal)),
            Verdict::Spoiled(refusal) => {
                desk.document = open::load(self.records, reference)?;
                Ok(Err(refusal))
            }
        }
    }

    /// Opens a document for the sender; `None` when the client isn't in a team of theirs today.
    fn desk(&mut self, reference: DocumentRef) -> Result<Option<Desk>, StoreError> {
        let Some((team, writer)) = self.writer(reference)? else { return Ok(None) };
        let document = self.open.take(self.records, reference)?;
        Ok(Some(Desk { document, team, writer, moved: false }))
    }

    /// What the sender is in a document.
    fn writer(&self, reference: DocumentRef) -> Result<Option<(TeamId, Writer)>, StoreError> {
        let Some(client) = self.records.client(reference.client)? else { return Ok(None) };
        let team = self.records.team(client.team)?;
        let team = team.ok_or(StoreError::Damaged("a client of no team"))?;
        let worker = self.sender.worker;
        let Some(role) = role_on(&team, worker, self.day) else { return Ok(None) };
        let responsible = client.responsible.contains(&Some(worker));
        Ok(Some((client.team, Writer { worker, role: Some(role), responsible })))
    }

    /// Asks anew who is responsible, for every open document of the client's.
    fn reread_writers(&mut self, changed: DocumentRef) -> Result<(), StoreError> {
        let Some((_, writer)) = self.writer(changed)? else { return Ok(()) };
        for desk in self.desks.values_mut().flatten() {
            if desk.document.reference().client == changed.client {
                desk.writer = writer.clone();
            }
        }
        Ok(())
    }

    fn refuse(
        &self,
        document: DocumentRef,
        hash: [u8; 32],
        bytes: &[u8],
        refusal: Refusal,
    ) -> Result<([u8; 32], Outcome), StoreError> {
        self.records.quarantine(&Quarantined {
            document,
            hash: &hash,
            bytes,
            sender: self.sender,
            refusal: &refusal,
            received: self.now,
        })?;
        Ok((hash, Outcome::Refused(refusal)))
    }
}
