//! The schedule in virtual time, one rule at a time.

use std::time::Duration;

use super::{Event, Moment, Next, Pace, Plan, Schedule};
use crate::problem::Problem;

/// The random numbers that each rule is tried with.
const RANDOMS: std::ops::Range<u64> = 0..200;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn busy(seconds: u64) -> Problem {
    Problem::new("server_busy").with("seconds", seconds)
}

fn unreachable() -> Event {
    Event::Failed(Problem::new("server_unreachable"))
}

/// A profile that was opened at 0 s and synced at 1 s, with or without a live stream.
fn idle(live: Event, random: u64) -> (Schedule, Plan) {
    let mut schedule = Schedule::new(Pace::default());
    let plan = schedule.on(Event::Opened, seconds(0), random);
    assert_eq!(plan, Plan { sync: Next::Now, live: Next::Now });
    schedule.on(live, seconds(1), random);
    let plan = schedule.on(Event::Synced, seconds(1), random);
    (schedule, plan)
}

fn at(next: Next) -> Moment {
    match next {
        Next::At(at) => at,
        Next::Now | Next::UnderWay => Moment::ZERO,
    }
}

#[test]
fn nothing_happens_before_the_profile_is_opened() {
    let mut schedule = Schedule::new(Pace::default());
    let never = Plan { sync: Next::At(Moment::MAX), live: Next::At(Moment::MAX) };
    assert_eq!(schedule.on(Event::Tick, seconds(1_000_000), 1), never);
}

#[test]
fn with_a_live_stream_it_asks_seldom_and_without_one_often() {
    let (mut shortest, mut longest) = (Moment::MAX, Moment::ZERO);
    for random in RANDOMS {
        let (_, with) = idle(Event::LiveUp, random);
        assert!((seconds(241)..=seconds(361)).contains(&at(with.sync)), "{with:?}");
        assert_eq!(with.live, Next::UnderWay);
        let (mut schedule, without) = idle(Event::LiveDown(None), random);
        let next = at(without.sync);
        assert!((seconds(25)..=seconds(37)).contains(&next), "{without:?}");
        (shortest, longest) = (shortest.min(next), longest.max(next));
        assert_eq!(schedule.on(Event::Tick, next, random).sync, Next::Now);
    }
    // Tablets that were opened together don't stay together.
    assert!(longest - shortest > seconds(10), "{shortest:?} {longest:?}");
}

#[test]
fn a_stream_that_ends_brings_the_asking_back_and_one_that_comes_ends_it() {
    for random in RANDOMS {
        let (mut schedule, _) = idle(Event::LiveUp, random);
        let down = schedule.on(Event::LiveDown(None), seconds(10), random);
        assert!(at(down.sync) <= seconds(46), "{down:?}");
        assert!(at(down.live) <= seconds(12), "{down:?}");
        let up = schedule.on(Event::LiveUp, seconds(12), random);
        assert!(at(up.sync) >= seconds(250), "{up:?}");
    }
}

#[test]
fn news_starts_a_sync_within_a_quarter_of_a_second_but_not_at_once() {
    let mut delays = Vec::new();
    for random in RANDOMS {
        let (mut schedule, _) = idle(Event::LiveUp, random);
        let plan = schedule.on(Event::News, seconds(60), random);
        let next = at(plan.sync);
        assert!(next <= seconds(60) + Duration::from_millis(250), "{plan:?}");
        // A stream that reconnects meanwhile takes nothing away.
        schedule.on(Event::LiveDown(None), seconds(60), random);
        assert!(at(schedule.on(Event::LiveUp, seconds(60), random).sync) <= next);
        assert_eq!(schedule.on(Event::Tick, next, random).sync, Next::Now);
        delays.push(next);
    }
    delays.sort_unstable();
    delays.dedup();
    assert!(delays.len() > 190, "{}", delays.len());
}

#[test]
fn what_is_written_is_sent_at_once_also_when_the_last_try_failed() {
    let (mut schedule, _) = idle(Event::LiveUp, 1);
    assert_eq!(schedule.on(Event::Written, seconds(5), 1).sync, Next::Now);
    assert!(at(schedule.on(unreachable(), seconds(6), 1).sync) > seconds(6));
    assert_eq!(schedule.on(Event::Written, seconds(6), 1).sync, Next::Now);
}

#[test]
fn what_is_written_during_a_sync_is_sent_right_after_it() {
    let (mut schedule, _) = idle(Event::LiveUp, 1);
    schedule.on(Event::Written, seconds(5), 1);
    assert_eq!(schedule.on(Event::Written, seconds(6), 1).sync, Next::UnderWay);
    assert_eq!(schedule.on(Event::Synced, seconds(7), 1).sync, Next::Now);
    assert!(at(schedule.on(Event::Synced, seconds(8), 1).sync) > seconds(200));
}

#[test]
fn failures_back_off_to_a_minute_and_a_success_forgets_them() {
    let mut schedule = idle(Event::LiveDown(None), 0).0;
    let mut now = seconds(100);
    let mut waits = Vec::new();
    for random in 0..2000 {
        assert_eq!(schedule.on(Event::Tick, now, random).sync, Next::Now);
        let next = at(schedule.on(unreachable(), now, random).sync);
        waits.push(next - now);
        now = next;
    }
    let longest = waits.iter().max().copied().unwrap_or_default();
    assert!(longest > seconds(58) && longest <= seconds(60), "{longest:?}");
    assert!(waits[..3].iter().all(|wait| *wait <= seconds(8)), "{:?}", &waits[..3]);
    // Full jitter: the waits fill the whole minute.
    assert!(waits.iter().any(|wait| *wait < seconds(5)));
    schedule.on(Event::Tick, now, 1);
    schedule.on(Event::Synced, now, 1);
    schedule.on(Event::Written, now, 1);
    assert!(at(schedule.on(unreachable(), now, 1).sync) <= now + seconds(2));
}

#[test]
fn a_busy_server_is_left_alone_as_long_as_it_says_but_not_by_the_worker() {
    for random in RANDOMS {
        let (mut schedule, _) = idle(Event::LiveUp, random);
        schedule.on(Event::Written, seconds(10), random);
        let plan = schedule.on(Event::Failed(busy(20)), seconds(10), random);
        let next = at(plan.sync);
        assert!((seconds(30)..=seconds(50)).contains(&next), "{plan:?}");
        for event in [Event::Written, Event::News, Event::NetworkBack, Event::LiveUp] {
            assert_eq!(schedule.on(event, seconds(11), random).sync, Next::At(next));
        }
        assert_eq!(schedule.on(Event::Asked, seconds(11), random).sync, Next::Now);
    }
}

#[test]
fn a_server_cannot_ask_to_be_left_alone_for_ever() {
    let (mut schedule, _) = idle(Event::LiveUp, 3);
    schedule.on(Event::Written, seconds(10), 3);
    let next = at(schedule.on(Event::Failed(busy(u64::MAX)), seconds(10), 3).sync);
    assert!(next <= seconds(10 + 20 * 60), "{next:?}");
    for nonsense in ["", "-1", "soon", "99999999999999999999999"] {
        let problem = Problem::new("server_busy").with("seconds", nonsense);
        schedule.on(Event::Asked, seconds(20), 3);
        let next = at(schedule.on(Event::Failed(problem), seconds(20), 3).sync);
        assert!(next <= seconds(80), "{nonsense}: {next:?}");
    }
}

#[test]
fn a_tablet_that_is_turned_away_asks_seldom() {
    for code in ["not_authenticated", "server_speaks_newer"] {
        let (mut schedule, _) = idle(Event::LiveDown(Some(Problem::new(code))), 4);
        schedule.on(Event::Written, seconds(10), 4);
        let plan = schedule.on(Event::Failed(Problem::new(code)), seconds(10), 4);
        assert!(at(plan.sync) >= seconds(250) && at(plan.live) >= seconds(240), "{plan:?}");
    }
}

#[test]
fn sync_now_is_immediate_and_comes_after_the_one_under_way_even_if_that_fails() {
    for event in [Event::Synced, unreachable(), Event::Failed(busy(60))] {
        let (mut schedule, _) = idle(Event::LiveDown(None), 5);
        let plan = schedule.on(Event::Asked, seconds(2), 5);
        // It looks for the live stream too.
        assert_eq!(plan, Plan { sync: Next::Now, live: Next::Now });
        assert_eq!(schedule.on(Event::Asked, seconds(3), 5).sync, Next::UnderWay);
        assert_eq!(schedule.on(event, seconds(4), 5).sync, Next::Now);
    }
}

#[test]
fn a_stream_that_connects_after_failures_brings_a_sync() {
    let (mut schedule, _) = idle(Event::LiveDown(None), 6);
    schedule.on(Event::Asked, seconds(2), 6);
    schedule.on(unreachable(), seconds(3), 6);
    let plan = schedule.on(Event::LiveUp, seconds(3), 6);
    assert!(at(plan.sync) <= seconds(3) + Duration::from_millis(250), "{plan:?}");
}

#[test]
fn a_stream_that_never_lasts_is_tried_ever_more_seldom() {
    let (mut schedule, _) = idle(Event::LiveUp, 7);
    let mut now = seconds(2);
    for random in 0..100 {
        let next = at(schedule.on(Event::LiveDown(None), now, random).live);
        assert_eq!(schedule.on(Event::Tick, next, random).live, Next::Now);
        schedule.on(Event::LiveUp, next, random);
        now = next;
    }
    assert!(now > seconds(20 * 60), "{now:?}");
    // One that lasted is tried again soon.
    now += seconds(61);
    assert!(at(schedule.on(Event::LiveDown(None), now, 1).live) <= now + seconds(2));
}
