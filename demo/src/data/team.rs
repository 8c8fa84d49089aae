//! `team.toml`: the workers and when they are at work.

use kjent_core::team::{Profession, Role};
use serde::Deserialize;

/// The team's file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamFile {
    /// The team's name.
    pub name: String,
    /// The key that its id is made from.
    pub key: String,
    /// Who leads it.
    pub lead: String,
    /// Who plans its visits.
    pub planner: String,
    /// The worker whose day the demo shows.
    pub main: String,
    /// Everyone in it.
    pub workers: Vec<WorkerData>,
}

/// A worker.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkerData {
    /// What the other files call them.
    pub key: String,
    /// What they log in with.
    pub employee_number: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Profession.
    pub profession: Profession,
    /// First day in the team.
    pub member_from: i64,
    /// Fourteen days that repeat, today first.
    pub roster: String,
    /// Whether they take visits on others' lists.
    pub fills_in: bool,
}

/// A shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// Before 15.
    Day,
    /// After.
    Evening,
}

impl WorkerData {
    /// The shift on a day counted from today; `None` when off.
    pub fn shift(&self, day: i64) -> Option<Shift> {
        let index = usize::try_from(day.rem_euclid(14)).unwrap_or(0);
        match self.roster.as_bytes().get(index) {
            Some(b'D') => Some(Shift::Day),
            Some(b'A') => Some(Shift::Evening),
            _ => None,
        }
    }
}

impl TeamFile {
    /// The worker of a key.
    pub fn worker(&self, key: &str) -> Option<&WorkerData> {
        self.workers.iter().find(|worker| worker.key == key)
    }
}
