//! Local time: Europe/Oslo, the only time zone on the screen.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Oslo;

use crate::time::{Month, Timestamp};

/// The wall clock's date and time at a moment.
pub fn local(at: Timestamp) -> NaiveDateTime {
    at.utc().with_timezone(&Oslo).naive_local()
}

/// The calendar day at a moment.
pub fn day(at: Timestamp) -> NaiveDate {
    local(at).date()
}

/// The journal's month at a moment.
pub fn month(at: Timestamp) -> Month {
    Month::of(day(at))
}

/// The moment of a wall clock's date and time.
///
/// In the hour that exists twice (autumn) the first is meant; in the hour that doesn't exist
/// (spring) the moment one hour later on the clock is.
pub fn moment(local: NaiveDateTime) -> Timestamp {
    let utc: DateTime<Utc> = match Oslo.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        LocalResult::None => {
            match Oslo.from_local_datetime(&(local + chrono::Duration::hours(1))) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
                LocalResult::None => local.and_utc(),
            }
        }
    };
    utc.into()
}

/// The first moment of a day.
pub fn start_of(day: NaiveDate) -> Timestamp {
    moment(day.and_time(chrono::NaiveTime::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn wall_clock_and_moment_agree_in_summer_in_winter_and_on_the_two_nights() {
        let cases = [
            ("2026-07-01T08:00:00", "2026-07-01T06:00:00"),
            ("2026-11-21T08:00:00", "2026-11-21T07:00:00"),
            ("2026-10-25T02:30:00", "2026-10-25T00:30:00"), // twice: the first
            ("2026-03-29T02:30:00", "2026-03-29T01:30:00"), // never: an hour later
        ];
        for (wall, utc) in cases {
            assert_eq!(moment(at(wall)).utc().naive_utc(), at(utc), "{wall}");
        }
        assert_eq!(month(at("2026-11-30T23:30:00").and_utc().into()).to_string(), "2026-12");
    }
}
