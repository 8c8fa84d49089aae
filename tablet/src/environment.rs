//! What the tablet takes from the world: the time, waiting, random bytes, and, where there are such,
//! the platform's key store and the hardware that knows faces or fingers. A test brings its own.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use kjent_core::time::Timestamp;

use crate::lock::{Biometry, KeyStore};

/// A clock.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// Time that passes, whatever the clock is set to.
pub trait Timer: Send + Sync {
    /// What has passed since a moment that stays the same while the app runs.
    fn elapsed(&self) -> Duration;

    /// Waits so long.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// A source of random bytes.
pub trait Entropy: Send + Sync {
    /// Fills the bytes; fails when the system has none to give.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy>;
}

/// The system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the system gave no random bytes")]
pub struct NoEntropy;

/// All of it together.
#[derive(Clone)]
pub struct Environment {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    timer: Arc<dyn Timer>,
    key_store: Option<Arc<dyn KeyStore>>,
    biometry: Option<Arc<dyn Biometry>>,
    /// What tells this run of the app from every other.
    run: Arc<OnceLock<[u8; 16]>>,
}

impl Environment {
    /// An environment with a clock and chance of the caller's making, in which time passes as it
    /// does on the machine, and secrets lie in files beside what they open.
    pub fn new(clock: impl Clock + 'static, entropy: impl Entropy + 'static) -> Self {
        Self {
            clock: Arc::new(clock),
            entropy: Arc::new(entropy),
            timer: Arc::new(Passing(Instant::now())),
            key_store: None,
            biometry: None,
            run: Arc::default(),
        }
    }

    /// The machine's own clock and randomness.
    pub fn system() -> Self {
        Self::new(System, System)
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_clock(self, clock: impl Clock + 'static) -> Self {
        Self { clock: Arc::new(clock), ..self }
    }

    /// The same with another measure of the time that passes.
    #[must_use]
    pub fn with_timer(self, timer: impl Timer + 'static) -> Self {
        Self { timer: Arc::new(timer), ..self }
    }

    /// The same with the platform's key store.
    #[must_use]
    pub fn with_key_store(self, store: Arc<dyn KeyStore>) -> Self {
        Self { key_store: Some(store), ..self }
    }

    /// The platform's key store, where there is one.
    pub(crate) fn key_store(&self) -> Option<&Arc<dyn KeyStore>> {
        self.key_store.as_ref()
    }

    /// The same with hardware that knows faces or fingers.
    #[must_use]
    pub fn with_biometry(self, biometry: Arc<dyn Biometry>) -> Self {
        Self { biometry: Some(biometry), ..self }
    }

    /// The hardware that knows faces or fingers, where there is one.
    pub(crate) fn biometry(&self) -> Option<&Arc<dyn Biometry>> {
        self.biometry.as_ref()
    }

    /// The name of this run: what `elapsed` is measured in means nothing in another.
    pub(crate) fn run(&self) -> Result<[u8; 16], NoEntropy> {
        if let Some(run) = self.run.get() {
            return Ok(*run);
        }
        let drawn = self.random()?;
        Ok(*self.run.get_or_init(|| drawn))
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What has passed since some moment, on a clock that nobody sets.
    pub fn elapsed(&self) -> Duration {
        self.timer.elapsed()
    }

    /// Waits so long.
    pub fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.timer.sleep(duration)
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], NoEntropy> {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes)?;
        Ok(bytes)
    }
}

/// The machine itself.
struct System;

impl Clock for System {
    fn now(&self) -> Timestamp {
        chrono::Utc::now().into()
    }
}

impl Entropy for System {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        getrandom::fill(bytes).map_err(|_| NoEntropy)
    }
}

/// The machine's time, since then.
struct Passing(Instant);

impl Timer for Passing {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(duration))
    }
}
