//! An open profile: the one object that commands and sync work on.

use std::collections::HashMap;
use std::path::Path;

use kjent_core::document::{Document, DocumentRef};
use kjent_core::ids::DocumentId;
use kjent_core::team::Team;
use kjent_core::time::Timestamp;
use kjent_core::view::WorkerView;
use rusqlite::{Connection, OptionalExtension};

use crate::identity::Identity;
use crate::sync::SyncStatus;
use crate::{Environment, TabletError, projection, store, vault};

/// How many documents stay open in memory. A worker writes to a handful of clients in a shift.
const OPEN_DOCUMENTS: usize = 32;

/// An open profile.
pub struct Tablet {
    pub(crate) connection: Connection,
    pub(crate) documents: HashMap<DocumentId, Document>,
    pub(crate) identity: Identity,
    pub(crate) teams: Vec<Team>,
    pub(crate) status: SyncStatus,
    pub(crate) environment: Environment,
}

impl Tablet {
    /// Opens the profile in a folder with its PIN.
    pub fn open(folder: &Path, pin: &str, environment: Environment) -> Result<Self, TabletError> {
        let connection = store::open(folder, &vault::open(folder, pin)?)?;
        let identity = Identity::load(&connection)?;
        let teams = {
            let mut query = connection.prepare("SELECT body FROM team ORDER BY id")?;
            let rows = query.query_map([], |row| row.get::<_, String>(0))?;
            rows.map(|body| Ok(serde_json::from_str(&body?)?))
                .collect::<Result<Vec<Team>, TabletError>>()?
        };
        let documents = HashMap::new();
        let last_contact: Option<String> = connection
            .query_row("SELECT value FROM setting WHERE key = 'last_contact'", [], |row| row.get(0))
            .optional()?;
        let last_contact = last_contact.and_then(|millis| millis.parse().ok());
        let last_contact = last_contact.map(Timestamp::from_millis);
        let status = SyncStatus { last_contact, ..SyncStatus::default() };
        Ok(Self { connection, documents, identity, teams, status, environment })
    }

    /// Who is at work.
    pub fn worker(&self) -> WorkerView {
        let worker = self.identity.worker;
        let member = self.teams.iter().find_map(|team| team.member(worker));
        WorkerView {
            worker,
            name: member.map(|member| member.name.clone()).unwrap_or_default(),
            profession: member.map_or_else(
                || kjent_core::team::Profession::from_code(""),
                |member| member.profession.clone(),
            ),
        }
    }

    /// The server that this profile belongs to.
    pub fn server(&self) -> &str {
        &self.identity.server
    }

    /// Makes the projection anew from the changes. The same rows come out, byte for byte.
    pub fn rebuild_projection(&mut self) -> Result<(), TabletError> {
        self.documents.clear();
        let writing = self.connection.transaction()?;
        projection::rebuild(&writing)?;
        writing.commit()?;
        Ok(())
    }

    /// The projection's rows as text, in order: for comparing one with another.
    pub fn dump_projection(&self) -> Result<Vec<String>, TabletError> {
        projection::dump(&self.connection)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.environment.now()
    }

    /// Drops documents from memory when there are many; what is open is only ever a copy.
    pub(crate) fn tidy_memory(&mut self) {
        if self.documents.len() > OPEN_DOCUMENTS {
            self.documents.clear();
        }
    }

    /// The names of workers, for screens; a worker whom no team knows is the empty text.
    pub(crate) fn worker_name(&self, worker: kjent_core::ids::WorkerId) -> String {
        self.member(worker).map(|member| member.name.clone()).unwrap_or_default()
    }

    pub(crate) fn member(
        &self,
        worker: kjent_core::ids::WorkerId,
    ) -> Option<&kjent_core::team::Member> {
        self.teams.iter().find_map(|team| team.member(worker))
    }

    /// All documents on the tablet with their heads, in the order of their ids.
    pub fn heads(&self) -> Result<Vec<(DocumentId, Vec<u8>)>, TabletError> {
        let mut query =
            self.connection.prepare_cached("SELECT id, heads FROM document ORDER BY id")?;
        let rows = query.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (id, heads) = row?;
            Ok((DocumentId::from_bytes(&id).ok_or(TabletError::Unreadable)?, heads))
        })
        .collect()
    }
}

/// Loads a document from its stored changes.
pub(crate) fn load_document(
    connection: &Connection,
    reference: DocumentRef,
) -> Result<Document, TabletError> {
    let mut query = connection
        .prepare_cached("SELECT bytes FROM change WHERE document = ?1 ORDER BY position")?;
    let rows = query.query_map([reference.id().bytes()], |row| row.get::<_, Vec<u8>>(0))?;
    let changes = rows.collect::<Result<Vec<_>, _>>()?;
    Ok(Document::load(reference, changes.iter().map(Vec::as_slice))?)
}
