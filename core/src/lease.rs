//! The lease: for how long a tablet opens without contact with the server.

use chrono::NaiveDate;

/// How many days after the last contact, unless the server says another number. Long enough for a
/// fortnight's holiday with the tablet in the bag, short enough that a lost tablet closes.
pub const LEASE_DAYS: u32 = 14;

/// The fewest and the most days that a server may say.
pub const FEWEST_DAYS: u32 = 1;
/// See `FEWEST_DAYS`.
pub const MOST_DAYS: u32 = 90;

/// From how many days on the worker is told that the lease runs out, of one that is long enough.
const WARN_DAYS: u32 = 3;

/// Whether the worker is told that a lease of `days` runs out, with so many left. A short one warns
/// in its last third: one that always warns is not listened to.
pub const fn is_short(left: u32, days: u32) -> bool {
    let third = days / 3;
    left <= if third < WARN_DAYS { third } else { WARN_DAYS }
}

/// How many days of a lease of `days` are left today, after a last contact on a day; the last day is
/// one of none left, and after it the lease is over: `None`. A contact on a day that lies ahead
/// counts as today's: the clock was set back.
pub fn days_left(last_contact: NaiveDate, today: NaiveDate, days: u32) -> Option<u32> {
    let gone = (today - last_contact).num_days().max(0);
    days.checked_sub(u32::try_from(gone).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lease_runs_by_days_and_ends() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let contact = day("2026-10-20");
        let cases = [
            ("2026-10-20", Some(14)),
            ("2026-10-21", Some(13)),
            // Over the end of summer time.
            ("2026-11-02", Some(1)),
            ("2026-11-03", Some(0)),
            ("2026-11-04", None),
            ("2027-12-24", None),
            ("2026-10-01", Some(14)),
        ];
        for (today, left) in cases {
            assert_eq!(days_left(contact, day(today), LEASE_DAYS), left, "{today}");
        }
        assert_eq!(days_left(contact, day("2026-10-24"), 3), None);
    }

    #[test]
    fn it_warns_in_time_and_not_all_the_time() {
        for (days, from) in [(1, 0), (2, 0), (3, 1), (5, 1), (6, 2), (9, 3), (14, 3), (90, 3)] {
            let warned: Vec<u32> = (0..=days).filter(|left| is_short(*left, days)).collect();
            assert_eq!(warned, (0..=from).collect::<Vec<_>>(), "{days}");
        }
    }
}
