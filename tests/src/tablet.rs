//! A headless tablet: the real one without its screen, behind a network of its own.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context;
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::problem::Problem;
use kjent_core::sync::schedule::Pace;
use kjent_core::sync::tablet::Heal;
use kjent_core::time::Timestamp;
use kjent_core::view::{AccessLogView, ChangeSet, NextVisitView, VisitCardView, VisitState};
use kjent_tablet::lock::{self, DatabaseKey};
use kjent_tablet::{
    Clock, SyncClient, SyncHandle, SyncRunner, Tablet, break_glass, read_access_log, sync,
};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::access::{Access, enrol};
use crate::environment::TestClock;
use crate::network::Network;
use crate::server::Server;

/// The PIN of every tablet in the tests.
pub const PIN: &str = "482915";

/// The key of the database in a tablet's folder. Looking leaves nothing of another clock behind.
pub fn database_key(folder: &Path) -> anyhow::Result<DatabaseKey> {
    let environment = TestClock::at(Timestamp::default()).environment(0);
    Ok(lock::open(folder, PIN, &environment)?)
}

/// Every file in a folder and in the folders in it.
pub fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// A tablet with its folder, its network and its clock.
pub struct HeadlessTablet {
    /// The network; cut it as you like.
    pub network: Network,
    folder: TempDir,
    clock: TestClock,
    seed: u64,
    client: SyncClient,
    tablet: Arc<Mutex<Tablet>>,
}

impl HeadlessTablet {
    /// Enrols a tablet for the worker with this employee number.
    pub async fn enrol(
        server: &Server,
        employee: &str,
        clock: &TestClock,
        seed: u64,
    ) -> anyhow::Result<Self> {
        Self::enrol_with(&server.address, &server.code(employee)?, clock, seed).await
    }

    /// Enrols a tablet with a code of whatever server listens at an address.
    pub async fn enrol_with(
        server: &str,
        access: &Access,
        clock: &TestClock,
        seed: u64,
    ) -> anyhow::Result<Self> {
        let network = Network::to(server).await?;
        let folder = tempfile::tempdir()?;
        let client = SyncClient::new()?;
        let environment = clock.environment(seed);
        let tablet = enrol(folder.path(), &network.address, access, &client, environment).await?;
        let clock = clock.clone();
        Ok(Self { network, folder, clock, seed, client, tablet: Arc::new(Mutex::new(tablet)) })
    }

    /// The tablet itself.
    pub fn open(&self) -> MutexGuard<'_, Tablet> {
        self.tablet.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A visit's card on the day's list.
    pub fn card(&self, visit: VisitId) -> anyhow::Result<VisitCardView> {
        let visits = self.open().read_today()?.visits;
        visits.into_iter().find(|card| card.visit == visit).context("the visit is on no list")
    }

    /// A client's next visit, by the list of clients.
    pub fn next_visit(&self, client: ClientId) -> anyhow::Result<Option<NextVisitView>> {
        let cards = self.open().read_clients()?;
        Ok(cards.into_iter().find(|card| card.client == client).context("not listed")?.next_visit)
    }

    /// A visit of the worker's own that is to come, and is its client's next.
    pub fn own_next(&self) -> anyhow::Result<VisitCardView> {
        let visits = self.open().read_today()?.visits;
        for card in visits {
            let next = self.next_visit(card.client)?;
            let is_next = next.is_some_and(|next| next.starts == card.starts);
            if card.mine && card.state == VisitState::Planned && is_next {
                return Ok(card);
            }
        }
        anyhow::bail!("no visit is to come")
    }

    /// Lets it sync by itself, as the app does while a profile is open.
    pub fn keep_in_sync(&self, pace: Pace) -> InSync {
        let (sender, changes) = watch::channel(());
        let changed = move |_: ChangeSet| sender.send_replace(());
        let tablet = Arc::clone(&self.tablet);
        let runner = SyncRunner::new(tablet, self.client.clone(), pace, changed);
        let handle = runner.handle();
        InSync { handle, changes, task: tokio::spawn(runner.run()) }
    }

    /// Syncs once; the problem when it fails.
    pub async fn sync(&self) -> Result<(), Problem> {
        sync(&self.tablet, &self.client, |_| {}).await.map_err(|error| Problem::from(&error))
    }

    /// Lets the worker in to a client by break-glass; the problem when it fails.
    pub async fn break_glass(&self, number: &str, reason: &str) -> anyhow::Result<ClientId> {
        Ok(break_glass(&self.tablet, &self.client, number, reason).await?)
    }

    /// Syncs, and loses the network once so many answers are stored; an error when the sync was done
    /// by then.
    pub async fn sync_and_lose_network_after(&self, answers: usize) -> anyhow::Result<()> {
        // The first call is of the beginning.
        let mut calls = 0;
        let lose = |_| {
            calls += 1;
            if calls > answers {
                self.network.cut();
            }
        };
        let outcome = sync(&self.tablet, &self.client, lose).await;
        anyhow::ensure!(outcome.is_err(), "the sync was done after {answers} answers");
        Ok(())
    }

    /// Asks the server who has opened a client's record.
    pub async fn access_log(&self, client: ClientId) -> Result<AccessLogView, Problem> {
        let told = read_access_log(&self.tablet, &self.client, client).await;
        told.map_err(|error| Problem::from(&error))
    }

    /// What the tablet's clock shows.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Syncs once with whatever listens at another address, in this tablet's name.
    pub async fn sync_with(&self, address: &str) -> anyhow::Result<Result<(), Problem>> {
        let (caller, prepared) = {
            let mut tablet = self.open();
            (tablet.caller().at(address), tablet.prepare_exchange()?)
        };
        let outcome = self.client.exchange(&caller, &prepared.request).await;
        Ok(match outcome {
            Ok(response) => self
                .open()
                .complete_exchange(&prepared, &response, Heal::No)
                .map(|_| ())
                .map_err(|error| Problem::from(&error)),
            Err(error) => Err(Problem::from(&error)),
        })
    }

    /// Closes the database and opens it again with the PIN, as after a restart.
    pub fn restart(&mut self) -> anyhow::Result<()> {
        self.seed += 1;
        let environment = self.clock.environment(self.seed);
        let again = Tablet::open(self.folder.path(), PIN, environment)?;
        *self.open() = again;
        Ok(())
    }

    /// The folder with the profile and the database.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// A tablet that syncs by itself; it stops when this is dropped.
pub struct InSync {
    /// What tells it what happened.
    pub handle: SyncHandle,
    changes: watch::Receiver<()>,
    task: JoinHandle<()>,
}

impl InSync {
    /// Looks again after each change, until it sees what it waits for.
    pub async fn until(
        &mut self,
        mut seen: impl FnMut() -> anyhow::Result<bool>,
    ) -> anyhow::Result<()> {
        while !seen()? {
            self.changes.changed().await?;
        }
        Ok(())
    }
}

impl Drop for InSync {
    fn drop(&mut self) {
        self.task.abort();
    }
}
