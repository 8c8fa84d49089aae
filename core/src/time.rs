//! Time as the product stores it: UTC milliseconds, and calendar months for journals.
//!
//! Nothing here reads a clock. Local time (Europe/Oslo) is in `oslo`, which the UI doesn't need:
//! views carry local times ready to show.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970 in UTC.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since 1970.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, as an Automerge change stores its time.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The same moment as chrono has it; 1970 for a moment outside the years 1 to 9998, which no
    /// clock shows and some arithmetic doesn't survive.
    pub fn utc(self) -> DateTime<Utc> {
        let at = DateTime::from_timestamp_millis(self.0).unwrap_or_default();
        if (1..9999).contains(&at.year()) { at } else { DateTime::default() }
    }

    /// This moment and `minutes` more.
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0 + minutes * 60_000)
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_millis())
    }
}

/// A calendar month, as `2026-11`: what one journal covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// The month that a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The month before.
    pub fn previous(self) -> Self {
        match self.month {
            1 => Self { year: self.year - 1, month: 12 },
            month => Self { year: self.year, month: month - 1 },
        }
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month's number in the year, from 1.
    pub fn number(self) -> u32 {
        self.month
    }

    /// So many months before this one.
    pub fn earlier(self, months: u32) -> Self {
        (0..months).fold(self, |month, _| month.previous())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A text that should have been a month, such as `2026-11`, and is not.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month: a month is written as 2026-11")]
pub struct NotAMonth;

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return Err(NotAMonth);
        }
        let year = year.parse().map_err(|_| NotAMonth)?;
        let month = month.parse().map_err(|_| NotAMonth)?;
        NaiveDate::from_ymd_opt(year, month, 1).map(Self::of).ok_or(NotAMonth)
    }
}

impl TryFrom<String> for Month {
    type Error = NotAMonth;
    fn try_from(text: String) -> Result<Self, NotAMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_that_no_clock_shows_is_1970() {
        for millis in [i64::MIN, -62_135_596_800_001, 253_370_764_800_000, i64::MAX] {
            assert_eq!(
                Timestamp::from_millis(millis).utc(),
                DateTime::<Utc>::default(),
                "{millis}"
            );
        }
        for millis in [-62_135_596_800_000, 0, 253_370_764_799_999] {
            let at = Timestamp::from_millis(millis).utc();
            assert_eq!(at.timestamp_millis(), millis);
        }
    }

    #[test]
    fn months_are_read_strictly_and_count_backwards_over_new_year() {
        for bad in ["", "2026", "2026-13", "2026-00", "26-11", "2026-1", "2026-11-01", "+026-11"] {
            assert_eq!(bad.parse::<Month>(), Err(NotAMonth), "{bad}");
        }
        let january: Month = "2026-01".parse().unwrap_or_else(|_| unreachable!());
        assert_eq!(january.previous().to_string(), "2025-12");
    }
}
