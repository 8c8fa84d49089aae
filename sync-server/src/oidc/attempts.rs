//! Sign-ins that have begun: kept in memory for ten minutes, bound to a device, used once.
//!
//! A server that starts anew has forgotten them, and the worker taps the button once more.

use std::collections::HashMap;

use kjent_core::ids::DeviceId;
use kjent_core::time::Timestamp;
use sha2::{Digest, Sha256};

use super::SignInProblem;

/// How long a worker may take in the browser.
const GOOD_FOR_MINUTES: i64 = 10;
/// How many sign-ins a device may have under way; past that, its oldest is forgotten.
const OF_A_DEVICE: usize = 3;
/// How many there may be of all devices.
const OF_ALL: usize = 10_000;

/// A sign-in that has begun.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    /// What the ID token must carry.
    pub nonce: String,
    /// PKCE's verifier: what the code must be redeemed with.
    pub verifier: String,
    device: DeviceId,
    ends: Timestamp,
}

impl Attempt {
    pub(super) fn new(device: DeviceId, nonce: String, verifier: String, now: Timestamp) -> Self {
        Self { nonce, verifier, device, ends: now.plus_minutes(GOOD_FOR_MINUTES) }
    }
}

/// Every sign-in under way, by its state's SHA-256: the time that looking takes says nothing about
/// the states that are there.
#[derive(Debug, Default)]
pub(super) struct Attempts(HashMap<[u8; 32], Attempt>);

impl Attempts {
    /// Keeps an attempt under its state.
    pub(super) fn add(
        &mut self,
        state: &str,
        attempt: Attempt,
        now: Timestamp,
    ) -> Result<(), SignInProblem> {
        self.0.retain(|_, other| now < other.ends);
        let of_device = self.0.iter().filter(|(_, other)| other.device == attempt.device);
        if of_device.clone().count() >= OF_A_DEVICE
            && let Some((&oldest, _)) = of_device.min_by_key(|(_, other)| other.ends)
        {
            self.0.remove(&oldest);
        }
        if self.0.len() >= OF_ALL {
            return Err(SignInProblem::TooMany);
        }
        self.0.insert(known_by(state), attempt);
        Ok(())
    }

    /// Takes out the attempt with this state, when it is this device's and not too old. Another
    /// device's is left where it is, so that nobody can spoil it.
    pub(super) fn take(
        &mut self,
        state: &str,
        device: DeviceId,
        now: Timestamp,
    ) -> Option<Attempt> {
        let key = known_by(state);
        if self.0.get(&key)?.device != device {
            return None;
        }
        self.0.remove(&key).filter(|attempt| now < attempt.ends)
    }
}

fn known_by(state: &str) -> [u8; 32] {
    Sha256::digest(state.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    fn device(number: u128) -> DeviceId {
        DeviceId(uuid::Uuid::from_u128(number))
    }

    fn begin(attempts: &mut Attempts, of: u128, state: &str, at: Timestamp) -> bool {
        let attempt = Attempt::new(device(of), format!("nonce of {state}"), String::new(), at);
        attempts.add(state, attempt, at).is_ok()
    }

    #[test]
    fn an_attempt_is_taken_once_by_its_own_device() {
        let mut attempts = Attempts::default();
        assert!(begin(&mut attempts, 1, "a", NOW));
        assert!(attempts.take("b", device(1), NOW).is_none());
        assert!(attempts.take("a", device(2), NOW).is_none());
        let taken = attempts.take("a", device(1), NOW).map(|attempt| attempt.nonce);
        assert_eq!(taken.as_deref(), Some("nonce of a"));
        assert!(attempts.take("a", device(1), NOW).is_none());
    }

    #[test]
    fn after_ten_minutes_it_is_over() {
        let mut attempts = Attempts::default();
        begin(&mut attempts, 1, "a", NOW);
        begin(&mut attempts, 1, "b", NOW);
        let end = NOW.plus_minutes(GOOD_FOR_MINUTES);
        assert!(attempts.take("a", device(1), Timestamp::from_millis(end.millis() - 1)).is_some());
        assert!(attempts.take("b", device(1), end).is_none());
    }

    #[test]
    fn a_device_crowds_out_itself_and_all_together_are_bounded() {
        let mut attempts = Attempts::default();
        for minute in 0..4 {
            begin(&mut attempts, 1, &minute.to_string(), NOW.plus_minutes(minute));
        }
        let then = NOW.plus_minutes(4);
        assert!(attempts.take("0", device(1), then).is_none());
        assert!(attempts.take("1", device(1), then).is_some());
        let mut begun = attempts.0.len();
        for number in 0..OF_ALL as u128 {
            begun += usize::from(begin(&mut attempts, 2 + number, &format!("of {number}"), then));
        }
        assert_eq!((begun, attempts.0.len()), (OF_ALL, OF_ALL));
        // Ten minutes later there is room again.
        assert!(begin(&mut attempts, 1, "later", then.plus_minutes(GOOD_FOR_MINUTES)));
        assert_eq!(attempts.0.len(), 1);
    }
}
