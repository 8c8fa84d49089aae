//! How long the schedule waits for what, and how it spreads a team's tablets over that time.

use std::time::Duration;

use crate::problem::Problem;

/// What a server that says no to the tablet itself says: until somebody does something about it,
/// trying every few seconds helps nobody.
const UNTIL_SOMEBODY_ACTS: [&str; 7] = [
    "address_unreadable",
    "address_unsafe",
    "not_authenticated",
    "server_not_trusted",
    "server_speaks_newer",
    "server_speaks_older",
    "tablet_revoked",
];

/// How long to wait for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Between two syncs while there is no live stream.
    pub asking: Duration,
    /// Between two syncs while the live stream tells what is new.
    pub live: Duration,
    /// News starts a sync within this: a team doesn't arrive in one millisecond.
    pub news_within: Duration,
    /// A network that returns starts a sync within this: it returns to a whole district at once.
    pub back_within: Duration,
    /// The back-off's first wait at most; it doubles with each failure.
    pub first_retry: Duration,
    /// The back-off's longest wait.
    pub longest_retry: Duration,
    /// The longest that a busy server is left alone, whatever it says.
    pub longest_busy: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            asking: Duration::from_secs(30),
            live: Duration::from_secs(5 * 60),
            news_within: Duration::from_millis(250),
            back_within: Duration::from_secs(10),
            first_retry: Duration::from_secs(2),
            longest_retry: Duration::from_secs(60),
            longest_busy: Duration::from_secs(10 * 60),
        }
    }
}

impl Pace {
    /// How long to wait after the failure that follows `failures` others.
    pub(super) fn delay(
        &self,
        problem: Option<&Problem>,
        failures: u32,
        dice: &mut Dice,
    ) -> Duration {
        let back_off = self.back_off(failures);
        match problem {
            Some(problem) if UNTIL_SOMEBODY_ACTS.contains(&problem.code.as_str()) => {
                dice.around(self.live)
            }
            Some(problem) => match self.busy_for(problem) {
                // All who were turned away in one second heard the same number.
                Some(busy) => busy + dice.up_to(back_off.max(busy)),
                None => dice.up_to(back_off),
            },
            None => dice.up_to(back_off),
        }
    }

    /// For how long a busy server asks to be left alone.
    pub(super) fn busy_for(&self, problem: &Problem) -> Option<Duration> {
        let seconds = (problem.code == "server_busy").then(|| problem.args.get("seconds"))??;
        Some(Duration::from_secs(seconds.parse().ok()?).min(self.longest_busy))
    }

    fn back_off(&self, failures: u32) -> Duration {
        let doubled = 2_u32.checked_pow(failures).and_then(|by| self.first_retry.checked_mul(by));
        doubled.unwrap_or(self.longest_retry).min(self.longest_retry)
    }
}

/// Chance, from one random number.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(random: u64) -> Self {
        Self(random)
    }

    /// Anything up to so long.
    pub(super) fn up_to(&mut self, longest: Duration) -> Duration {
        longest.mul_f64(self.fraction())
    }

    /// So long, a fifth more or less.
    pub(super) fn around(&mut self, middle: Duration) -> Duration {
        middle.mul_f64(0.8 + 0.4 * self.fraction())
    }

    /// From 0 to 1. The number is stirred before each, so that one serves for several.
    fn fraction(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        f64::from((word >> 32) as u32) / f64::from(u32::MAX)
    }
}
