//! When a worker's last shift ended, read from when she wrote.

use crate::time::Timestamp;

/// So long without a word between two pieces of work, and they are of two shifts.
const REST_MINUTES: i64 = 7 * 60;

/// When the shift before this one ended: the newest moment of work that a night's rest lies after.
/// `worked` has the newest first. A night shift is one shift, on whichever day it began.
pub fn last_shift(now: Timestamp, worked: &[Timestamp]) -> Option<Timestamp> {
    let mut later = now;
    for at in worked.iter().copied().filter(|at| *at <= now) {
        if at.plus_minutes(REST_MINUTES) <= later {
            return Some(at);
        }
        later = at;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_shift_ends_before_the_last_rest() {
        let hour = |hours: i64| Timestamp::from_millis(0).plus_minutes(hours * 60);
        let cases = [
            (vec![], None),
            (vec![23, 22], None),
            (vec![8, 7], Some(8)),
            // At work again since nine, over midnight.
            (vec![25, 23, 21, 7, 6], Some(7)),
            (vec![40, 16], Some(16)),
        ];
        for (worked, expected) in cases {
            let worked: Vec<_> = worked.into_iter().map(hour).collect();
            assert_eq!(last_shift(hour(26), &worked), expected.map(hour), "{worked:?}");
        }
    }
}
