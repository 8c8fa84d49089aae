//! Who goes where and when: the pattern of every client laid on the team's roster, day by day.
//!
//! Visits with a fixed time find their worker first. The first of a visit's usual workers who is at
//! work and free gets it; what is left goes to whoever fills in, a little earlier or later if need
//! be: few and known faces, most of the time.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveTime, Timelike};
use kjent_core::ids::VisitId;

use super::DAYS_AHEAD;
use super::world::World;
use crate::check::is_competent;
use crate::data::{ClientFile, Shift, VisitData, Weeks, WorkerData, clock, includes};

/// A visit that is planned.
#[derive(Clone, Debug)]
pub struct Visit<'a> {
    /// Its id.
    pub id: VisitId,
    /// The client's key.
    pub key: &'a str,
    /// The client.
    pub client: &'a ClientFile,
    /// Its place in the pattern.
    pub pattern: &'a VisitData,
    /// The day, counted from today.
    pub day: i64,
    /// When it starts.
    pub starts: NaiveTime,
    /// Who goes.
    pub worker: &'a str,
}

/// Minutes between two visits of one worker.
const TRAVEL: i64 = 5;
/// How many visits a shift holds.
const FULL: usize = 11;
/// How far a visit may be moved, in minutes, in the order to try.
const MOVES: [i64; 15] = [0, 10, 20, 30, -15, 45, 60, -30, 75, 90, 105, 120, -45, 150, 180];

/// Every visit from the first day of the history to the last planned one, in the order of time.
pub fn visits<'a>(world: &World<'a>) -> Vec<Visit<'a>> {
    (world.first_day()..=DAYS_AHEAD).flat_map(|day| Day::new(*world, day).plan()).collect()
}

/// The pattern's visit that is due, before anybody has it.
#[derive(Clone, Copy)]
struct Due<'a> {
    key: &'a str,
    client: &'a ClientFile,
    pattern: &'a VisitData,
    minute: i64,
}

struct Day<'a> {
    world: World<'a>,
    day: i64,
    busy: BTreeMap<&'a str, Vec<(i64, i64)>>,
    planned: Vec<(Due<'a>, i64, &'a WorkerData)>,
}

impl<'a> Day<'a> {
    fn new(world: World<'a>, day: i64) -> Self {
        Self { world, day, busy: BTreeMap::new(), planned: Vec::new() }
    }

    fn plan(mut self) -> Vec<Visit<'a>> {
        let mut left = self.due();
        left.sort_by_key(|due| (due.minute, due.key));
        left.retain(|due| !self.swap(due));
        let (fixed, mut left): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|due| due.pattern.fixed);
        for due in fixed {
            if !(0..due.pattern.workers.len()).any(|rank| self.usual(&due, rank)) {
                self.fill_in(due);
            }
        }
        let ranks = left.iter().map(|due| due.pattern.workers.len()).max().unwrap_or(0);
        for rank in 0..ranks {
            left.retain(|due| !self.usual(due, rank));
        }
        for due in left {
            self.fill_in(due);
        }
        self.planned.sort_by_key(|(due, minute, _)| (*minute, due.key, &due.pattern.key));
        self.planned.iter().map(|(due, minute, worker)| self.visit(due, *minute, worker)).collect()
    }

    fn due(&self) -> Vec<Due<'a>> {
        let date = self.world.day(self.day);
        let odd = date.iso_week().week() % 2 == 1;
        let in_week = |weeks: Option<Weeks>| weeks.is_none_or(|weeks| (weeks == Weeks::Odd) == odd);
        let mut due = Vec::new();
        for (key, client) in &self.world.data.clients {
            for pattern in &client.visits {
                if in_week(pattern.weeks) && includes(&pattern.days, date.weekday()) {
                    let at = clock(&pattern.at).unwrap_or_default();
                    let minute = i64::from(at.num_seconds_from_midnight() / 60);
                    due.push(Due { key, client, pattern, minute });
                }
            }
        }
        due
    }

    fn swap(&mut self, due: &Due<'a>) -> bool {
        let mut swaps = due.client.swaps.iter();
        let swap = swaps.find(|swap| swap.day == self.day && swap.visit == due.pattern.key);
        let worker = swap.and_then(|swap| self.world.data.team.worker(&swap.worker));
        worker.map(|worker| self.take(*due, due.minute, worker)).is_some()
    }

    fn usual(&mut self, due: &Due<'a>, rank: usize) -> bool {
        let usual = due.pattern.workers.get(rank);
        let worker = usual.and_then(|key| self.world.data.team.worker(key));
        match worker.filter(|worker| self.is_free(worker, due, due.minute)) {
            Some(worker) => {
                self.take(*due, due.minute, worker);
                true
            }
            None => false,
        }
    }

    /// Somebody goes, come what may: free at another time, or else the one with the fewest visits,
    /// or else the team lead.
    fn fill_in(&mut self, due: Due<'a>) {
        let (team, day) = (&self.world.data.team, self.day);
        let mut able: Vec<&WorkerData> = team
            .workers
            .iter()
            .filter(|worker| worker.fills_in || due.pattern.workers.contains(&worker.key))
            .filter(|worker| worker.shift(day) == Some(shift(&due)) && is_able(worker, &due))
            .collect();
        able.sort_by_key(|worker| (self.load(worker), &worker.key));
        for minute in MOVES.map(|by| due.minute + by) {
            if let Some(worker) = able.iter().find(|worker| self.is_free(worker, &due, minute)) {
                return self.take(due, minute, worker);
            }
        }
        if let Some(worker) = able.first().copied().or_else(|| team.worker(&team.lead)) {
            self.take(due, due.minute, worker);
        }
    }

    fn is_free(&self, worker: &WorkerData, due: &Due<'_>, minute: i64) -> bool {
        let end = minute + i64::from(due.pattern.minutes) + TRAVEL;
        let busy = self.busy.get(worker.key.as_str()).map_or(&[][..], Vec::as_slice);
        worker.shift(self.day) == Some(shift(due))
            && busy.len() < FULL
            && busy.iter().all(|(from, to)| end <= *from || *to <= minute)
    }

    fn load(&self, worker: &WorkerData) -> usize {
        self.busy.get(worker.key.as_str()).map_or(0, Vec::len)
    }

    fn take(&mut self, due: Due<'a>, minute: i64, worker: &'a WorkerData) {
        let end = minute + i64::from(due.pattern.minutes) + TRAVEL;
        self.busy.entry(worker.key.as_str()).or_default().push((minute, end));
        self.planned.push((due, minute, worker));
    }

    fn visit(&self, due: &Due<'a>, minute: i64, worker: &'a WorkerData) -> Visit<'a> {
        let seconds = u32::try_from(minute * 60).unwrap_or(0);
        let starts = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default();
        let name = format!("visit/{}/{}/{}", due.key, due.pattern.key, self.day);
        let random = self.world.random(&name).bytes();
        Visit {
            id: VisitId::mint(self.world.moment(self.day, starts), random),
            key: due.key,
            client: due.client,
            pattern: due.pattern,
            day: self.day,
            starts,
            worker: &worker.key,
        }
    }
}

fn shift(due: &Due<'_>) -> Shift {
    if due.minute < 15 * 60 { Shift::Day } else { Shift::Evening }
}

fn is_able(worker: &WorkerData, due: &Due<'_>) -> bool {
    let interventions = due.pattern.interventions.iter();
    interventions
        .filter_map(|key| due.client.intervention(key))
        .all(|intervention| is_competent(worker, &intervention.competence))
}
