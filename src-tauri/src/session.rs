//! The profile that is open, if one is, and how commands reach it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kjent_core::command::CHANGED_EVENT;
use kjent_core::ids::ClientId;
use kjent_core::problem::Problem;
use kjent_core::view::{AccessLogView, ChangeSet, RepairView, SessionView};
use kjent_tablet::{
    Environment, Repaired, SyncClient, Tablet, TabletError, read_access_log, repair, vault,
};
use tauri::{AppHandle, Emitter};

use crate::background::Background;

/// The app's state.
pub struct Session {
    folder: PathBuf,
    app: AppHandle,
    client: SyncClient,
    environment: Environment,
    open: Mutex<Option<Open>>,
    /// Whether something damaged has been read: the profile opens only through a repair then.
    damaged: AtomicBool,
}

/// An open profile, and its sync, which ends with it.
struct Open {
    tablet: Arc<Mutex<Tablet>>,
    background: Background,
}

impl Session {
    pub fn new(
        folder: PathBuf,
        app: AppHandle,
        environment: Environment,
    ) -> Result<Self, TabletError> {
        Ok(Self {
            folder,
            app,
            client: SyncClient::new()?,
            environment,
            open: Mutex::new(None),
            damaged: AtomicBool::new(false),
        })
    }

    /// Where the app stands.
    pub fn view(&self) -> Result<SessionView, Problem> {
        if let Some(tablet) = self.tablet() {
            return Ok(SessionView::Open { worker: lock(&tablet).worker() });
        }
        match vault::initials(&self.folder) {
            Ok(worker_name) => Ok(SessionView::Locked { worker_name }),
            Err(TabletError::NotEnrolled) => Ok(SessionView::NotEnrolled),
            Err(error) => Err(problem(&error)),
        }
    }

    /// Enrols this tablet and opens the new profile.
    pub async fn enrol(&self, server: &str, code: &str, pin: &str) -> Result<(), Problem> {
        let environment = self.environment.clone();
        let tablet =
            kjent_tablet::enrol(&self.folder, server, code, pin, &self.client, environment)
                .await
                .map_err(|error| problem(&error))?;
        self.hold(tablet);
        Ok(())
    }

    /// Opens the profile with its PIN.
    pub fn unlock(&self, pin: &str) -> Result<(), Problem> {
        let tablet = Tablet::open(&self.folder, pin, self.environment.clone());
        let tablet = tablet.map_err(|error| problem(&error))?;
        if self.damaged.load(Ordering::Relaxed) {
            return Err(problem(&TabletError::DatabaseDamaged));
        }
        self.hold(tablet);
        Ok(())
    }

    /// Mends the database and opens the profile.
    pub async fn repair(&self, pin: &str) -> Result<RepairView, Problem> {
        // Nothing else may have the database open while it is replaced.
        let open = lock(&self.open).take();
        if let Some(Open { background, .. }) = open {
            background.end().await;
        }
        let repaired = repair(&self.folder, pin).map_err(|error| problem(&error))?;
        self.damaged.store(false, Ordering::Relaxed);
        self.unlock(pin)?;
        let Repaired { own_work_is_whole, has_gaps } = repaired;
        Ok(RepairView { session: self.view()?, own_work_is_whole, has_gaps })
    }

    /// Closes the profile.
    pub fn lock(&self) {
        *lock(&self.open) = None;
    }

    /// Runs a command that only reads.
    pub fn read<T>(
        &self,
        read: impl FnOnce(&Tablet) -> Result<T, TabletError>,
    ) -> Result<T, Problem> {
        let tablet = self.tablet().ok_or_else(|| Problem::new("locked"))?;
        let guard = lock(&tablet);
        let answer = read(&guard);
        // What was read from a damaged page must not be shown.
        guard.check_sound().and(answer).map_err(|error| self.noted(&error))
    }

    /// Runs a command that writes, tells the UI what changed, and wakes the sync.
    pub fn write(
        &self,
        write: impl FnOnce(&mut Tablet) -> Result<ChangeSet, TabletError>,
    ) -> Result<(), Problem> {
        self.make(|tablet| write(tablet).map(|changes| ((), changes)))
    }

    /// Runs a command that writes and answers with something that it made.
    pub fn make<T>(
        &self,
        write: impl FnOnce(&mut Tablet) -> Result<(T, ChangeSet), TabletError>,
    ) -> Result<T, Problem> {
        let tablet = self.tablet().ok_or_else(|| Problem::new("locked"))?;
        let (made, changes) = write(&mut lock(&tablet)).map_err(|error| self.noted(&error))?;
        if changes.sync
            && let Some(open) = &*lock(&self.open)
        {
            open.background.sync.written();
        }
        emit(&self.app, &changes);
        Ok(made)
    }

    /// Syncs now, when a profile is open. How it went is in the sync line.
    pub async fn sync(&self) {
        let sync = lock(&self.open).as_ref().map(|open| open.background.sync.clone());
        if let Some(sync) = sync {
            sync.sync_now().await;
        }
    }

    /// Asks the server who has opened a client's record, once it has what this tablet knows of it.
    pub async fn read_access_log(&self, client: ClientId) -> Result<AccessLogView, Problem> {
        self.sync().await;
        let tablet = self.tablet().ok_or_else(|| Problem::new("locked"))?;
        let told = read_access_log(&tablet, &self.client, client).await;
        told.map_err(|error| self.noted(&error))
    }

    /// An error as the UI hears of it; damage is remembered until it is repaired.
    fn noted(&self, error: &TabletError) -> Problem {
        let problem = problem(error);
        if problem.code == "database_damaged" {
            self.damaged.store(true, Ordering::Relaxed);
        }
        problem
    }

    fn hold(&self, tablet: Tablet) {
        let tablet = Arc::new(Mutex::new(tablet));
        let background =
            Background::start(Arc::clone(&tablet), self.client.clone(), self.app.clone());
        *lock(&self.open) = Some(Open { tablet, background });
    }

    fn tablet(&self) -> Option<Arc<Mutex<Tablet>>> {
        lock(&self.open).as_ref().map(|open| Arc::clone(&open.tablet))
    }
}

/// Tells the window what changed.
pub fn emit(app: &AppHandle, changes: &ChangeSet) {
    if !changes.is_empty()
        && let Err(error) = app.emit(CHANGED_EVENT, changes)
    {
        tracing::warn!(%error, "the window did not hear of a change");
    }
}

fn problem(error: &TabletError) -> Problem {
    error.into()
}

/// A panic in one command must not lock the worker out: the database is whole either way.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
