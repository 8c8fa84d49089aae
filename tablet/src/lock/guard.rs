//! What is counted against a guesser, kept beside the secret: wrong PINs in a row, what is left of a
//! wait, and the latest time that the tablet has known.
//!
//! It lies in the key store, so a copy of the profile's folder doesn't bring an older count back. A
//! wait runs on the timer that nobody sets, and so only while the app runs: a clock can be set
//! ahead, and a process can be started again.

use std::time::Duration;

use kjent_core::lock::{self, MOST_TRIES};
use kjent_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::key_store::KeyStore;
use crate::{Environment, TabletError};

/// How much of a wait may be lost when the app ends.
const SAVED_EVERY: Duration = Duration::from_secs(10);
/// The count's length in bytes, filled up with blanks.
const LENGTH: usize = 512;
/// How far time must have moved on to be worth a write.
const SEEN_EVERY_MINUTES: i64 = 60;

/// The count of one profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guard {
    /// Wrong PINs in a row; the one that is being tried counts as wrong.
    wrong: u32,
    /// What was left of the wait when it was last written, in milliseconds.
    wait: u64,
    /// In which run of the app, and when in it, in milliseconds.
    run: [u8; 16],
    at: u64,
    /// The latest time that was known, as the server would tell it.
    seen: Timestamp,
    /// By how much the tablet's clock was ahead of the server's, in milliseconds.
    clock_ahead: i64,
}

impl Guard {
    /// Reads a profile's count; `None` when there is none.
    pub fn load(store: &dyn KeyStore, id: &str) -> Result<Option<Self>, TabletError> {
        let bytes = store.get(&name(id))?;
        Ok(bytes.map(|bytes| serde_json::from_slice(&bytes).unwrap_or_else(|_| Self::lost())))
    }

    /// The count of a profile that had one, and from which it was taken: the free tries are spent.
    pub fn lost() -> Self {
        Self { wrong: lock::FREE_TRIES, ..Self::default() }
    }

    /// Keeps it.
    pub fn save(&self, store: &dyn KeyStore, id: &str) -> Result<(), TabletError> {
        let mut bytes = serde_json::to_vec(self)?;
        // Always as long, so that it can be written over where there is no room.
        bytes.resize(bytes.len().max(LENGTH), b' ');
        Ok(store.set(&name(id), &bytes)?)
    }

    /// Forgets a profile's count.
    pub fn forget(store: &dyn KeyStore, id: &str) -> Result<(), TabletError> {
        Ok(store.delete(&name(id))?)
    }

    /// How many tries are left.
    pub fn tries_left(&self) -> u32 {
        lock::tries_left(self.wrong)
    }

    /// Whether the tries are spent.
    pub fn is_spent(&self) -> bool {
        self.wrong >= MOST_TRIES
    }

    /// What is left of the wait.
    pub fn remaining(&self, environment: &Environment) -> Result<Duration, TabletError> {
        let wait = Duration::from_millis(self.wait);
        if self.wait == 0 || self.run != environment.run()? {
            return Ok(wait);
        }
        let passed = environment.elapsed().saturating_sub(Duration::from_millis(self.at));
        Ok(wait.saturating_sub(passed))
    }

    /// Takes over what is left of the wait into this run, now and then while it passes; whether there
    /// is something to save.
    pub fn settle(&mut self, environment: &Environment) -> Result<bool, TabletError> {
        if self.wait == 0 {
            return Ok(false);
        }
        let remaining = self.remaining(environment)?;
        let passed = Duration::from_millis(self.wait).saturating_sub(remaining);
        if self.run == environment.run()? && passed < SAVED_EVERY {
            return Ok(false);
        }
        self.begin(remaining, environment)?;
        Ok(true)
    }

    /// Counts a try as wrong, before it is looked at: a process that is killed has not tried for free.
    pub fn count(&mut self, environment: &Environment) -> Result<(), TabletError> {
        self.wrong += 1;
        self.begin(lock::wait_after(self.wrong), environment)
    }

    /// The PIN was right.
    pub fn clear(&mut self) {
        *self = Self { seen: self.seen, clock_ahead: self.clock_ahead, ..Self::default() };
    }

    /// The time as the server would tell it, and never earlier than it has been.
    pub fn time(&self, environment: &Environment) -> Timestamp {
        let now = Timestamp::from_millis(environment.now().millis() - self.clock_ahead);
        now.max(self.seen)
    }

    /// Remembers the time; whether there is something to save.
    pub fn see(&mut self, environment: &Environment) -> bool {
        let time = self.time(environment);
        let is_news = time >= self.seen.plus_minutes(SEEN_EVERY_MINUTES);
        if is_news {
            self.seen = time;
        }
        is_news
    }

    /// The server has told the time: from now on it is later than that, and not than what a wrong
    /// clock once showed. Whether there is something to save.
    pub fn hear(&mut self, server: Timestamp, environment: &Environment) -> bool {
        let ahead = environment.now().millis() - server.millis();
        let since = server.millis() - self.seen.millis();
        // Seconds on the way are no other clock.
        let is_same_clock = (ahead - self.clock_ahead).abs() < 60_000;
        if is_same_clock && (0..SEEN_EVERY_MINUTES * 60_000).contains(&since) {
            return false;
        }
        (self.seen, self.clock_ahead) = (server, ahead);
        true
    }

    fn begin(&mut self, wait: Duration, environment: &Environment) -> Result<(), TabletError> {
        self.wait = millis(wait);
        if self.wait > 0 {
            self.run = environment.run()?;
            self.at = millis(environment.elapsed());
        }
        Ok(())
    }
}

/// The name of a profile's count in the key store.
pub fn name(id: &str) -> String {
    format!("{id}-guard")
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
