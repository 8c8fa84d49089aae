//! Entries that clients restrict: written apart, opened to others and to everyone; and whether
//! whoever doesn't read one has nothing of it.
//!
//! What moves out of a journal is erased there, which this server's store doesn't do: that is played
//! on real ones.

use anyhow::{bail, ensure};
use kjent_core::document::{DocumentKind, DocumentRef, Edit, Fact};
use kjent_core::fact::{
    EntryReaders, EntryRestricted, EntryRestrictionEnded, FactBody, FactKind, Home, Note,
};
use kjent_core::ids::{ClientId, DocumentId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::sync::tablet::State;
use kjent_core::time::Timestamp;

use super::chance::Chance;
use super::fault::Fault;
use super::server_store::Tables;
use super::tablet::{Tablet, Written};
use super::world::{Work, World};

/// What a worker does about an entry that a client restricts.
#[derive(Clone, Debug)]
enum Wish {
    /// Writes one that these read.
    Write(ClientId, Vec<WorkerId>),
    /// Says who reads one from now on.
    Readers(DocumentRef, Vec<WorkerId>),
    /// Says that everyone does.
    End(DocumentRef),
}

/// Whether a document is open to a worker at a moment, who is let in to its client.
pub(super) fn is_open(tables: &Tables, document: DocumentRef, worker: WorkerId, at: i64) -> bool {
    let DocumentKind::Restricted(_) = document.kind else { return true };
    let rows = tables.readers.get(&document.id());
    let at = Timestamp::from_millis(at);
    rows.is_some_and(|rows| rows.iter().any(|row| row.names(worker) && row.holds(at)))
}

/// Whether a worker read an entry at every moment between these two.
pub(super) fn had_read(
    tables: &Tables,
    document: DocumentRef,
    worker: WorkerId,
    (from, until): (i64, i64),
) -> bool {
    (0..=12).all(|step| is_open(tables, document, worker, from + (until - from) * step / 12))
}

impl World {
    /// A worker restricts something, says anew who reads it, or ends it.
    pub(super) fn restrict(&mut self, tablet: usize) -> anyhow::Result<()> {
        let client = self.clients[self.chance.index(self.clients.len())];
        let mut readers = self.workers();
        readers.retain(|_| self.chance.one_in(2));
        let entries = self.tablets[tablet].open_entries();
        let wish = match (self.chance.pick(&entries), self.chance.below(4)) {
            (Some(entry), 0 | 1) => Wish::Readers(entry, readers),
            (Some(entry), 2) => Wish::End(entry),
            _ => Wish::Write(client, readers),
        };
        let (first, fuse, now) = (self.account.len(), self.fuse(), self.now);
        let outcome = self.tablets[tablet].restrict(now, fuse, &wish, first, &mut self.chance)?;
        match outcome {
            Ok(written) => {
                for Written { document, fact } in written {
                    let number = self.account.len();
                    let name = self.name_document(document);
                    self.tell(format!("tablet {tablet} writes in {name}: work {number}"));
                    self.counts.count("restrictions");
                    self.account.push(Work {
                        tablet,
                        document,
                        fact,
                        at: now,
                        accepted: false,
                        is_outdated: false,
                        at_risk: false,
                        lost_by_backup: false,
                    });
                }
            }
            Err(_) => {
                self.counts.count("crashes");
                self.tell(format!("tablet {tablet} dies while it restricts something"));
            }
        }
        self.compare_stored(tablet)
    }

    /// Whoever doesn't read an entry has nothing of it, but for what she wrote in it and could not
    /// send; and no journal has ever had it.
    pub(super) fn look_at_entries(&mut self) -> anyhow::Result<()> {
        for (number, here) in self.tablets.iter().enumerate() {
            let tables = &here.tables;
            for row in tables.documents.values() {
                let (document, worker) = (row.reference, here.row.worker);
                let is_theirs = is_open(&self.server.tables, document, worker, self.now);
                let has_unsent = || has_unsent(here, document.id());
                // Of one that a restored backup has lost, the server doesn't know who reads it.
                let id = document.id();
                let is_lost = self.is_restored && !self.server.tables.readers.contains_key(&id);
                let is_served = self.server.tables.role_at(worker, document.client, self.now);
                ensure!(
                    is_theirs || is_lost || is_served.is_none() || has_unsent(),
                    "tablet {number} still has {}, which is closed to it",
                    self.name_document(document)
                );
            }
        }
        let mut entries = 0;
        for entry in self.server.tables.documents.values() {
            let DocumentKind::Restricted(fact) = entry.reference.kind else { continue };
            let bytes = self.server.load(entry.reference)?.fact(fact);
            let Some(written) = bytes.and_then(|bytes| Fact::open(&bytes).ok()) else { continue };
            let journal = self.server.load(written.document())?;
            ensure!(!journal.holds_fact(fact), "an entry that was written apart is in a journal");
            entries += 1;
        }
        if entries > 0 {
            self.counts.count("restricted entries looked for");
        }
        Ok(())
    }
}

fn has_unsent(here: &Tablet, document: DocumentId) -> bool {
    let rows = here.tables.changes.values();
    let mut own = rows.filter(|row| row.document == document && row.made.is_some());
    own.any(|row| row.state != State::OnServer)
}

impl Tablet {
    /// The restricted entries that are here and open to the worker, as far as the tablet knows.
    fn open_entries(&self) -> Vec<DocumentRef> {
        let rows = self.tables.documents.values().map(|row| row.reference);
        let reads = |document: &DocumentRef| {
            let document = self.tables.load(*document).ok();
            let readers = document.and_then(|document| document.readers());
            readers.is_some_and(|readers| readers.holds(self.row.worker))
        };
        rows.filter(|document| matches!(document.kind, DocumentKind::Restricted(_)))
            .filter(reads)
            .collect()
    }

    /// Does it, as work from number `first` on; nothing when the rules here don't let her.
    fn restrict(
        &mut self,
        now: i64,
        fuse: Option<u32>,
        wish: &Wish,
        first: usize,
        chance: &mut Chance,
    ) -> anyhow::Result<Result<Vec<Written>, Fault>> {
        let clock = self.clock(now);
        let worker = self.row.worker;
        let (own, body, written) = match wish {
            Wish::Write(client, readers) => {
                let note = Note { observation: format!("Secret {first}"), ..Note::default() };
                let fact = Fact::new(*client, worker, clock, clock, &FactBody::Note(note))?;
                let entry = FactId::mint(clock, chance.ten());
                let own = DocumentRef::restricted(*client, entry);
                (own, readers_of(readers), Some((entry, fact)))
            }
            Wish::Readers(own, readers) => (*own, readers_of(readers), None),
            Wish::End(own) => {
                let words = "Everyone may know.".to_owned();
                (*own, EntryRestrictionEnded { words }.into(), None)
            }
        };
        // After whatever was said before, also by a clock that is ahead of this one.
        let said = self.tables.load(own).ok().map(|document| {
            let facts = document.facts().into_iter().filter_map(|id| document.fact(id));
            let opened = facts.filter_map(|bytes| Fact::open(&bytes).ok());
            opened.filter(|it| it.kind.home() == Some(Home::Entry)).map(|it| it.written).max()
        });
        let after = said.flatten().map_or(i64::MIN, |last| last.millis() + 1);
        let at = Timestamp::from_millis(clock.millis().max(after));
        let says = Fact::new(own.client, worker, at, at, &body)?.seal()?;
        let says = (FactId::mint(clock, chance.ten()), says);
        let mut works = Vec::new();
        if let Some((entry, fact)) = written {
            let line = FactBody::from(EntryRestricted { ask: worker });
            let line = Fact::new(own.client, worker, clock, fact.happened, &line)?;
            let line = Fact { amends: Some(entry), ..line }.seal()?;
            let journal = DocumentRef::journal(own.client, oslo::month(fact.happened));
            works.push((own, vec![(entry, fact.seal()?), says]));
            works.push((journal, vec![(FactId::mint(clock, chance.ten()), line)]));
        } else {
            works.push((own, vec![says]));
        }
        let outcome = self.transact(now, fuse, |writing| {
            for (number, (document, facts)) in (first..).zip(&works) {
                let edits = facts
                    .iter()
                    .map(|(id, bytes)| Edit::AddFact { id: *id, bytes: bytes.clone() })
                    .collect::<Vec<_>>();
                writing.store_edits(*document, &edits, number)?;
            }
            Ok(())
        });
        Ok(match outcome {
            Ok(()) => {
                self.up_to_date = false;
                let written = |(document, facts): (DocumentRef, Vec<(FactId, Vec<u8>)>)| Written {
                    document,
                    fact: facts.into_iter().next(),
                };
                Ok(works.into_iter().map(written).collect())
            }
            Err(Fault::Refused(_)) => Ok(Vec::new()),
            Err(Fault::Crash) => Err(Fault::Crash),
            Err(fault) => bail!("the worker can't restrict: {fault:?}"),
        })
    }
}

fn readers_of(readers: &[WorkerId]) -> FactBody {
    let words = "Only these.".to_owned();
    EntryReaders { readers: readers.to_vec(), words }.into()
}

/// Whether work says in a journal that an entry is restricted.
pub(super) fn is_line(work: &Work) -> bool {
    let fact = work.fact.as_ref().and_then(|(_, bytes)| Fact::open(bytes).ok());
    fact.is_some_and(|fact| fact.kind == FactKind::EntryRestricted)
}
