//! A tablet's database in memory: the same tables and the same answers as the SQL in `tablet`, with
//! transactions that are whole or not at all.

mod writing;

pub use writing::{Limits, Writing};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kjent_core::access::AccessRow;
use kjent_core::document::{Document, DocumentRef};
use kjent_core::ids::{ClientId, DocumentId, TeamId, WorkerId};
use kjent_core::policy::Refusal;
use kjent_core::protocol::{LateWork, Receipt};
use kjent_core::sync::tablet::{Held, State};
use kjent_core::team::Team;
use kjent_core::time::Timestamp;

use super::fault::Fault;
use super::server_store::Hash;

/// A document on the tablet.
#[derive(Clone, Debug, Hash)]
pub struct DocumentRow {
    /// Which.
    pub reference: DocumentRef,
    /// The team that had the client when it was last written to.
    pub team: TeamId,
    /// `Heads::to_bytes`.
    pub heads: Vec<u8>,
    /// How often something has been erased from it.
    pub generation: u32,
}

/// A stored change.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// Of which document.
    pub document: DocumentId,
    /// Its hash.
    pub hash: Hash,
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
    /// What has become of it.
    pub state: State,
    /// When it was written, if here.
    pub made: Option<Timestamp>,
    /// Which work of the account it is, if written here.
    pub work: Option<usize>,
}

/// A document that is missing.
#[derive(Clone, Debug)]
pub struct MissingRow {
    /// Which.
    pub reference: DocumentRef,
    /// Whose.
    pub team: TeamId,
    /// Its generation.
    pub generation: u32,
}

/// A team that the worker is or was in.
#[derive(Clone, Debug)]
pub struct TeamRow {
    /// The team.
    pub team: Team,
    /// The cursor.
    pub through: u64,
    /// The receipts' cursor.
    pub receipts: u64,
    /// Whether all documents of the list have come once.
    pub filled: bool,
    /// Whether the worker is in it no more.
    pub is_left: bool,
}

/// How far the worker has read.
#[derive(Clone, Debug)]
pub struct ReadRow {
    /// Through which number.
    pub through: u64,
    /// When.
    pub at: Timestamp,
    /// Whether the server knows.
    pub is_sent: bool,
}

/// What a tablet has.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Documents.
    pub documents: BTreeMap<DocumentId, DocumentRow>,
    /// Changes by position.
    pub changes: BTreeMap<i64, ChangeRow>,
    /// The last position given.
    pub last_position: i64,
    /// Documents that came whole.
    pub snapshots: BTreeMap<DocumentId, Arc<Vec<u8>>>,
    /// Documents that are missing.
    pub missing: BTreeMap<DocumentId, MissingRow>,
    /// Teams.
    pub teams: BTreeMap<TeamId, TeamRow>,
    /// Receipts of others.
    pub receipts: BTreeMap<(TeamId, WorkerId, Option<ClientId>), Receipt>,
    /// How far the worker has read.
    pub read_marks: BTreeMap<ClientId, ReadRow>,
    /// What came late.
    pub late: BTreeMap<(DocumentId, Hash), LateWork>,
    /// Clients with a draft that is not signed.
    pub drafts: BTreeSet<ClientId>,
    /// Rows of the access log that the server doesn't have.
    pub access: Vec<AccessRow>,
    /// Work that said what stood there already, and was taken out when it was written anew.
    pub removed: BTreeSet<usize>,
}

impl Tables {
    /// The worker's teams as they are now.
    pub fn present_teams(&self) -> impl Iterator<Item = &TeamRow> {
        self.teams.values().filter(|row| !row.is_left)
    }

    /// The team that serves a client, or did when the worker was still in it.
    pub fn team_of(&self, client: ClientId) -> Result<TeamId, Fault> {
        let serves = |row: &&TeamRow| row.team.clients.contains(&client);
        let team = self.present_teams().find(serves).or_else(|| self.teams.values().find(serves));
        team.map(|row| row.team.id).ok_or(Fault::Refused(Refusal::NotYourTeam))
    }

    /// A document out of its stored changes, those that were refused left out.
    pub fn load(&self, reference: DocumentRef) -> Result<Document, Fault> {
        let id = reference.id();
        let is_in =
            |row: &&ChangeRow| row.document == id && !matches!(row.state, State::Refused(_));
        let changes = self.changes.values().filter(is_in).map(|row| row.bytes.as_slice());
        let snapshot = self.snapshots.get(&id).map(|bytes| bytes.as_slice());
        Ok(Document::resume(reference, snapshot, changes)?)
    }

    /// Stores a document's row.
    pub fn store_document(&mut self, reference: DocumentRef, team: TeamId, heads: Vec<u8>) {
        let generation = self.documents.get(&reference.id()).map_or(0, |row| row.generation);
        let row = DocumentRow { reference, team, heads, generation };
        self.documents.insert(reference.id(), row);
    }

    /// Stores a change under the next position.
    pub fn insert(&mut self, row: ChangeRow) -> Result<(), Fault> {
        let same = |one: &ChangeRow| one.document == row.document && one.hash == row.hash;
        if self.changes.values().any(same) {
            return Err(Fault::Store("a change that is stored already"));
        }
        self.last_position += 1;
        self.changes.insert(self.last_position, row);
        Ok(())
    }

    /// Whether a client's documents must stay.
    pub fn needs(&self, client: ClientId) -> bool {
        let of_client = |id: &DocumentId| {
            self.documents.get(id).is_some_and(|row| row.reference.client == client)
        };
        self.drafts.contains(&client)
            || self
                .changes
                .values()
                .any(|row| row.state != State::OnServer && of_client(&row.document))
    }

    fn held(&self, row: &DocumentRow) -> Held {
        Held {
            document: row.reference,
            team: row.team,
            generation: row.generation,
            heads: row.heads.clone(),
            needed: self.needs(row.reference.client),
        }
    }

    fn row(&mut self, document: DocumentId, hash: &Hash) -> Option<&mut ChangeRow> {
        let mut rows = self.changes.values_mut();
        rows.find(|row| row.document == document && row.hash == *hash)
    }
}
