//! Slows guessing: wrong tries cost growing time under each thing that they are counted by. They are
//! kept in the database, so a restart shortens nothing.

use kjent_core::ids::{DeviceId, WorkerId};
use kjent_core::time::Timestamp;
use sha2::{Digest, Sha256};

use crate::fault::Fault;
use crate::store::{Records, StoreError, WrongTries};

/// After how many minutes wrong passwords are forgotten that nobody came back to.
const PASSWORDS_KEPT: i64 = 30 * 24 * 60;

/// After how many minutes without another one clients who were named wrong are forgotten: whoever
/// needs to be let in is in a hurry, and mistyping last week is no guessing.
const CLIENTS_KEPT: i64 = 24 * 60;

/// The first of these many wrong tries cost nothing: people mistype.
const FREE: u32 = 5;

/// How many minutes the next try waits after the last free one, the one after that, and so on; the
/// last stands for all that follow.
const MINUTES: [i64; 5] = [1, 5, 15, 60, 240];

/// What wrong tries are counted under.
#[derive(Clone, Copy)]
pub(crate) struct Guesses {
    key: [u8; 32],
    kept_minutes: i64,
}

impl Guesses {
    /// Passwords under an employee number. Numbers of nobody count as those of workers do, so that
    /// the answer doesn't tell which is which.
    pub(crate) fn of_passwords(number: &str) -> Self {
        let key = Sha256::digest(number.trim().as_bytes()).into();
        Self { key, kept_minutes: PASSWORDS_KEPT }
    }

    /// Clients named at a break-glass: by a worker on whatever device, and on a device by whomever.
    pub(crate) fn of_clients(worker: WorkerId, device: DeviceId) -> [Self; 2] {
        let by = |who: &str, id: &[u8]| Self {
            key: Sha256::new().chain_update(who).chain_update(id).finalize().into(),
            kept_minutes: CLIENTS_KEPT,
        };
        [by("break-glass worker", worker.bytes()), by("break-glass device", device.bytes())]
    }

    /// Fails for as long as no other try may be made.
    pub(crate) fn may_try(self, records: &Records<'_>, now: Timestamp) -> Result<(), Fault> {
        let wait = self.tries(records, now)?.and_then(|tries| wait(tries, now));
        wait.map_or(Ok(()), |minutes| Err(Fault::TooManyTries { minutes }))
    }

    /// Counts a try.
    pub(crate) fn count(self, records: &Records<'_>, now: Timestamp) -> Result<(), StoreError> {
        let count = self.tries(records, now)?.map_or(0, |tries| tries.count).saturating_add(1);
        let forgotten = now.plus_minutes(-PASSWORDS_KEPT);
        records.set_wrong_tries(&self.key, WrongTries { count, last: now }, forgotten)
    }

    /// Those until now count no more.
    pub(crate) fn forget(self, records: &Records<'_>) -> Result<(), StoreError> {
        records.forget_wrong_tries(&self.key)
    }

    fn tries(
        self,
        records: &Records<'_>,
        now: Timestamp,
    ) -> Result<Option<WrongTries>, StoreError> {
        let tries = records.wrong_tries(&self.key)?;
        Ok(tries.filter(|tries| now < tries.last.plus_minutes(self.kept_minutes)))
    }
}

/// How many whole minutes a try waits still; `None` when it may be made.
fn wait(failed: WrongTries, now: Timestamp) -> Option<i64> {
    let step = failed.count.checked_sub(FREE)? as usize;
    let minutes = MINUTES.get(step).or(MINUTES.last()).copied()?;
    let passed = now.millis() - failed.last.millis();
    // A server's clock that was set back doesn't make the wait longer.
    let left = (minutes * 60_000 - passed).min(minutes * 60_000);
    (left > 0).then(|| (left + 59_999).div_euclid(60_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_ends() {
        let last = Timestamp::from_millis(1_795_244_400_000);
        let after = |count, minutes| wait(WrongTries { count, last }, last.plus_minutes(minutes));
        for count in 0..5 {
            assert_eq!(after(count, 0), None, "{count}");
        }
        for (count, minutes) in [(5, 1), (6, 5), (7, 15), (8, 60), (9, 240), (10, 240), (99, 240)] {
            assert_eq!(after(count, 0), Some(minutes), "{count}");
            assert_eq!(after(count, minutes - 1), Some(1), "{count}");
            assert_eq!(after(count, minutes), None, "{count}");
            assert_eq!(after(count, -600), Some(minutes), "{count}");
        }
    }
}
