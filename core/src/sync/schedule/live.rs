//! When to connect the live stream.

use super::pace::Dice;
use super::{Event, Moment, Next, Pace};

/// The live stream, as far as the schedule knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Live {
    state: State,
    /// How often in a row it could not be connected, or did not last.
    failures: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Down { next: Moment },
    Connecting,
    Up { since: Moment },
}

impl Default for Live {
    fn default() -> Self {
        Self { state: State::Down { next: Moment::MAX }, failures: 0 }
    }
}

impl Live {
    pub(super) fn is_up(&self) -> bool {
        matches!(self.state, State::Up { .. })
    }

    pub(super) fn on(&mut self, event: &Event, pace: &Pace, now: Moment, dice: &mut Dice) {
        match (event, self.state) {
            (Event::LiveUp, _) => self.state = State::Up { since: now },
            (Event::LiveDown(problem), state) => {
                // One that is cut as soon as it is connected is no better than none.
                if matches!(state, State::Up { since } if now - since > pace.longest_retry) {
                    self.failures = 0;
                }
                let delay = pace.delay(problem.as_ref(), self.failures, dice);
                self.failures = self.failures.saturating_add(1);
                self.state = State::Down { next: now + delay };
            }
            (Event::Opened | Event::Asked, State::Down { .. }) => {
                self.state = State::Down { next: now };
            }
            (Event::NetworkBack, State::Down { next }) => {
                let soon = now + dice.up_to(pace.back_within);
                self.state = State::Down { next: next.min(soon) };
            }
            _ => {}
        }
    }

    pub(super) fn next(&mut self, now: Moment) -> Next {
        match self.state {
            State::Down { next } if next > now => Next::At(next),
            State::Down { .. } => {
                self.state = State::Connecting;
                Next::Now
            }
            State::Connecting | State::Up { .. } => Next::UnderWay,
        }
    }
}
