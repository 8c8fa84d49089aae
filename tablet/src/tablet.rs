//! An open profile: the one object that commands and sync work on.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use kjent_core::access::{AccessAct, AccessOutcome};
use kjent_core::command::PromptWords;
use kjent_core::document::Document;
use kjent_core::ids::{DocumentId, TeamId, WorkerId};
use kjent_core::team::{Profession, Team};
use kjent_core::time::Timestamp;
use kjent_core::view::WorkerView;
use rusqlite::{Connection, OptionalExtension};

use crate::access::AccessLog;
use crate::device::Device;
use crate::identity::Identity;
use crate::lock::DatabaseKey;
use crate::sync::SyncStatus;
use crate::{Environment, TabletError, lock, projection, repair, store};

/// How many documents stay open in memory. A worker writes to a handful of clients in a shift.
pub(crate) const OPEN_DOCUMENTS: usize = 32;

/// An open profile.
pub struct Tablet {
    pub(crate) connection: Connection,
    pub(crate) documents: HashMap<DocumentId, Document>,
    pub(crate) identity: Identity,
    /// The device that the profile is on.
    pub(crate) device: Device,
    /// The worker's teams, and those that were, while something of their clients' is here.
    pub(crate) teams: Vec<Team>,
    /// The teams that the worker is in no more.
    pub(crate) left: HashSet<TeamId>,
    pub(crate) status: SyncStatus,
    pub(crate) access: AccessLog,
    pub(crate) environment: Environment,
    pub(crate) folder: PathBuf,
}

impl Tablet {
    /// Opens the profile in a folder with its PIN, for as long as its lease holds.
    pub fn open(folder: &Path, pin: &str, environment: Environment) -> Result<Self, TabletError> {
        let wrong = lock::wrong_pins(folder, &environment)?;
        let key = lock::open(folder, pin, &environment)?;
        Self::open_with(folder, &key, wrong, environment)
    }

    /// The same by a face or a finger that the device knows, where the worker has switched that on.
    pub fn open_by_biometry(
        folder: &Path,
        words: &PromptWords,
        environment: Environment,
    ) -> Result<Self, TabletError> {
        let key = lock::open_by_biometry(folder, words, &environment)?;
        let opened = Self::open_with(folder, &key, 0, environment.clone());
        if let Err(TabletError::LeaseOver) = opened {
            lock::switch_off_biometry(folder, &environment)?;
        }
        opened
    }

    fn open_with(
        folder: &Path,
        key: &DatabaseKey,
        wrong: u32,
        environment: Environment,
    ) -> Result<Self, TabletError> {
        repair::look(folder)?;
        let mut connection = store::open(folder, key)?;
        let profile = load_profile(&connection);
        repair::check(&connection)?;
        let (identity, teams, left) = profile?;
        let known = lock::time(folder, &environment)?;
        lock::lease::hold(&connection, environment.now(), known)?;
        if projection::is_due(&connection)? {
            let writing = connection.transaction()?;
            projection::rebuild(&writing)?;
            writing.commit()?;
        }
        let device = Device::of_profile(folder)?;
        let documents = HashMap::new();
        let last_contact: Option<String> = connection
            .query_row("SELECT value FROM setting WHERE key = 'last_contact'", [], |row| row.get(0))
            .optional()?;
        let last_contact = last_contact.and_then(|millis| millis.parse().ok());
        let last_contact = last_contact.map(Timestamp::from_millis);
        let status = SyncStatus { last_contact, ..SyncStatus::default() };
        let (folder, access) = (folder.to_owned(), AccessLog::default());
        let tablet = Self {
            connection,
            documents,
            identity,
            device,
            teams,
            left,
            status,
            access,
            environment,
            folder,
        };
        if wrong > 0 {
            tablet.log_access(AccessAct::WrongPin, AccessOutcome::Refused, None, wrong);
        }
        tablet.wipe();
        Ok(tablet)
    }

    /// Fails when a damaged page has been read since the profile was opened: what was read may be
    /// wrong, and the database is to be repaired.
    pub fn check_sound(&self) -> Result<(), TabletError> {
        repair::check(&self.connection)
    }

    /// Who is at work.
    pub fn worker(&self) -> WorkerView {
        let worker = self.identity.worker;
        let (name, profession) = self.name_and_profession(worker);
        WorkerView { worker, name, profession }
    }

    /// The server that this profile belongs to.
    pub fn server(&self) -> &str {
        &self.device.server
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

    /// The worker's teams as they are now.
    pub(crate) fn present_teams(&self) -> impl Iterator<Item = &Team> {
        self.teams.iter().filter(|team| !self.left.contains(&team.id))
    }

    /// A moment that was kept under a name.
    pub(crate) fn remembered(&self, key: &str) -> Result<Option<Timestamp>, TabletError> {
        let mut query =
            self.connection.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
        let value: Option<String> = query.query_row([key], |row| row.get(0)).optional()?;
        Ok(value.and_then(|millis| millis.parse().ok()).map(Timestamp::from_millis))
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

    /// A worker's name, for screens; the empty text for a worker whom no team knows.
    pub(crate) fn worker_name(&self, worker: WorkerId) -> String {
        self.name_and_profession(worker).0
    }

    /// A worker's name and profession, for screens.
    pub(crate) fn name_and_profession(&self, worker: WorkerId) -> (String, Profession) {
        match self.teams.iter().find_map(|team| team.member(worker)) {
            Some(member) => (member.name.clone(), member.profession.clone()),
            None => (String::new(), Profession::from_code("")),
        }
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

/// Who is at work, the teams, and which of them are left.
fn load_profile(
    connection: &Connection,
) -> Result<(Identity, Vec<Team>, HashSet<TeamId>), TabletError> {
    let identity = Identity::load(connection)?;
    let mut query = connection.prepare("SELECT body FROM team ORDER BY id")?;
    let rows = query.query_map([], |row| row.get::<_, String>(0))?;
    let teams = rows
        .map(|body| Ok(serde_json::from_str(&body?)?))
        .collect::<Result<Vec<Team>, TabletError>>()?;
    let mut query = connection.prepare("SELECT id FROM team WHERE is_left = 1")?;
    let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    let left = rows
        .map(|id| TeamId::from_bytes(&id?).ok_or(TabletError::Unreadable))
        .collect::<Result<HashSet<_>, TabletError>>()?;
    Ok((identity, teams, left))
}
