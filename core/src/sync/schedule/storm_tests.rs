//! A thousand tablets that regain the network in the same moment, in virtual time, and a server
//! that takes so many requests a second and sheds the rest.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::time::Duration;

use super::{Event, Moment, Next, Pace, Plan, Schedule};
use crate::problem::Problem;

const TABLETS: usize = 1000;
/// How many requests the server takes in a second, syncs and live streams together.
const TAKES: usize = 60;
/// How long it asks those whom it sheds to stay away.
const RETRY_AFTER: u64 = 5;
/// When the network is back.
const BACK: Moment = Duration::from_secs(600);
const ANSWER: Duration = Duration::from_millis(80);

/// What comes to a tablet at a moment.
#[derive(Clone, Debug)]
struct Coming {
    tablet: usize,
    event: Event,
}

/// The world: tablets, the events on their way to them, and the requests in each second.
struct Storm {
    tablets: Vec<Schedule>,
    coming: BTreeMap<usize, Coming>,
    order: BinaryHeap<Reverse<(Moment, usize)>>,
    made: usize,
    /// When each tablet's next tick comes; an older one that was asked for is not heard.
    ticks: Vec<Moment>,
    random: u64,
    requests: BTreeMap<u64, usize>,
    synced: BTreeMap<usize, Moment>,
}

impl Storm {
    fn new(pace: Pace) -> Self {
        let mut storm = Self {
            tablets: vec![Schedule::new(pace); TABLETS],
            coming: BTreeMap::new(),
            order: BinaryHeap::new(),
            made: 0,
            ticks: vec![Moment::MAX; TABLETS],
            random: 1,
            requests: BTreeMap::new(),
            synced: BTreeMap::new(),
        };
        // Opened within half a minute, long before; the back-off has spread them since.
        for tablet in 0..TABLETS {
            storm.send(Duration::from_millis(30 * tablet as u64), tablet, Event::Opened);
            storm.send(BACK, tablet, Event::NetworkBack);
        }
        storm
    }

    fn send(&mut self, at: Moment, tablet: usize, event: Event) {
        self.made += 1;
        self.coming.insert(self.made, Coming { tablet, event });
        self.order.push(Reverse((at, self.made)));
    }

    fn random(&mut self) -> u64 {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        self.random
    }

    /// Whether the server takes a request that comes now.
    fn takes(&mut self, now: Moment) -> bool {
        let so_far = self.requests.entry(now.as_secs()).or_default();
        *so_far += 1;
        *so_far <= TAKES
    }

    fn run_until(&mut self, end: Moment) {
        while let Some(Reverse((now, number))) = self.order.pop() {
            if now > end {
                self.order.push(Reverse((now, number)));
                return;
            }
            let Some(Coming { tablet, event }) = self.coming.remove(&number) else { continue };
            if event == Event::Tick && self.ticks[tablet] != now {
                continue;
            }
            if event == Event::Synced {
                self.synced.entry(tablet).or_insert(now);
            }
            let random = self.random();
            let plan = self.tablets[tablet].on(event, now, random);
            self.follow(plan, tablet, now);
        }
    }

    fn follow(&mut self, plan: Plan, tablet: usize, now: Moment) {
        let is_back = now >= BACK;
        let busy = || Problem::new("server_busy").with("seconds", RETRY_AFTER);
        match plan.sync {
            Next::Now if !is_back => {
                let problem = Problem::new("server_unreachable");
                self.send(now + ANSWER, tablet, Event::Failed(problem));
            }
            Next::Now if self.takes(now) => self.send(now + ANSWER, tablet, Event::Synced),
            Next::Now => self.send(now + ANSWER, tablet, Event::Failed(busy())),
            Next::At(_) | Next::UnderWay => {}
        }
        match plan.live {
            Next::Now if !is_back => self.send(now + ANSWER, tablet, Event::LiveDown(None)),
            Next::Now if self.takes(now) => self.send(now + ANSWER, tablet, Event::LiveUp),
            Next::Now => self.send(now + ANSWER, tablet, Event::LiveDown(Some(busy()))),
            Next::At(_) | Next::UnderWay => {}
        }
        let at = |next| if let Next::At(at) = next { at } else { Moment::MAX };
        let tick = at(plan.sync).min(at(plan.live));
        if self.ticks[tablet] != tick || tick <= now {
            self.ticks[tablet] = tick;
            self.send(tick, tablet, Event::Tick);
        }
    }
}

#[test]
fn a_thousand_tablets_that_regain_the_network_at_once_do_not_stampede() {
    let mut storm = Storm::new(Pace::default());
    storm.run_until(BACK + Duration::from_secs(120));

    // Two requests of each within ten seconds are 200 a second, two more within the minute's
    // back-off 67, and each stream that gets through brings a sync: 327. A stampede were 2,000.
    let peak = storm.requests.values().max().copied().unwrap_or_default();
    assert!(peak <= 350, "{peak} requests in one second: {:?}", storm.requests);
    assert!(peak > TAKES, "the server was never busy, so this shows nothing");
    assert_eq!(storm.synced.len(), TABLETS);
    let last = storm.synced.values().max().copied().unwrap_or_default() - BACK;
    assert!(last <= Duration::from_secs(45), "the last was through after {last:?}");
    let all: usize = storm.requests.values().sum();
    assert!(all <= 6 * TABLETS, "{all} requests for {TABLETS} tablets");
}

#[test]
fn sync_now_is_immediate_in_the_middle_of_the_storm() {
    let mut storm = Storm::new(Pace::default());
    let mut asked = 0;
    for second in [0, 1, 3, 6, 10, 15, 25, 40] {
        let now = BACK + Duration::from_secs(second) + Duration::from_millis(700);
        storm.run_until(now);
        for tablet in 0..TABLETS {
            let mut one = storm.tablets[tablet].clone();
            match one.on(Event::Asked, now, 1).sync {
                Next::Now => asked += 1,
                // Then right after the one under way, however that ends.
                Next::UnderWay => {
                    let busy = Problem::new("server_busy").with("seconds", RETRY_AFTER);
                    assert_eq!(one.on(Event::Failed(busy), now, 1).sync, Next::Now);
                }
                Next::At(at) => assert_eq!(at, now),
            }
        }
    }
    assert!(asked > 7 * TABLETS, "{asked}");
}
