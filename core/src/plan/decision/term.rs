//! How long a decision lasts, and the deadlines that follow from its dates.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Decision;

/// How many days before the last one it is said that a decision runs out, the earliest first.
const WARNINGS: [i64; 3] = [28, 14, 7];

/// How many days' notice a supplier has (brukervalg).
const NOTICE_DAYS: u64 = 10;

/// Where a decision stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// It begins later.
    Coming,
    /// It holds.
    Valid,
    /// It holds, and runs out soon.
    RunsOut {
        /// Days left, that day included.
        days_left: i64,
        /// The warning that it has passed: 28, 14 or 7 days.
        within: i64,
    },
    /// It has run out.
    Ended,
}

impl Decision {
    /// Whether it holds on a day; first and last day are inclusive.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && day <= self.valid_to
    }

    /// How many days it holds, the last included.
    pub fn days(&self) -> i64 {
        (self.valid_to - self.valid_from).num_days() + 1
    }

    /// Where it stands on a day.
    pub fn standing(&self, day: NaiveDate) -> Standing {
        let days_left = (self.valid_to - day).num_days() + 1;
        if days_left <= 0 {
            return Standing::Ended;
        }
        if day < self.valid_from {
            return Standing::Coming;
        }
        let passed = WARNINGS.into_iter().rfind(|within| days_left <= *within);
        passed.map_or(Standing::Valid, |within| Standing::RunsOut { days_left, within })
    }
}

/// The last day to appeal: four weeks from the day the decision reached the client.
pub fn appeal_deadline(received_on: NaiveDate) -> NaiveDate {
    received_on.checked_add_days(Days::new(28)).unwrap_or(received_on)
}

/// The last day of a supplier that is asked to leave: ten days' notice, no reason asked.
pub fn last_day_of_notice(asked_on: NaiveDate) -> NaiveDate {
    asked_on.checked_add_days(Days::new(NOTICE_DAYS)).unwrap_or(asked_on)
}
