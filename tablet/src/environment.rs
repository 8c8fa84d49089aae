//! What the tablet takes from the world: the time, waiting and random bytes. A test brings its own.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kjent_core::time::Timestamp;

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

/// Time, waiting and randomness together.
#[derive(Clone)]
pub struct Environment {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    timer: Arc<dyn Timer>,
}

impl Environment {
    /// An environment with a clock and chance of the caller's making, in which time passes as it
    /// does on the machine.
    pub fn new(clock: impl Clock + 'static, entropy: impl Entropy + 'static) -> Self {
        let timer = Arc::new(Passing(Instant::now()));
        Self { clock: Arc::new(clock), entropy: Arc::new(entropy), timer }
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
