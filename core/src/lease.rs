//! The lease: for how long a tablet opens without contact with the server.

use chrono::NaiveDate;

/// How many days after the last contact. Long enough for a fortnight's holiday with the tablet in
/// the bag, short enough that a lost tablet closes.
pub const LEASE_DAYS: u32 = 14;

/// How many days of the lease are left today, after a last contact on a day. A contact on a day
/// that lies ahead counts as today's: the clock was set back.
pub fn days_left(last_contact: NaiveDate, today: NaiveDate) -> u32 {
    let gone = (today - last_contact).num_days().max(0);
    LEASE_DAYS.saturating_sub(u32::try_from(gone).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lease_runs_by_days_and_never_below_zero() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let contact = day("2026-10-20");
        let cases = [
            ("2026-10-20", 14),
            ("2026-10-21", 13),
            // Over the end of summer time.
            ("2026-11-02", 1),
            ("2026-11-03", 0),
            ("2027-12-24", 0),
            ("2026-10-01", 14),
        ];
        for (today, left) in cases {
            assert_eq!(days_left(contact, day(today)), left, "{today}");
        }
    }
}
