//! The first filling: how much of it is left, and for how long at the pace that was measured.

use chrono::NaiveDate;
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use rusqlite::Connection;

use crate::{Tablet, TabletError};

/// How much is left of the first filling, and of how much, in bytes of the server's estimate;
/// `None` when it is done. Of 0 as long as the list of documents has not come.
pub(crate) fn filling(connection: &Connection) -> Result<Option<(u64, u64)>, TabletError> {
    let mut query = connection.prepare_cached(include_str!("select_filling.sql"))?;
    Ok(query.query_row([], |row| {
        let (teams, listed, left): (u32, u64, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok((teams > 0).then_some((left, listed.max(left))))
    })?)
}

impl Tablet {
    /// The day on which tablet and server were last found equal, with nothing missing since.
    pub(super) fn whole_on(&self) -> Result<Option<NaiveDate>, TabletError> {
        Ok(self.remembered("whole")?.map(oslo::day))
    }

    /// Measures the pace of the first filling.
    pub(super) fn note_pace(&mut self) -> Result<(), TabletError> {
        if let Some((left, _)) = filling(&self.connection)? {
            self.status.pace.note(self.now(), left);
        }
        Ok(())
    }
}

/// A measurement: what was left when.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: Timestamp,
    left: u64,
}

/// The pace of the filling in this run. A pause or a new list begins anew.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    first: Option<Mark>,
    before: Option<Mark>,
    last: Option<Mark>,
}

impl Pace {
    /// A shorter run says nothing of the network, in milliseconds.
    const SHORTEST: i64 = 3000;

    /// Notes what is left now.
    pub fn note(&mut self, at: Timestamp, left: u64) {
        let mark = Some(Mark { at, left });
        match self.last {
            Some(last) if left == last.left => {}
            Some(last) if left < last.left && at > last.at => {
                (self.before, self.last) = (self.last, mark);
            }
            _ => *self = Self { first: mark, before: None, last: mark },
        }
    }

    /// About how many seconds are left; `None` until the pace is steady: as long as the last piece
    /// went more than twice as fast or as slowly as the whole.
    pub fn seconds_left(&self) -> Option<u32> {
        let (first, before, last) = (self.first?, self.before?, self.last?);
        if last.at.millis() - first.at.millis() < Self::SHORTEST || before.left == first.left {
            return None;
        }
        let whole = remaining(first, last)?;
        let lately = remaining(before, last)?;
        let is_steady = whole <= lately.saturating_mul(2) && lately <= whole.saturating_mul(2);
        is_steady.then(|| u32::try_from(whole.div_ceil(1000)).unwrap_or(u32::MAX))
    }
}

/// How many milliseconds the rest takes at the pace between two marks.
fn remaining(from: Mark, to: Mark) -> Option<u64> {
    let took = u64::try_from(to.at.millis() - from.at.millis()).ok()?;
    let came = from.left.checked_sub(to.left).filter(|came| *came > 0)?;
    u64::try_from(u128::from(took) * u128::from(to.left) / u128::from(came)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(marks: &[(i64, u64)]) -> Option<u32> {
        let mut pace = Pace::default();
        for (seconds, left) in marks {
            pace.note(Timestamp::from_millis(seconds * 1000), *left);
        }
        pace.seconds_left()
    }

    #[test]
    fn an_estimate_is_given_only_of_a_steady_pace() {
        type Case = (&'static str, &'static [(i64, u64)], Option<u32>);
        let cases: [Case; 9] = [
            ("nothing is known", &[], None),
            ("one piece", &[(0, 100), (5, 80)], None),
            ("a steady pace", &[(0, 100), (5, 80), (10, 60)], Some(15)),
            ("too short a run", &[(0, 100), (1, 80), (2, 60)], None),
            ("it slows down", &[(0, 100), (2, 60), (20, 50)], None),
            ("it recovers", &[(0, 100), (2, 60), (20, 50), (25, 30)], Some(11)),
            ("the clock is set back", &[(100, 100), (105, 80), (10, 60)], None),
            ("a new list", &[(0, 100), (5, 80), (10, 60), (11, 400)], None),
            ("it stands", &[(0, 100), (5, 80), (10, 60), (30, 60)], Some(15)),
        ];
        for (name, marks, expected) in cases {
            assert_eq!(pace(marks), expected, "{name}");
        }
    }
}
