//! Clocks that are the test's, and randomness from a seed.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use kjent_core::time::Timestamp;
use kjent_tablet::environment::NoEntropy;
use kjent_tablet::{Clock, Entropy, Environment};

/// A clock that tests and tablets share.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    /// A clock that shows this moment.
    pub fn at(moment: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(moment.millis())))
    }

    /// Sets the clock.
    pub fn set(&self, moment: Timestamp) {
        self.0.store(moment.millis(), Ordering::SeqCst);
    }

    /// Moves the clock on.
    pub fn pass_minutes(&self, minutes: i64) {
        self.0.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }

    /// An environment with this clock and randomness of its own.
    pub fn environment(&self, seed: u64) -> Environment {
        Environment::new(self.clone(), SeededEntropy(AtomicU64::new(seed)))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// The machine's clock, set ahead or back so that a test began at a moment of its choosing: time
/// passes on it, and every process that is told of it agrees with every other.
#[derive(Clone)]
pub struct AheadClock(Arc<AtomicI64>);

impl AheadClock {
    /// A clock that shows this moment now.
    pub fn showing(moment: Timestamp) -> Self {
        let ahead = moment.millis() - Timestamp::from(chrono::Utc::now()).millis();
        Self(Arc::new(AtomicI64::new(ahead)))
    }

    /// The machine's clock as it is.
    pub fn the_machines() -> Self {
        Self(Arc::default())
    }

    /// How far ahead of the machine's it is.
    pub fn millis(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    /// Lets days pass. A window that is open hears of it when it is opened again.
    pub fn pass_days(&self, days: i64) {
        self.0.fetch_add(days * 24 * 3_600_000, Ordering::SeqCst);
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_millis(Timestamp::from(chrono::Utc::now()).millis() + self.millis())
    }
}

impl kjent_server::clock::Clock for AheadClock {
    fn now(&self) -> Timestamp {
        Self::now(self)
    }
}

impl kjent_server::clock::Clock for TestClock {
    fn now(&self) -> Timestamp {
        Clock::now(self)
    }
}

/// SplitMix64: the same bytes from the same seed.
struct SeededEntropy(AtomicU64);

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        for piece in bytes.chunks_mut(8) {
            let mut word = self.0.fetch_add(STEP, Ordering::SeqCst).wrapping_add(STEP);
            word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            piece.copy_from_slice(&(word ^ (word >> 31)).to_le_bytes()[..piece.len()]);
        }
        Ok(())
    }
}
