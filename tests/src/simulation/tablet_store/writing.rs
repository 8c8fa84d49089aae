//! A transaction on a tablet's tables: what `kjent_core::sync::tablet` asks of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kjent_core::access::AccessRow;
use kjent_core::access::chain::AccessHead;
use kjent_core::document::{Actor, Document, DocumentRef, Edit, RawChange};
use kjent_core::ids::{ClientId, DocumentId, FactId, TeamId};
use kjent_core::oslo;
use kjent_core::policy::Refusal;
use kjent_core::protocol::{Cursor, GrantReport, GrantReview, LateWork, Listed, ReadMark, Receipt};
use kjent_core::sync::tablet::{Held, Records, Sent, State, Stored};
use kjent_core::team::Team;
use kjent_core::time::{Month, Timestamp};

use super::super::fault::{Fault, Fuse};
use super::super::server_store::{Hash, is_kept};
use super::{ChangeRow, MissingRow, ReadRow, Tables, TeamRow};

/// How much a tablet takes at once: smaller than in life, so that small worlds need several requests.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many bytes of changes a request holds at most.
    pub push: usize,
    /// How many documents it asks for at most.
    pub want: usize,
    /// How many documents stay open in memory.
    pub open: usize,
}

/// A transaction under way.
pub struct Writing<'a> {
    /// What it would leave.
    pub tables: Tables,
    /// Open documents: memory, gone with the process.
    pub open: &'a mut BTreeMap<DocumentId, Document>,
    /// The documents that it has worked on.
    pub touched: BTreeSet<DocumentId>,
    /// The tablet's clock.
    pub now: Timestamp,
    /// Who writes.
    pub actor: Actor,
    /// How much is taken at once.
    pub limits: Limits,
    /// When it dies.
    pub fuse: Fuse,
}

impl Writing<'_> {
    /// A document to write in.
    pub fn take(&mut self, reference: DocumentRef) -> Result<Document, Fault> {
        match self.open.remove(&reference.id()) {
            Some(open) => Ok(open),
            None => self.tables.load(reference),
        }
    }

    /// Keeps a document open.
    pub fn keep(&mut self, document: Document) {
        if self.open.len() < self.limits.open {
            self.open.insert(document.reference().id(), document);
        }
    }
}

impl Records for Writing<'_> {
    type Error = Fault;

    fn actor(&self) -> Actor {
        self.actor
    }

    fn waiting(&self, budget: usize) -> Result<Vec<Sent>, Fault> {
        self.fuse.burn()?;
        let budget = budget.min(self.limits.push);
        let (mut waiting, mut bytes_so_far) = (Vec::new(), 0);
        for row in self.tables.changes.values().filter(|row| row.state == State::Waiting) {
            let Some(document) = self.tables.documents.get(&row.document) else { continue };
            bytes_so_far += row.bytes.len();
            if bytes_so_far > budget && !waiting.is_empty() {
                break;
            }
            waiting.push(Sent {
                document: document.reference,
                hash: row.hash,
                bytes: row.bytes.to_vec(),
            });
        }
        Ok(waiting)
    }

    fn has_waiting(&self) -> Result<bool, Fault> {
        self.fuse.burn()?;
        Ok(self.tables.changes.values().any(|row| row.state == State::Waiting))
    }

    fn cursors(&self) -> Result<Vec<Cursor>, Fault> {
        self.fuse.burn()?;
        let cursor = |row: &TeamRow| Cursor {
            team: row.team.id,
            through: row.through,
            receipts: row.receipts,
            filled: row.filled,
            roster: row.team.fingerprint(),
        };
        Ok(self.tables.present_teams().map(cursor).collect())
    }

    fn missing(&self, at_most: usize) -> Result<Vec<DocumentRef>, Fault> {
        self.fuse.burn()?;
        let month = oslo::month(self.now);
        let all: Vec<DocumentRef> = self.tables.missing.values().map(|row| row.reference).collect();
        let of_today = |reference: &&DocumentRef| is_kept(**reference, month);
        let mut first: Vec<DocumentRef> = all.iter().filter(of_today).copied().collect();
        if first.is_empty() {
            first = all;
        }
        first.sort_by_key(|reference| {
            (reference.kind.month().map(std::cmp::Reverse), reference.id())
        });
        first.truncate(at_most.min(self.limits.want));
        Ok(first)
    }

    fn unsent_reads(&self) -> Result<Vec<ReadMark>, Fault> {
        self.fuse.burn()?;
        let unsent = self.tables.read_marks.iter().filter(|(_, row)| !row.is_sent);
        let mark = |(client, row): (&ClientId, &ReadRow)| ReadMark {
            client: *client,
            through: row.through,
            at: row.at,
        };
        Ok(unsent.map(mark).collect())
    }

    fn unsent_reviews(&self) -> Result<Vec<GrantReview>, Fault> {
        Ok(Vec::new())
    }

    fn save_grants(&mut self, _: TeamId, _: &[GrantReport]) -> Result<(), Fault> {
        Ok(())
    }

    fn sent_reads(&mut self, marks: &[ReadMark]) -> Result<(), Fault> {
        self.fuse.burn()?;
        for mark in marks {
            let row = self.tables.read_marks.get_mut(&mark.client);
            if let Some(row) = row.filter(|row| row.through == mark.through) {
                row.is_sent = true;
            }
        }
        Ok(())
    }

    fn unsent_access(&self, at_most: usize) -> Result<Vec<AccessRow>, Fault> {
        self.fuse.burn()?;
        Ok(self.tables.access.iter().take(at_most).cloned().collect())
    }

    fn logged_access(&mut self, rows: &[AccessRow], _head: &AccessHead) -> Result<(), Fault> {
        self.fuse.burn()?;
        self.tables.access.retain(|row| !rows.contains(row));
        Ok(())
    }

    fn mark_on_server(
        &mut self,
        document: DocumentRef,
        hash: &Hash,
        _number: Option<u64>,
    ) -> Result<bool, Fault> {
        self.fuse.burn()?;
        let id = document.id();
        let Some(row) = self.tables.row(id, hash) else { return Ok(false) };
        let was = std::mem::replace(&mut row.state, State::OnServer);
        if matches!(was, State::Refused(_)) {
            // It is read with the document from now on.
            self.touched.insert(id);
        }
        Ok(true)
    }

    fn mark_refused(
        &mut self,
        document: DocumentRef,
        hash: &Hash,
        refusal: &Refusal,
    ) -> Result<bool, Fault> {
        self.fuse.burn()?;
        let id = document.id();
        let Some(row) = self.tables.row(id, hash) else { return Ok(false) };
        row.state = State::Refused(refusal.code().to_owned());
        self.touched.insert(id);
        Ok(true)
    }

    fn stored(&self, document: DocumentRef) -> Result<Vec<Stored>, Fault> {
        self.fuse.burn()?;
        let id = document.id();
        let rows = self.tables.changes.iter().filter(|(_, row)| row.document == id);
        let stored = |(position, row): (&i64, &ChangeRow)| Stored {
            position: *position,
            hash: row.hash,
            bytes: row.bytes.to_vec(),
            state: row.state.clone(),
            made: row.made,
        };
        Ok(rows.map(stored).collect())
    }

    fn wait_again(&mut self, position: i64, with: Option<&RawChange>) -> Result<(), Fault> {
        self.fuse.burn()?;
        let Some(row) = self.tables.changes.get(&position) else { return Ok(()) };
        let document = row.document;
        if let Some(new) = with {
            let same = |(at, one): (&i64, &ChangeRow)| {
                *at != position && one.document == document && one.hash == new.hash.0
            };
            if self.tables.changes.iter().any(same) {
                return Err(Fault::Store("a change that is stored already"));
            }
        }
        if let Some(row) = self.tables.changes.get_mut(&position) {
            row.state = State::Waiting;
            if let Some(new) = with {
                row.hash = new.hash.0;
                row.bytes = Arc::new(new.bytes.clone());
            }
        }
        self.touched.insert(document);
        Ok(())
    }

    fn rewrite(&mut self, position: i64, with: &RawChange) -> Result<(), Fault> {
        self.fuse.burn()?;
        if let Some(row) = self.tables.changes.get_mut(&position) {
            row.hash = with.hash.0;
            row.bytes = Arc::new(with.bytes.clone());
            self.touched.insert(row.document);
        }
        Ok(())
    }

    fn send_again(&mut self, document: DocumentRef) -> Result<(), Fault> {
        self.fuse.burn()?;
        let id = document.id();
        for row in self.tables.changes.values_mut().filter(|row| row.document == id) {
            if row.state == State::OnServer && row.made.is_some() {
                row.state = State::Waiting;
            }
        }
        Ok(())
    }

    fn remove(&mut self, position: i64) -> Result<(), Fault> {
        self.fuse.burn()?;
        if let Some(row) = self.tables.changes.remove(&position) {
            self.touched.insert(row.document);
            self.tables.removed.extend(row.work);
        }
        Ok(())
    }

    fn add_received(&mut self, document: DocumentRef, change: &RawChange) -> Result<(), Fault> {
        self.fuse.burn()?;
        self.touched.insert(document.id());
        self.tables.insert(ChangeRow {
            document: document.id(),
            hash: change.hash.0,
            bytes: Arc::new(change.bytes.clone()),
            state: State::OnServer,
            made: None,
            work: None,
        })
    }

    fn held(&self, document: DocumentRef) -> Result<Option<Held>, Fault> {
        self.fuse.burn()?;
        Ok(self.tables.documents.get(&document.id()).map(|row| self.tables.held(row)))
    }

    fn all_held(&self) -> Result<Vec<Held>, Fault> {
        self.fuse.burn()?;
        Ok(self.tables.documents.values().map(|row| self.tables.held(row)).collect())
    }

    fn heads(&self, team: TeamId, since: Month) -> Result<Vec<(DocumentRef, Vec<u8>)>, Fault> {
        self.fuse.burn()?;
        let rows = self.tables.documents.values();
        let kept = rows.filter(|row| row.team == team && is_kept(row.reference, since));
        Ok(kept.map(|row| (row.reference, row.heads.clone())).collect())
    }

    fn snapshot(&self, document: DocumentRef) -> Result<Option<Vec<u8>>, Fault> {
        self.fuse.burn()?;
        Ok(self.tables.snapshots.get(&document.id()).map(|bytes| bytes.to_vec()))
    }

    fn save_snapshot(
        &mut self,
        document: DocumentRef,
        generation: u32,
        bytes: &[u8],
    ) -> Result<(), Fault> {
        self.fuse.burn()?;
        let id = document.id();
        self.tables.snapshots.insert(id, Arc::new(bytes.to_vec()));
        self.tables.changes.retain(|_, row| {
            row.document != id || row.made.is_some() || row.state != State::OnServer
        });
        let team = self.tables.team_of(document.client)?;
        self.tables.store_document(document, team, Vec::new());
        if let Some(row) = self.tables.documents.get_mut(&id) {
            row.generation = generation;
        }
        self.touched.insert(id);
        Ok(())
    }

    fn open(&mut self, document: DocumentRef) -> Result<Document, Fault> {
        self.fuse.burn()?;
        self.take(document)
    }

    fn put(&mut self, team: TeamId, document: Document) -> Result<Vec<FactId>, Fault> {
        self.fuse.burn()?;
        let reference = document.reference();
        self.tables.store_document(reference, team, document.heads().to_bytes());
        self.touched.insert(reference.id());
        self.keep(document);
        Ok(Vec::new())
    }

    fn put_edited(
        &mut self,
        team: TeamId,
        document: Document,
        _edits: &[Edit],
    ) -> Result<Vec<FactId>, Fault> {
        self.put(team, document)
    }

    fn put_anew(&mut self, document: Document) -> Result<(), Fault> {
        self.fuse.burn()?;
        let id = document.reference().id();
        if let Some(row) = self.tables.documents.get_mut(&id) {
            row.heads = document.heads().to_bytes();
        }
        self.touched.insert(id);
        self.open.insert(id, document);
        Ok(())
    }

    fn forget(&mut self, document: DocumentRef) -> Result<(), Fault> {
        self.fuse.burn()?;
        let id = document.id();
        let tables = &mut self.tables;
        tables.snapshots.remove(&id);
        tables.changes.retain(|_, row| row.document != id);
        tables.missing.remove(&id);
        tables.late.retain(|(of, _), _| *of != id);
        tables.documents.remove(&id);
        let client = document.client;
        if !tables.documents.values().any(|row| row.reference.client == client) {
            tables.read_marks.remove(&client);
            tables.receipts.retain(|(_, _, of), _| *of != Some(client));
        }
        self.open.remove(&id);
        Ok(())
    }

    fn forget_strangers(&mut self) -> Result<(), Fault> {
        self.fuse.burn()?;
        let teams = self.tables.present_teams();
        let served: BTreeSet<ClientId> =
            teams.flat_map(|row| row.team.clients.iter().copied()).collect();
        let Tables { late, documents, read_marks, receipts, .. } = &mut self.tables;
        late.retain(|(document, _), late| {
            documents.contains_key(document) || served.contains(&late.document.client)
        });
        let held = documents.values().map(|row| row.reference.client);
        let known: BTreeSet<ClientId> = served.iter().copied().chain(held).collect();
        read_marks.retain(|client, _| known.contains(client));
        receipts.retain(|(_, _, client), _| client.is_none_or(|client| known.contains(&client)));
        Ok(())
    }

    fn arrived(&mut self, _facts: &[FactId]) -> Result<(), Fault> {
        self.fuse.burn()
    }

    fn teams(&self) -> Vec<Team> {
        self.tables.present_teams().map(|row| row.team.clone()).collect()
    }

    fn team_serving(&self, client: ClientId) -> Option<TeamId> {
        let mut teams = self.tables.present_teams();
        teams.find(|row| row.team.clients.contains(&client)).map(|row| row.team.id)
    }

    fn save_team(&mut self, team: &Team) -> Result<(), Fault> {
        self.fuse.burn()?;
        let row = self.tables.teams.entry(team.id).or_insert_with(|| TeamRow {
            team: team.clone(),
            through: 0,
            receipts: 0,
            filled: false,
            is_left: false,
        });
        row.team = team.clone();
        row.is_left = false;
        for row in self.tables.documents.values_mut() {
            if team.clients.contains(&row.reference.client) {
                row.team = team.id;
            }
        }
        Ok(())
    }

    fn save_cursor(&mut self, team: TeamId, through: u64, _since: Month) -> Result<(), Fault> {
        self.fuse.burn()?;
        if let Some(row) = self.tables.teams.get_mut(&team) {
            row.through = through;
        }
        Ok(())
    }

    fn save_filled(&mut self, team: TeamId) -> Result<(), Fault> {
        self.fuse.burn()?;
        if let Some(row) = self.tables.teams.get_mut(&team) {
            row.filled = true;
        }
        Ok(())
    }

    fn is_filled(&self, team: TeamId) -> Result<bool, Fault> {
        self.fuse.burn()?;
        Ok(self.tables.teams.get(&team).is_some_and(|row| row.filled))
    }

    fn ask_for_list(&mut self, team: TeamId) -> Result<(), Fault> {
        self.fuse.burn()?;
        if let Some(row) = self.tables.teams.get_mut(&team) {
            row.through = 0;
        }
        Ok(())
    }

    fn forget_team(&mut self, team: TeamId) -> Result<(), Fault> {
        self.fuse.burn()?;
        if let Some(row) = self.tables.teams.get_mut(&team) {
            row.is_left = true;
            row.through = 0;
            row.filled = false;
        }
        self.tables.missing.retain(|_, row| row.team != team);
        self.tables.receipts.retain(|(of, _, _), _| *of != team);
        Ok(())
    }

    fn add_missing(&mut self, team: TeamId, listed: &Listed) -> Result<(), Fault> {
        self.fuse.burn()?;
        let id = listed.document.id();
        let known = self.tables.missing.get(&id).map_or(0, |row| row.generation);
        let generation = known.max(listed.generation);
        let row = MissingRow { reference: listed.document, team, generation };
        self.tables.missing.insert(id, row);
        Ok(())
    }

    fn list_compared(&mut self, _team: TeamId) -> Result<(), Fault> {
        self.fuse.burn()
    }

    fn is_missing(&self, document: DocumentRef) -> Result<bool, Fault> {
        self.fuse.burn()?;
        Ok(self.tables.missing.contains_key(&document.id()))
    }

    fn found(&mut self, document: DocumentRef) -> Result<(), Fault> {
        self.fuse.burn()?;
        self.tables.missing.remove(&document.id());
        Ok(())
    }

    fn lacks_any(&self, team: TeamId) -> Result<bool, Fault> {
        self.fuse.burn()?;
        Ok(self.tables.missing.values().any(|row| row.team == team))
    }

    fn save_late(&mut self, late: &[LateWork]) -> Result<(), Fault> {
        self.fuse.burn()?;
        for work in late {
            self.tables.late.insert((work.document.id(), *work.hash), work.clone());
        }
        Ok(())
    }

    fn save_receipts(
        &mut self,
        team: TeamId,
        receipts: &[Receipt],
        through: u64,
    ) -> Result<(), Fault> {
        self.fuse.burn()?;
        for receipt in receipts {
            let key = (team, receipt.worker, receipt.client);
            self.tables.receipts.insert(key, *receipt);
        }
        if let Some(row) = self.tables.teams.get_mut(&team) {
            row.receipts = through;
        }
        Ok(())
    }

    fn wipe_after(&mut self, _document: DocumentRef) -> Result<(), Fault> {
        self.fuse.burn()
    }
}
