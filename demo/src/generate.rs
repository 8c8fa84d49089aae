//! From the data, a day and a seed: the team's documents as the server imports them.
//!
//! Every change is made by the worker who would have made it, at the time when they would have,
//! through `kjent_core::document`, so that the policy accepts it like any other.

mod care;
mod clinical;
mod entry;
mod ledger;
mod note;
mod people;
mod plans;
mod report;
pub mod schedule;
mod world;

#[cfg(test)]
mod tests;

pub use ledger::GenerateError;
pub use world::World;

use chrono::NaiveDate;
use kjent_core::protocol::{Bundle, BundledWorker};
use kjent_core::team::{Member, Team};

use crate::load::Data;
use crate::names;
use ledger::Ledger;

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The day that is today: its morning, nothing of it documented yet.
    pub today: NaiveDate,
    /// How many days of history before it.
    pub days: u32,
    /// The same seed gives the same history.
    pub seed: u64,
}

/// How many days after today have their visits planned.
pub const DAYS_AHEAD: i64 = 14;

/// Makes the bundle.
pub fn bundle(data: &Data, options: Options) -> Result<Bundle, GenerateError> {
    let world = World::new(data, options);
    let visits = schedule::visits(&world);
    let mut ledger = Ledger::new(&world);
    for (key, client) in &data.clients {
        care::write(&world, key, client, &visits, &mut ledger)?;
        people::write(&world, key, client, &mut ledger)?;
    }
    plans::write(&world, &visits, &mut ledger)?;
    report::write(&world, &visits, &mut ledger)?;
    clinical::write(&world, &mut ledger)?;
    Ok(Bundle { team: team(&world), workers: workers(data), documents: ledger.documents()? })
}

fn team(world: &World<'_>) -> Team {
    let data = world.data;
    let members = data.team.workers.iter().map(|worker| Member {
        worker: names::worker(&worker.employee_number),
        name: worker.name.clone(),
        role: worker.role.clone(),
        profession: worker.profession.clone(),
        from: world.day(worker.member_from),
        to: None,
    });
    Team {
        id: names::team(&data.team.key),
        name: data.team.name.clone(),
        members: members.collect(),
        clients: data.clients.iter().map(|(key, _)| names::client(key)).collect(),
        granted: Vec::new(),
    }
}

fn workers(data: &Data) -> Vec<BundledWorker> {
    data.team
        .workers
        .iter()
        .map(|worker| BundledWorker {
            worker: names::worker(&worker.employee_number),
            employee_number: worker.employee_number.clone(),
        })
        .collect()
}
