//! When a tablet syncs, and when it connects its live stream: a state machine that is told what
//! happened, when, and a random number, and answers what to do.
//!
//! Time is what has passed since any fixed moment, on a clock that nobody sets: a tablet whose
//! calendar is set back two days still syncs in half a minute.

mod live;
mod pace;

#[cfg(test)]
mod storm_tests;
#[cfg(test)]
mod tests;

pub use pace::Pace;

use std::time::Duration;

use self::live::Live;
use self::pace::Dice;
use crate::problem::Problem;

/// What has passed since a fixed moment.
pub type Moment = Duration;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The profile was opened.
    Opened,
    /// The worker signed or wrote something that is to be sent.
    Written,
    /// The live stream told of something that the tablet doesn't have.
    News,
    /// The live stream is connected.
    LiveUp,
    /// The live stream ended or could not be connected, and why when that is known.
    LiveDown(Option<Problem>),
    /// The system says that there is a network again.
    NetworkBack,
    /// The sync that was started went well.
    Synced,
    /// The sync that was started failed.
    Failed(Problem),
    /// The worker tapped «Synk nå».
    Asked,
    /// Time has passed.
    Tick,
}

/// What to do about one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Start it now; the schedule counts it as under way from here on.
    Now,
    /// Nothing before that moment; say `Event::Tick` then.
    At(Moment),
    /// It is under way: nothing until an event says how it ended.
    UnderWay,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The next sync.
    pub sync: Next,
    /// The next try to connect the live stream.
    pub live: Next,
}

/// What came while a sync was under way and it may not have taken with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Again {
    No,
    Wanted,
    Asked,
}

/// The schedule of one open profile.
#[derive(Clone, Debug)]
pub struct Schedule {
    pace: Pace,
    live: Live,
    under_way: bool,
    again: Again,
    /// When the interval or the back-off ends.
    regular: Moment,
    /// When something that happened wants a sync, however long the interval.
    wanted: Option<Moment>,
    /// The server is busy: only the worker herself asks it sooner.
    not_before: Option<Moment>,
    /// How often in a row it has failed.
    failures: u32,
}

impl Schedule {
    /// A schedule that waits to hear that the profile was opened.
    pub fn new(pace: Pace) -> Self {
        Self {
            pace,
            live: Live::default(),
            under_way: false,
            again: Again::No,
            regular: Moment::MAX,
            wanted: None,
            not_before: None,
            failures: 0,
        }
    }

    /// Takes an event and answers what to do. `random` is drawn anew for each.
    pub fn on(&mut self, event: Event, now: Moment, random: u64) -> Plan {
        let mut dice = Dice::new(random);
        match event {
            Event::Opened | Event::Written => self.want(now),
            Event::News => self.want(now + dice.up_to(self.pace.news_within)),
            Event::NetworkBack => self.want(now + dice.up_to(self.pace.back_within)),
            Event::Asked if self.under_way => self.again = Again::Asked,
            Event::Asked => self.want_now(now),
            // What its first events don't tell of as news needs no asking for; and where the last
            // try failed, this is how we learn that there is a network again.
            Event::LiveUp if self.failures > 0 => {
                self.want(now + dice.up_to(self.pace.news_within));
            }
            Event::LiveUp => self.regular = now + dice.around(self.pace.live),
            Event::LiveDown(_) if self.failures == 0 => {
                self.regular = self.regular.min(now + dice.around(self.pace.asking));
            }
            Event::Synced => self.synced(now, &mut dice),
            Event::Failed(ref problem) => self.failed(problem, now, &mut dice),
            Event::LiveDown(_) | Event::Tick => {}
        }
        self.live.on(&event, &self.pace, now, &mut dice);
        Plan { sync: self.next(now), live: self.live.next(now) }
    }

    fn want(&mut self, at: Moment) {
        if self.under_way {
            self.again = self.again.max(Again::Wanted);
        } else {
            self.wanted = Some(self.wanted.map_or(at, |wanted| wanted.min(at)));
        }
    }

    fn want_now(&mut self, now: Moment) {
        self.not_before = None;
        self.wanted = Some(now);
    }

    fn synced(&mut self, now: Moment, dice: &mut Dice) {
        self.under_way = false;
        self.failures = 0;
        self.not_before = None;
        let interval = if self.live.is_up() { self.pace.live } else { self.pace.asking };
        self.regular = now + dice.around(interval);
        if self.again > Again::No {
            self.want(now);
        }
    }

    fn failed(&mut self, problem: &Problem, now: Moment, dice: &mut Dice) {
        self.under_way = false;
        let is_busy = self.pace.busy_for(problem).is_some();
        // A server that can say so is reached: what failed on the way to it no longer counts.
        if is_busy && self.not_before.is_none() {
            self.failures = 0;
        }
        self.regular = now + self.pace.delay(Some(problem), self.failures, dice);
        self.not_before = is_busy.then_some(self.regular);
        self.failures = self.failures.saturating_add(1);
        // What wanted it again waits like all the rest; she who asked does not.
        if self.again == Again::Asked {
            self.want_now(now);
        }
    }

    fn next(&mut self, now: Moment) -> Next {
        if self.under_way {
            return Next::UnderWay;
        }
        let at = self.wanted.map_or(self.regular, |wanted| wanted.min(self.regular));
        let at = self.not_before.map_or(at, |moment| moment.max(at));
        if at > now {
            return Next::At(at);
        }
        self.under_way = true;
        self.again = Again::No;
        self.wanted = None;
        Next::Now
    }
}
