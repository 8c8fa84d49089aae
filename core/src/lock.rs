//! The lock's rules: what a wrong PIN costs, and which PINs are none.
//!
//! Only the numbers. Who counts, where the count is kept and on which clock a wait is measured is the
//! tablet's (`tablet/src/lock`).

mod pin;

use std::time::Duration;

pub use pin::{PinFault, check_pin};

/// How many wrong PINs in a row destroy the wrapping of the database's key. A guesser has then tried
/// ten of a million; a worker has had more than three hours to remember.
pub const MOST_TRIES: u32 = 10;

/// How many wrong PINs in a row cost nothing yet: cold fingers. With the last of them the waits begin.
pub const FREE_TRIES: u32 = 5;

/// For how long after the PIN was typed a face or a finger is enough: a shift. So the PIN isn't forgotten,
/// and what a sleeping hand can open is closed the next day.
pub const PIN_EVERY: Duration = Duration::from_secs(12 * 60 * 60);

/// How long the lock waits after so many wrong PINs in a row.
pub const fn wait_after(wrong: u32) -> Duration {
    let minutes = match wrong {
        0..FREE_TRIES => 0,
        FREE_TRIES => 1,
        6 => 5,
        7 => 15,
        8 => 60,
        _ => 180,
    };
    Duration::from_secs(minutes * 60)
}

/// How many tries are left after so many wrong ones in a row.
pub const fn tries_left(wrong: u32) -> u32 {
    MOST_TRIES.saturating_sub(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_pin_costs_at_least_what_the_one_before_did() {
        let minutes = |wrong| wait_after(wrong).as_secs() / 60;
        let all: Vec<_> = (0..MOST_TRIES).map(minutes).collect();
        assert_eq!(all, [0, 0, 0, 0, 0, 1, 5, 15, 60, 180]);
        assert!(minutes(u32::MAX) >= 180);
        assert_eq!((tries_left(0), tries_left(9), tries_left(12)), (10, 1, 0));
    }
}
