//! `cargo xtask soak`: what the tests do a few hundred times, done for hours.
//!
//! `soak kills --count 5000 --seed 1`. Each part takes its options by name; a failing one says the
//! seed that begins it again. `simulation` needs no other process; the others drive the real server.

use std::io::Write;
use std::time::Instant;

use anyhow::{Context, bail, ensure};
use kjent_tests::faults::flips::{Flips, Outcome, Place, ServerOutcome};
use kjent_tests::faults::kills::{self, Account};
use kjent_tests::simulation::{self, Counts};

/// How many stories are played between two lines of progress.
const AT_ONCE: u64 = 500;
/// How many failing stories are told before it gives up.
const MOST_FAILURES: usize = 3;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let part = arguments.next().context("which part? simulation, kills, flips or server-flips")?;
    let (mut count, mut seed) = (None, 1_u64);
    while let Some(name) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{name} needs a number"))?;
        match name.as_str() {
            "--count" => count = Some(value.parse()?),
            "--seed" => seed = value.parse()?,
            _ => bail!("no such option: {name}"),
        }
    }
    match part.as_str() {
        "simulation" => play(count.map_or(20_000, u64::from), seed),
        "kills" => kills(count.unwrap_or(5000), seed).await,
        "server-flips" => server_flips(count.unwrap_or(500), seed).await,
        "flips" => flips(count.unwrap_or(500), seed).await,
        _ => bail!("no such part: {part}"),
    }
}

/// One world after another, each with the next seed.
async fn kills(count: u32, first_seed: u64) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut all = Account::default();
    let mut left = count;
    for seed in first_seed.. {
        let now = left.min(kills::MOST);
        let account = kills::run(seed, now).await.with_context(|| {
            format!("to begin it again: cargo xtask soak --kills {now} --seed {seed}")
        })?;
        all = all.and(account);
        left -= now;
        let seconds = started.elapsed().as_secs();
        say(&format!(
            "seed {seed}: {} of {count} kills in {seconds} s ({} of the server, {} of the tablet); \
             {} acts acknowledged and found, {} unanswered, {} syncs failed",
            count - left,
            all.server,
            all.tablet,
            all.acknowledged,
            all.unanswered,
            all.failed_syncs
        ))?;
        if left == 0 {
            break;
        }
    }
    Ok(())
}

/// One flip after another: half of them in the log that a kill leaves, half in the database.
async fn flips(count: u32, first_seed: u64) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut flips = Flips::prepare().await?;
    let (mut mended, mut asleep) = (0, 0);
    for (done, seed) in (1..=count).zip(first_seed..) {
        let place = if seed % 2 == 0 { Place::InLog } else { Place::Anywhere };
        let outcome = flips.flip(&place, seed).await.with_context(|| {
            format!("to begin it again: cargo xtask soak --kills 0 --flips 1 --seed {seed}")
        })?;
        mended += u32::from(outcome == Outcome::Mended);
        asleep += u32::from(outcome == Outcome::Asleep);
        if done % 10 == 0 || done == count {
            let seconds = started.elapsed().as_secs();
            say(&format!(
                "seed {seed}: {done} of {count} flips in {seconds} s; {mended} noticed and mended, \
                 {asleep} in pages that nobody read, {} in none",
                done - mended - asleep
            ))?;
        }
    }
    Ok(())
}

/// The same in the server's database.
async fn server_flips(count: u32, first_seed: u64) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut flips = Flips::prepare().await?;
    let (mut refused, mut told) = (0, 0);
    for (done, seed) in (1..=count).zip(first_seed..) {
        let outcome = flips.flip_server(seed).await.with_context(|| {
            format!("to begin it again: soak server-flips --count 1 --seed {seed}")
        })?;
        refused += u32::from(outcome == ServerOutcome::WontStart);
        told += u32::from(outcome == ServerOutcome::Told);
        if done % 10 == 0 || done == count {
            let seconds = started.elapsed().as_secs();
            say(&format!(
                "seed {seed}: {done} of {count} flips in {seconds} s; {refused} times the server \
                 did not start, {told} times it was told, {} times every change was right",
                done - refused - told
            ))?;
        }
    }
    Ok(())
}

/// One story after another, each with the next seed.
fn play(count: u64, first_seed: u64) -> anyhow::Result<()> {
    let started = Instant::now();
    let (mut all, mut failed, mut played) = (Counts::default(), 0, 0);
    while played < count && failed < MOST_FAILURES {
        let now = AT_ONCE.min(count - played);
        let most = MOST_FAILURES - failed;
        let (counts, failures) =
            simulation::run_all(first_seed + played, now, most, simulation::run_both);
        for (_, failure) in &failures {
            say(&format!("{failure}\n"))?;
        }
        all.add(&counts);
        (failed, played) = (failed + failures.len(), played + now);
        let seconds = started.elapsed().as_secs();
        say(&format!("{played} of {count} stories in {seconds} s, {failed} failed; {all}"))?;
    }
    ensure!(failed == 0, "{failed} stories failed");
    Ok(())
}

fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
