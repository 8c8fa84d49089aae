//! Delivered against granted: visits and minutes, and services without a decision.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Decision;

/// What a decision grants in a span of days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// Visits.
    pub visits: u32,
    /// Minutes; none when the decision doesn't say how long a visit is.
    pub minutes: Option<u32>,
}

/// What was delivered in the same days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// Visits in which something was done that the decision grants.
    pub visits: u32,
    /// How long they were.
    pub minutes: u32,
}

impl Decision {
    /// What it grants from one day to another, both included, within its own days; `None` when it
    /// doesn't say how often.
    ///
    /// The visits of a period fall on its first day, counted from the decision's: every fortnight
    /// from the 12th is the 12th, the 26th, and so on.
    pub fn granted(&self, from: NaiveDate, to: NaiveDate) -> Option<Granted> {
        let period = i64::from(self.granted_days.filter(|days| *days > 0)?);
        let in_period = self.granted_visits?;
        let first = (from.max(self.valid_from) - self.valid_from).num_days();
        let last = (to.min(self.valid_to) - self.valid_from).num_days();
        let begun = |through: i64| if through < 0 { 0 } else { through / period + 1 };
        let periods = (begun(last) - begun(first - 1)).max(0);
        let visits = in_period.saturating_mul(u32::try_from(periods).unwrap_or(u32::MAX));
        let minutes = self.granted_minutes.map(|minutes| visits.saturating_mul(minutes));
        Some(Granted { visits, minutes })
    }
}

/// Since when a client has had visits that no decision covers, when that is more than fourteen days:
/// visits on the fifteenth day are without a decision that is due.
///
/// `visits` are the days of visits, the first one first; none is asked for beyond what is needed. Days
/// before a decision that ended count anew.
pub fn undecided_since(
    visits: impl IntoIterator<Item = NaiveDate>,
    decisions: &[Decision],
    today: NaiveDate,
) -> Option<NaiveDate> {
    if decisions.iter().any(|decision| decision.covers(today)) {
        return None;
    }
    let ended = decisions.iter().map(|it| it.valid_to).filter(|to| *to < today).max();
    let first = visits.into_iter().find(|day| ended.is_none_or(|ended| *day > ended))?;
    ((today - first).num_days() >= 14).then_some(first)
}
