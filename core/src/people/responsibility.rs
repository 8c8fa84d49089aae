//! Who answers for a client: always somebody named, or a gap that everybody sees.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::WorkerId;

/// How a role (primary contact, service lead) is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Responsibility {
    /// Somebody has it.
    Held,
    /// Somebody is to have it from a later day, and nobody has it now.
    NotYet {
        /// From when.
        from: NaiveDate,
    },
    /// Nobody has it.
    Gap {
        /// The first day without; `None` when nobody ever had it.
        since: Option<NaiveDate>,
    },
}

impl Responsibility {
    /// Whether nobody has it today.
    pub const fn is_gap(&self) -> bool {
        !matches!(self, Responsibility::Held)
    }
}

/// Who has a role, and on which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// Who.
    pub worker: WorkerId,
    /// First day; open when absent.
    pub from: Option<NaiveDate>,
    /// Last day, inclusive; open when absent.
    pub to: Option<NaiveDate>,
}

impl Tenure {
    /// Whether this worker has the role on a day.
    pub fn is_held_by(&self, worker: WorkerId, day: NaiveDate) -> bool {
        self.worker == worker
            && self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
    }
}

/// Whether a worker is the primary contact or the service lead on a day.
pub fn is_responsible(tenures: &[Option<Tenure>], worker: WorkerId, day: NaiveDate) -> bool {
    tenures.iter().flatten().any(|tenure| tenure.is_held_by(worker, day))
}

/// How a role is held on a day. `left` is the last day in the team of the one who has it, when they
/// have left.
pub fn responsibility(
    worker: Option<WorkerId>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    left: Option<NaiveDate>,
    today: NaiveDate,
) -> Responsibility {
    if worker.is_none() {
        return Responsibility::Gap { since: to.and_then(|day| day.succ_opt()) };
    }
    let last = match (to, left) {
        (Some(to), Some(left)) => Some(to.min(left)),
        (to, left) => to.or(left),
    };
    if let Some(last) = last.filter(|last| *last < today) {
        return Responsibility::Gap { since: last.succ_opt() };
    }
    match from {
        Some(from) if today < from => Responsibility::NotYet { from },
        _ => Responsibility::Held,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_role_is_held_from_its_first_to_its_last_day_by_nobody_else() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let (me, other) = (WorkerId(Uuid::from_u128(1)), WorkerId(Uuid::from_u128(2)));
        let tenure = |from: Option<&str>, to: Option<&str>| {
            [None, Some(Tenure { worker: me, from: from.map(day), to: to.map(day) })]
        };
        let today = day("2026-11-21");
        let cases = [
            (tenure(None, None), true),
            (tenure(Some("2026-11-21"), Some("2026-11-21")), true),
            (tenure(Some("2026-11-22"), None), false),
            (tenure(None, Some("2026-11-20")), false),
            ([None, None], false),
        ];
        for (tenures, expected) in cases {
            assert_eq!(is_responsible(&tenures, me, today), expected, "{tenures:?}");
            assert!(!is_responsible(&tenures, other, today));
        }
    }

    #[test]
    fn a_role_that_ended_yesterday_without_a_successor_is_a_gap() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let today = day("2026-11-21");
        let someone = Some(WorkerId(Uuid::from_u128(1)));
        let gap = |since: &str| Responsibility::Gap { since: Some(day(since)) };
        let cases = [
            ((someone, None, None, None), Responsibility::Held),
            ((someone, Some("2026-01-01"), Some("2026-11-20"), None), gap("2026-11-21")),
            ((someone, Some("2026-01-01"), Some("2026-11-21"), None), Responsibility::Held),
            ((someone, None, Some("2026-12-31"), Some("2026-11-10")), gap("2026-11-11")),
            ((someone, None, None, Some("2026-11-10")), gap("2026-11-11")),
            (
                (someone, Some("2026-12-01"), None, None),
                Responsibility::NotYet { from: day("2026-12-01") },
            ),
            ((None, None, Some("2026-11-01"), None), gap("2026-11-02")),
            ((None, None, None, None), Responsibility::Gap { since: None }),
        ];
        for ((worker, from, to, left), expected) in cases {
            let found = responsibility(worker, from.map(day), to.map(day), left.map(day), today);
            assert_eq!(found, expected, "{from:?} {to:?} {left:?}");
            assert_eq!(found.is_gap(), expected != Responsibility::Held);
        }
    }
}
