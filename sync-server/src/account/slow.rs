//! How long an account waits after wrong passwords.

use kjent_core::time::Timestamp;

use crate::store::FailedLogIns;

/// The first of these many wrong passwords cost nothing: people mistype.
const FREE: u32 = 5;

/// How many minutes the next try waits after the last free one, the one after that, and so on; the
/// last stands for all that follow.
const MINUTES: [i64; 5] = [1, 5, 15, 60, 240];

/// How many whole minutes a try waits still; `None` when it may be made.
pub(super) fn wait(failed: FailedLogIns, now: Timestamp) -> Option<i64> {
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
        let after = |count, minutes| wait(FailedLogIns { count, last }, last.plus_minutes(minutes));
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
