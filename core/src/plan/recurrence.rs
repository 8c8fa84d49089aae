//! When an intervention is due, in local time: every so many days or weeks, on which weekdays, at
//! which times or in which parts of the day.
//!
//! One scalar text, in a subset of iCalendar (RFC 5545), the properties parted by single spaces:
//!
//! ```text
//! DTSTART:20261121 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH X-AT:0800,EVENING
//! ```
//!
//! `DTSTART` is the first day. `RRULE` has `FREQ` (`DAILY` or `WEEKLY`), `INTERVAL` (1 to 52, left
//! out when 1) and with `WEEKLY` `BYDAY`; weeks begin on Mondays. `X-AT` is the product's own:
//! iCalendar has no parts of the day, and its `BYHOUR` and `BYMINUTE` can't say 08:00 and 13:30.
//! All is local time, so 08:00 is 08:00 on the wall in summer and in winter.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayPart {
    /// Morgen.
    Morning,
    /// Formiddag and middag.
    Midday,
    /// Ettermiddag.
    Afternoon,
    /// Kveld.
    Evening,
    /// Natt.
    Night,
}

impl DayPart {
    /// All of them, from the morning on.
    pub const ALL: [DayPart; 5] =
        [DayPart::Morning, DayPart::Midday, DayPart::Afternoon, DayPart::Evening, DayPart::Night];

    /// As it stands in the text.
    pub const fn code(self) -> &'static str {
        match self {
            DayPart::Morning => "MORNING",
            DayPart::Midday => "MIDDAY",
            DayPart::Afternoon => "AFTERNOON",
            DayPart::Evening => "EVENING",
            DayPart::Night => "NIGHT",
        }
    }
}

/// When on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeOfDay {
    /// At this time on the wall.
    At(NaiveTime),
    /// In this part of the day.
    In(DayPart),
}

/// On which days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// Every so many days, counted from the first.
    Days(u32),
    /// Every so many weeks, counted from the first day's, on these weekdays (0 is Monday).
    Weeks(u32, BTreeSet<u8>),
}

/// When something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// The first day; nothing is due before.
    pub from: NaiveDate,
    /// On which days.
    pub rhythm: Rhythm,
    /// When on those days; empty for any time.
    pub at: BTreeSet<TimeOfDay>,
}

/// A text that is no recurrence that this version knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a recurrence")]
pub struct NotARecurrence;

/// The weekdays' codes, Monday first.
const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// The longest interval.
const MOST: u32 = 52;

impl Recurrence {
    /// Whether it is due on a day.
    pub fn is_on(&self, day: NaiveDate) -> bool {
        if day < self.from {
            return false;
        }
        match &self.rhythm {
            Rhythm::Days(every) => (day - self.from).num_days() % i64::from((*every).max(1)) == 0,
            Rhythm::Weeks(every, weekdays) => {
                let weeks = (monday(day) - monday(self.from)).num_weeks();
                weeks % i64::from((*every).max(1)) == 0
                    && u8::try_from(day.weekday().num_days_from_monday())
                        .is_ok_and(|weekday| weekdays.contains(&weekday))
            }
        }
    }

    /// When it is due on a day, in order; `None` stands for a day when it is not due, and an empty
    /// list for any time of the day.
    pub fn on(&self, day: NaiveDate) -> Option<Vec<TimeOfDay>> {
        self.is_on(day).then(|| self.at.iter().copied().collect())
    }

    /// The times of a day that stand on a clock, as moments: 08:00 is another moment in summer.
    #[cfg(feature = "documents")]
    pub fn moments_on(&self, day: NaiveDate) -> Vec<crate::time::Timestamp> {
        let times = self.on(day).unwrap_or_default();
        let clock = |time| match time {
            TimeOfDay::At(time) => Some(crate::oslo::moment(day.and_time(time))),
            TimeOfDay::In(_) => None,
        };
        times.into_iter().filter_map(clock).collect()
    }
}

/// The Monday of a day's week.
fn monday(day: NaiveDate) -> NaiveDate {
    let since = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(since)).unwrap_or(day)
}

/// A weekday by its number, 0 for Monday.
pub fn weekday(number: u8) -> Option<Weekday> {
    Weekday::try_from(number).ok()
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let interval =
            |every: u32| if every > 1 { format!(";INTERVAL={every}") } else { String::new() };
        write!(f, "DTSTART:{} RRULE:FREQ=", self.from.format("%Y%m%d"))?;
        match &self.rhythm {
            Rhythm::Days(every) => write!(f, "DAILY{}", interval(*every))?,
            Rhythm::Weeks(every, weekdays) => {
                let days: Vec<&str> = weekdays
                    .iter()
                    .filter_map(|day| WEEKDAYS.get(usize::from(*day)).copied())
                    .collect();
                write!(f, "WEEKLY{};BYDAY={}", interval(*every), days.join(","))?;
            }
        }
        if !self.at.is_empty() {
            let at = self.at.iter().map(|time| match time {
                TimeOfDay::At(time) => time.format("%H%M").to_string(),
                TimeOfDay::In(part) => part.code().to_owned(),
            });
            write!(f, " X-AT:{}", at.collect::<Vec<_>>().join(","))?;
        }
        Ok(())
    }
}

impl FromStr for Recurrence {
    type Err = NotARecurrence;

    fn from_str(text: &str) -> Result<Self, NotARecurrence> {
        let mut properties = text.split(' ');
        let from = properties.next().and_then(|it| it.strip_prefix("DTSTART:"));
        let rule = properties.next().and_then(|it| it.strip_prefix("RRULE:"));
        let at = properties.next();
        if properties.next().is_some() {
            return Err(NotARecurrence);
        }
        let from = from.filter(|it| it.len() == 8).ok_or(NotARecurrence)?;
        let from = NaiveDate::parse_from_str(from, "%Y%m%d").map_err(|_| NotARecurrence)?;
        let rhythm = rhythm(rule.ok_or(NotARecurrence)?)?;
        let at = match at {
            Some(at) => times(at.strip_prefix("X-AT:").ok_or(NotARecurrence)?)?,
            None => BTreeSet::new(),
        };
        Ok(Self { from, rhythm, at })
    }
}

fn rhythm(rule: &str) -> Result<Rhythm, NotARecurrence> {
    let mut parts = rule.split(';').peekable();
    let frequency = parts.next().and_then(|it| it.strip_prefix("FREQ=")).ok_or(NotARecurrence)?;
    let every = match parts.peek().and_then(|it| it.strip_prefix("INTERVAL=")) {
        Some(every) => {
            parts.next();
            every.parse().map_err(|_| NotARecurrence)?
        }
        None => 1,
    };
    if every == 0 || every > MOST {
        return Err(NotARecurrence);
    }
    let rhythm = match frequency {
        "DAILY" => Rhythm::Days(every),
        "WEEKLY" => {
            let days = parts.next().and_then(|it| it.strip_prefix("BYDAY="));
            let number = |code: &str| {
                let place = WEEKDAYS.iter().position(|it| *it == code).ok_or(NotARecurrence)?;
                u8::try_from(place).map_err(|_| NotARecurrence)
            };
            let days = days.ok_or(NotARecurrence)?.split(',').map(number);
            Rhythm::Weeks(every, days.collect::<Result<_, _>>()?)
        }
        _ => return Err(NotARecurrence),
    };
    if parts.next().is_some() { Err(NotARecurrence) } else { Ok(rhythm) }
}

fn times(text: &str) -> Result<BTreeSet<TimeOfDay>, NotARecurrence> {
    text.split(',')
        .map(|one| {
            if let Some(part) = DayPart::ALL.into_iter().find(|part| part.code() == one) {
                return Ok(TimeOfDay::In(part));
            }
            if one.len() != 4 {
                return Err(NotARecurrence);
            }
            let time = NaiveTime::parse_from_str(one, "%H%M").map_err(|_| NotARecurrence)?;
            Ok(TimeOfDay::At(time))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn read(text: &str) -> Recurrence {
        text.parse().unwrap_or_else(|_| unreachable!("{text}"))
    }

    #[test]
    fn a_recurrence_is_written_as_it_was_read() {
        for text in [
            "DTSTART:20261121 RRULE:FREQ=DAILY",
            "DTSTART:20261121 RRULE:FREQ=DAILY;INTERVAL=3 X-AT:0800,1330",
            "DTSTART:20261121 RRULE:FREQ=WEEKLY;BYDAY=MO,WE,SU X-AT:MORNING,EVENING",
            "DTSTART:20261121 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH X-AT:0705,NIGHT",
        ] {
            assert_eq!(read(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_recurrence_is_not_read_as_one() {
        for text in [
            "",
            "hver morgen",
            "DTSTART:20261121",
            "DTSTART:2026112 RRULE:FREQ=DAILY",
            "DTSTART:20261321 RRULE:FREQ=DAILY",
            "DTSTART:20261121 RRULE:FREQ=MONTHLY",
            "DTSTART:20261121 RRULE:FREQ=DAILY;INTERVAL=0",
            "DTSTART:20261121 RRULE:FREQ=DAILY;INTERVAL=53",
            "DTSTART:20261121 RRULE:FREQ=DAILY;COUNT=3",
            "DTSTART:20261121 RRULE:FREQ=WEEKLY",
            "DTSTART:20261121 RRULE:FREQ=WEEKLY;BYDAY=",
            "DTSTART:20261121 RRULE:FREQ=WEEKLY;BYDAY=XX",
            "DTSTART:20261121 RRULE:FREQ=DAILY X-AT:2500",
            "DTSTART:20261121 RRULE:FREQ=DAILY X-AT:",
            "DTSTART:20261121 RRULE:FREQ=DAILY X-AT:0800 X-AT:0900",
        ] {
            assert_eq!(text.parse::<Recurrence>(), Err(NotARecurrence), "{text}");
        }
    }

    #[test]
    fn it_is_due_on_its_days_and_on_no_other() {
        // 21 November 2026 is a Saturday.
        let cases: [(&str, &[&str], &[&str]); 5] = [
            ("FREQ=DAILY", &["2026-11-21", "2026-11-22", "2027-03-01"], &["2026-11-20"]),
            (
                "FREQ=DAILY;INTERVAL=3",
                &["2026-11-21", "2026-11-24", "2026-11-27"],
                &["2026-11-22", "2026-11-23", "2026-11-18"],
            ),
            (
                "FREQ=WEEKLY;BYDAY=MO,SU",
                &["2026-11-22", "2026-11-23", "2026-11-30"],
                &["2026-11-21", "2026-11-16", "2026-11-24"],
            ),
            // The first day's week is the first week, also when it is nearly over.
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
                &["2026-11-22", "2026-11-30", "2026-12-06"],
                &["2026-11-23", "2026-11-29", "2026-12-07"],
            ),
            // Over new year, with its week 53.
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", &["2026-12-04", "2027-01-01"], &["2026-12-25"]),
        ];
        for (rule, on, off) in cases {
            let recurrence = read(&format!("DTSTART:20261121 RRULE:{rule}"));
            for one in on {
                assert!(recurrence.is_on(day(one)), "{rule} on {one}");
                assert_eq!(recurrence.on(day(one)), Some(Vec::new()), "any time on {one}");
            }
            for one in off {
                assert_eq!(recurrence.on(day(one)), None, "{rule} on {one}");
            }
        }
    }

    #[test]
    fn every_second_day_stays_every_second_day_when_the_clocks_change() {
        // The clocks go forward on 29 March 2026, and back on 25 October 2026.
        for (from, on, off) in [
            ("20260327", ["2026-03-29", "2026-03-31"], ["2026-03-28", "2026-03-30"]),
            ("20261023", ["2026-10-25", "2026-10-27"], ["2026-10-24", "2026-10-26"]),
        ] {
            let recurrence = read(&format!("DTSTART:{from} RRULE:FREQ=DAILY;INTERVAL=2"));
            assert!(on.iter().all(|one| recurrence.is_on(day(one))), "{from}");
            assert!(!off.iter().any(|one| recurrence.is_on(day(one))), "{from}");
        }
    }

    #[cfg(feature = "documents")]
    #[test]
    fn a_time_on_the_wall_is_the_same_in_summer_and_in_winter() {
        let recurrence = read("DTSTART:20260101 RRULE:FREQ=DAILY X-AT:0230,0800,EVENING");
        let cases = [
            ("2026-03-28", ["2026-03-28T01:30:00", "2026-03-28T07:00:00"]),
            // 02:30 isn't on the clock that night: an hour later it is.
            ("2026-03-29", ["2026-03-29T01:30:00", "2026-03-29T06:00:00"]),
            ("2026-10-24", ["2026-10-24T00:30:00", "2026-10-24T06:00:00"]),
            // 02:30 is there twice: the first is meant.
            ("2026-10-25", ["2026-10-25T00:30:00", "2026-10-25T07:00:00"]),
        ];
        for (one, utc) in cases {
            let moments: Vec<String> = recurrence
                .moments_on(day(one))
                .into_iter()
                .map(|at| at.utc().format("%Y-%m-%dT%H:%M:%S").to_string())
                .collect();
            assert_eq!(moments, utc, "{one}");
        }
    }
}
