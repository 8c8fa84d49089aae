//! The simulation: several tablets and a server in one process, virtual time, and every fault that
//! a network and a power cut can bring, all from one seed.
//!
//! What runs is `kjent_core::sync`, both halves, over stores in memory that answer as SQLCipher and
//! the server's SQLite do. Nothing here decides what sync does; `judge` and `quiet` only say what
//! must hold, at every exchange and whenever nothing happens any more.

pub mod chance;
pub mod fault;
mod judge;
mod network;
mod office;
mod patched;
mod quiet;
mod restricting;
mod server;
mod server_store;
mod story;
mod tablet;
mod tablet_store;
mod town;
mod world;

pub use world::Counts;

use anyhow::anyhow;
use world::World;

/// How many of the last events a failing seed tells.
const LAST_EVENTS: usize = 60;
/// How many things happen in a story, beside the syncing at its quiet points.
const HAPPENINGS: u32 = 90;
/// How many quiet points a story has, beside the first.
const QUIET_POINTS: u32 = 3;

/// Plays the story of a seed. An error tells its end, and what does not hold.
pub fn run(seed: u64) -> anyhow::Result<Counts> {
    play(seed, World::new(seed)?)
}

/// Plays the story of a seed in which clients restrict entries.
pub fn run_restricting(seed: u64) -> anyhow::Result<Counts> {
    let mut world = World::new(seed)?;
    world.may_restrict = true;
    play(seed, world)
}

/// Plays both stories of a seed.
pub fn run_both(seed: u64) -> anyhow::Result<Counts> {
    let mut counts = run(seed)?;
    counts.add(&run_restricting(seed)?);
    Ok(counts)
}

fn play(seed: u64, mut world: World) -> anyhow::Result<Counts> {
    match world.live(HAPPENINGS, QUIET_POINTS) {
        Ok(()) => Ok(world.counts),
        Err(error) => Err(anyhow!(
            "{}\n\nseed {seed}: {error:#}\nto play it again: \
             cargo run --package kjent-tests --bin soak -- simulation --count 1 --seed {seed}",
            world.story.end(LAST_EVENTS)
        )),
    }
}

/// Plays many stories on all cores, each by `run`. Tells each failure as it comes, up to so many, and what all of
/// the others came to.
pub fn run_all(
    first: u64,
    count: u64,
    most_failures: usize,
    run: fn(u64) -> anyhow::Result<Counts>,
) -> (Counts, Vec<(u64, anyhow::Error)>) {
    use std::sync::atomic::{AtomicU64, Ordering};
    let next = AtomicU64::new(first);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let (mut counts, mut failures) = (Counts::default(), Vec::new());
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first.saturating_add(count) || failures.len() >= most_failures {
                return (counts, failures);
            }
            match run(seed) {
                Ok(more) => counts.add(&more),
                Err(failure) => failures.push((seed, failure)),
            }
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let (mut counts, mut failures) = (Counts::default(), Vec::new());
        for thread in threads {
            match thread.join() {
                Ok((more, failed)) => {
                    counts.add(&more);
                    failures.extend(failed);
                }
                Err(_) => failures.push((first, anyhow!("a story ended in a panic"))),
            }
        }
        failures.sort_by_key(|(seed, _)| *seed);
        (counts, failures)
    })
}
