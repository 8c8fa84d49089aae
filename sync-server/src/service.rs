//! What every request works with: the store, the documents that are open, clock and randomness.
//!
//! The store is worked on by one request at a time, off the threads that serve the network. A
//! request that panics is answered with an error, its transaction is rolled back, and the next
//! request finds the store as it was.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kjent_core::protocol;
use kjent_core::sync::server::OpenDocuments;
use kjent_core::time::Timestamp;
use tokio::sync::Semaphore;
use tracing::Span;

use crate::account::Passwords;
use crate::clock::{Clock, SystemClock};
use crate::enrolment::Tries;
use crate::entropy::{Entropy, SystemEntropy};
use crate::erase::finish_moves;
use crate::fault::Fault;
use crate::held::Held;
use crate::listeners::Listeners;
use crate::oidc::{Oidc, OidcSettings};
use crate::replays::Replays;
use crate::server::StartError;
use crate::store::{Store, Swept};
use crate::tls::Certificate;

/// How many requests are unpacked, judged or packed at once. Each may hold
/// `protocol::MAX_UNPACKED` bytes, so this bounds memory.
const AT_ONCE: usize = 8;

/// How many requests may be under way, nearly all of them waiting. What waits costs a connection and
/// its body; past this, being told when to come again serves a tablet better than waiting.
const UNDER_WAY: usize = 2000;

/// How many tablets may have a live stream, which costs a connection and some hundred bytes.
const STREAMS: usize = 5000;

/// How often live streams are given a sign of life and their tokens are looked at again.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// How long others may keep hold of the database when an erasure is finished at the start.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where a caller's address is found, by which wrong codes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallerAddress {
    /// The other end of the connection.
    Connection,
    /// The last entry of `X-Forwarded-For`, which the proxy in front has written.
    Forwarded,
}

/// What a server is started with.
#[derive(Clone)]
pub struct Settings {
    /// The database's file; made when it isn't there.
    pub database: PathBuf,
    /// How many bytes of changes one answer holds at most.
    pub page: usize,
    /// What TLS is spoken with; without one, HTTP is plain, and for this machine alone.
    pub certificate: Option<Certificate>,
    /// Where a caller's address is found.
    pub caller_address: CallerAddress,
    /// How many requests may be under way; the rest are told to come again later.
    pub under_way: usize,
    /// How many tablets may have a live stream.
    pub streams: usize,
    /// How often live streams are given a sign of life and their tokens are looked at again.
    pub heartbeat: Duration,
    /// Whether workers log in with a password of their own.
    pub password_log_in: bool,
    /// The identity provider that workers sign in at, when there is one.
    pub oidc: Option<OidcSettings>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The randomness.
    pub entropy: Arc<dyn Entropy>,
}

impl Settings {
    /// The settings of a real server on this database: the machine's clock and randomness.
    pub fn new(database: impl Into<PathBuf>) -> Self {
        Self {
            database: database.into(),
            page: protocol::PAGE,
            certificate: None,
            caller_address: CallerAddress::Connection,
            under_way: UNDER_WAY,
            streams: STREAMS,
            heartbeat: HEARTBEAT,
            password_log_in: true,
            oidc: None,
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
        }
    }
}

/// The store with the documents that are open and what is known of it.
pub(crate) struct Room {
    pub(crate) store: Store,
    pub(crate) open: OpenDocuments,
    pub(crate) held: Held,
}

/// What every request works with.
pub(crate) struct Service {
    pub(crate) settings: Settings,
    /// When the server began.
    pub(crate) started: Timestamp,
    /// Wrong codes.
    pub(crate) tries: Mutex<Tries>,
    /// Wrong passwords.
    pub(crate) log_in_tries: Mutex<Tries>,
    pub(crate) passwords: Passwords,
    /// The proofs that have been used.
    pub(crate) replays: Mutex<Replays>,
    /// The way in through the identity provider, when there is one.
    pub(crate) oidc: Option<Oidc>,
    /// The tablets with a live stream.
    pub(crate) listeners: Listeners,
    /// The places for requests under way.
    pub(crate) places: Semaphore,
    room: Mutex<Room>,
    at_once: Semaphore,
}

impl Service {
    pub(crate) fn open(settings: Settings) -> Result<Self, StartError> {
        let mut store = Store::open(&settings.database)?;
        // To go on writing in a damaged file would damage more of it.
        store.check()?;
        // What was cut short before an entry was out of its journal. Views hide it until then.
        if let Err(error) = finish_moves(&mut store, settings.clock.now()) {
            tracing::error!(%error, "a restricted entry is still in its journal");
        }
        // An erasure may have been cut short; serving doesn't depend on it.
        if !matches!(store.sweep_if_due(settings.clock.now(), PATIENCE), Ok(Swept::Whole)) {
            tracing::warn!("what was erased may lie in the database's files: `kjent-server sweep`");
        }
        let room = Room { store, open: OpenDocuments::default(), held: Held::default() };
        Ok(Self {
            listeners: Listeners::new(settings.streams),
            oidc: settings.oidc.clone().map(Oidc::new).transpose().map_err(|_| StartError::Oidc)?,
            places: Semaphore::new(settings.under_way),
            started: settings.clock.now(),
            passwords: Passwords::new(&*settings.entropy)?,
            settings,
            tries: Mutex::default(),
            log_in_tries: Mutex::default(),
            replays: Mutex::default(),
            room: Mutex::new(room),
            at_once: Semaphore::new(AT_ONCE),
        })
    }

    /// The store, for as long as the guard lives. A panic while it was held has rolled back its
    /// transaction, so what poisoned the lock is gone.
    pub(crate) fn room(&self) -> MutexGuard<'_, Room> {
        lock(&self.room)
    }

    /// Runs blocking work off the threads that serve the network; a panic in it becomes an error.
    pub(crate) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let _permit = self.at_once.acquire().await.map_err(|_| Fault::CutShort)?;
        let service = Arc::clone(self);
        let span = Span::current();
        tokio::task::spawn_blocking(move || span.in_scope(|| work(&service)))
            .await
            .map_err(|_| Fault::CutShort)?
    }
}

/// Locks, also after a panic of somebody who held the lock.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_in_the_middle_of_a_transaction_leaves_nothing_and_ends_nothing()
    -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let service = Arc::new(Service::open(Settings::new(folder.path().join("server.db")))?);
        let worker = kjent_core::ids::WorkerId(uuid::Uuid::from_u128(1));
        let cut = service
            .work(move |service| {
                service.room().store.write::<(), Fault>(|records| {
                    records.add_worker(worker, "1")?;
                    std::panic::resume_unwind(Box::new("in the middle"))
                })
            })
            .await;
        assert!(matches!(cut, Err(Fault::CutShort)));
        let number = service
            .work(move |service| {
                Ok(service.room().store.read(|records| records.number_of(worker))?)
            })
            .await?;
        assert_eq!(number, None);
        Ok(())
    }
}
