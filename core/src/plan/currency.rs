//! Whether the plan still mirrors the client: goals that nobody has touched, and reviews that are
//! due.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// After so many visits without a word about a goal, it is said.
pub const UNTOUCHED_VISITS: u32 = 12;

/// How many of these visits came after anybody last touched the goal.
pub fn untouched_visits(
    touched: Option<Timestamp>,
    visits: impl IntoIterator<Item = Timestamp>,
) -> u32 {
    let since = visits.into_iter().filter(|visit| touched.is_none_or(|touched| *visit > touched));
    u32::try_from(since.count()).unwrap_or(u32::MAX)
}

/// Where a plan stands between its reviews.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", content = "day", rename_all = "snake_case")]
pub enum Currency {
    /// It was never gone through.
    NeverReviewed,
    /// The next review is due by this day, if a day was set.
    Current(Option<NaiveDate>),
    /// The next review should have been by this day.
    Overdue(NaiveDate),
    /// Somebody told on this day, after the last review, that the client's condition has changed or
    /// may: the plan is to be gone through again.
    Concern(NaiveDate),
}

/// Where a plan stands today, by the day that its last review set for the next one, and the day of
/// the newest concern since then.
pub fn currency(
    last: Option<Option<NaiveDate>>,
    concern: Option<NaiveDate>,
    today: NaiveDate,
) -> Currency {
    match (last, concern) {
        (None, _) => Currency::NeverReviewed,
        (Some(Some(next)), _) if next < today => Currency::Overdue(next),
        (Some(_), Some(told)) => Currency::Concern(told),
        (Some(next), None) => Currency::Current(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_millis(0).plus_minutes(minute)
    }

    #[test]
    fn a_goal_is_untouched_since_the_last_word_about_it() {
        let visits = || (1..=20).map(at);
        for (touched, count) in
            [(None, 20), (Some(at(0)), 20), (Some(at(8)), 12), (Some(at(19)), 1), (Some(at(20)), 0)]
        {
            assert_eq!(untouched_visits(touched, visits()), count, "{touched:?}");
        }
    }

    #[test]
    fn a_review_is_due_on_its_day_and_overdue_on_the_next() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let next = day("2026-11-21");
        assert_eq!(currency(None, None, next), Currency::NeverReviewed);
        assert_eq!(currency(Some(None), None, next), Currency::Current(None));
        assert_eq!(currency(Some(Some(next)), None, next), Currency::Current(Some(next)));
        assert_eq!(currency(Some(Some(next)), None, day("2026-11-22")), Currency::Overdue(next));
    }

    #[test]
    fn a_concern_makes_a_review_due_before_its_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let (told, today, next) = (day("2026-11-20"), day("2026-11-22"), day("2027-01-01"));
        let of = |last| currency(last, Some(told), today);
        assert_eq!(of(Some(Some(next))), Currency::Concern(told));
        assert_eq!(of(Some(None)), Currency::Concern(told));
        // What is due anyway says so.
        assert_eq!(of(None), Currency::NeverReviewed);
        assert_eq!(of(Some(Some(told))), Currency::Overdue(told));
    }
}
