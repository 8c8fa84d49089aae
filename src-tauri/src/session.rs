//! The profiles on this tablet, the one that is open, and how commands reach it.

mod biometry;
mod sign_in;

use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kjent_core::command::{CHANGED_EVENT, Enrol, LogInAgain};
use kjent_core::ids::ClientId;
use kjent_core::problem::Problem;
use kjent_core::view::{AccessLogView, ChangeSet, RepairView, SessionView};
use kjent_tablet::lock::{LoggingIn, Profiles, log_in_again};
use kjent_tablet::{
    Device, Environment, Joining, Repaired, SyncClient, Tablet, TabletError, hand_in, invitation,
    is_revoked, read_access_log, repair,
};
use tauri::{AppHandle, Emitter};

use crate::background::Background;

/// The app's state.
pub struct Session {
    profiles: Profiles,
    app: AppHandle,
    client: SyncClient,
    environment: Environment,
    /// After how long without a touch the screen locks.
    idle: Duration,
    open: Mutex<Option<Open>>,
    /// The profile that was open last.
    last: Mutex<Option<String>>,
    /// The profiles in which something damaged has been read: they open only through a repair then.
    damaged: Mutex<HashSet<String>>,
    /// Whether a prompt of the system's that this app asked for is in front of the window.
    prompts: AtomicBool,
}

/// An open profile, and its sync, which ends with it.
struct Open {
    profile: String,
    tablet: Arc<Mutex<Tablet>>,
    background: Background,
}

impl Session {
    pub fn new(
        data: &Path,
        app: AppHandle,
        environment: Environment,
        idle: Duration,
    ) -> Result<Self, TabletError> {
        Ok(Self {
            profiles: Profiles::of(data)?,
            app,
            client: SyncClient::new()?,
            environment,
            idle,
            open: Mutex::default(),
            last: Mutex::default(),
            damaged: Mutex::default(),
            prompts: AtomicBool::default(),
        })
    }

    /// Where the app stands.
    pub fn view(&self) -> Result<SessionView, Problem> {
        if let Some(tablet) = self.tablet() {
            let idle_seconds = u32::try_from(self.idle.as_secs()).unwrap_or(u32::MAX);
            return Ok(SessionView::Open { worker: lock(&tablet).worker(), idle_seconds });
        }
        let profiles = self.profiles.list(&self.environment).map_err(|error| problem(&error))?;
        if profiles.is_empty() {
            let device = Device::of(self.profiles.data()).map_err(|error| problem(&error))?;
            return Ok(match device {
                Some(_) => SessionView::LoggedOut,
                None => SessionView::NotEnrolled,
            });
        }
        Ok(SessionView::Locked { profiles, last: lock(&self.last).clone() })
    }

    /// Enrols this tablet if it isn't, logs one worker more in, and opens the new profile.
    pub async fn enrol(&self, request: Enrol) -> Result<(), Problem> {
        let environment = self.environment.clone();
        let Enrol { server, code, employee_number, password, pin } = request;
        let invitation = invitation(&server, &code).map_err(|error| problem(&error))?;
        let joining = Joining { invitation, employee_number, password, pin };
        let made = self.profiles.new_folder(&environment).map_err(|error| problem(&error))?;
        let (profile, folder) = made;
        let tablet = kjent_tablet::enrol(&folder, &joining, &self.client, environment)
            .await
            .map_err(|error| problem(&error))?;
        self.hold(&profile, tablet);
        Ok(())
    }

    /// Opens a profile with its PIN.
    pub fn unlock(&self, profile: &str, pin: &str) -> Result<(), Problem> {
        let folder = self.profiles.folder(profile).map_err(|error| problem(&error))?;
        let tablet = Tablet::open(&folder, pin, self.environment.clone());
        self.unlocked(profile, tablet)
    }

    /// Holds a profile that was opened, unless it is to be repaired first.
    fn unlocked(&self, profile: &str, tablet: Result<Tablet, TabletError>) -> Result<(), Problem> {
        let tablet = tablet.map_err(|error| problem(&error))?;
        if lock(&self.damaged).contains(profile) {
            return Err(problem(&TabletError::DatabaseDamaged));
        }
        self.hold(profile, tablet);
        Ok(())
    }

    /// Logs the worker of a profile in again, and opens it with a new PIN.
    pub async fn log_in_again(&self, request: LogInAgain) -> Result<(), Problem> {
        let LogInAgain { profile, employee_number, password, pin } = request;
        let folder = self.profiles.folder(&profile).map_err(|error| problem(&error))?;
        let typed = LoggingIn { employee_number, password, pin };
        let tablet = log_in_again(&folder, &typed, &self.client, self.environment.clone()).await;
        self.hold(&profile, tablet.map_err(|error| problem(&error))?);
        Ok(())
    }

    /// Mends a profile's database and opens it.
    pub async fn repair(&self, profile: &str, pin: &str) -> Result<RepairView, Problem> {
        // Nothing else may have the database open while it is replaced.
        let open = lock(&self.open).take();
        if let Some(Open { background, .. }) = open {
            background.end().await;
        }
        let folder = self.profiles.folder(profile).map_err(|error| problem(&error))?;
        let repaired = repair(&folder, pin, &self.environment).map_err(|error| problem(&error))?;
        lock(&self.damaged).remove(profile);
        self.unlock(profile, pin)?;
        let Repaired { own_work_is_whole, has_gaps } = repaired;
        Ok(RepairView { session: self.view()?, own_work_is_whole, has_gaps })
    }

    /// Closes the profile.
    pub fn lock(&self) {
        *lock(&self.open) = None;
    }

    /// Closes the profile because the system has stopped the app, unless it did so to show a prompt that
    /// the app itself asked for.
    #[cfg_attr(desktop, expect(dead_code, reason = "a desktop's window is hidden and not stopped"))]
    pub fn suspend(&self) {
        if !self.prompts.load(Ordering::SeqCst) {
            self.lock();
        }
    }

    /// Closes the profile because the server lets the tablet in no more, and tells the window.
    pub fn end(&self) {
        self.lock();
        emit(&self.app, &ChangeSet { session: true, ..ChangeSet::default() });
    }

    /// Sends everything, gives the tablet back and wipes the profile; it stays open when that can't
    /// be.
    pub async fn hand_in(&self) -> Result<SessionView, Problem> {
        // Nothing more may be written or fetched meanwhile.
        let open = lock(&self.open).take().ok_or_else(|| Problem::new("locked"))?;
        let Open { profile, tablet, background } = open;
        background.end().await;
        match hand_in(&tablet, &self.client).await {
            Ok(handed_in) => {
                drop(tablet);
                handed_in.wipe(&self.environment).map_err(|error| problem(&error))?;
                Ok(SessionView::HandedIn)
            }
            Err(error) => {
                let why = problem(&error);
                if is_revoked(&why) {
                    drop(tablet);
                    return self.view();
                }
                self.keep(&profile, tablet);
                Err(why)
            }
        }
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

    /// Lets the worker in to a client; the client comes with a sync.
    pub async fn break_glass(&self, number: &str, reason: &str) -> Result<ClientId, Problem> {
        let tablet = self.tablet().ok_or_else(|| Problem::new("locked"))?;
        kjent_tablet::break_glass(&tablet, &self.client, number, reason)
            .await
            .map_err(|error| self.noted(&error))
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
        if problem.code == "database_damaged"
            && let Some(open) = &*lock(&self.open)
        {
            lock(&self.damaged).insert(open.profile.clone());
        }
        problem
    }

    fn hold(&self, profile: &str, tablet: Tablet) {
        self.keep(profile, Arc::new(Mutex::new(tablet)));
    }

    fn keep(&self, profile: &str, tablet: Arc<Mutex<Tablet>>) {
        let background =
            Background::start(Arc::clone(&tablet), self.client.clone(), self.app.clone());
        *lock(&self.last) = Some(profile.to_owned());
        *lock(&self.open) = Some(Open { profile: profile.to_owned(), tablet, background });
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
