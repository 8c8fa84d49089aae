//! W3: tablets that have a shift each to send get the network back at the same moment.
//!
//! Each of them is the real tablet: enrolled with a code, filled, twelve visits documented (and
//! three goals edited where the role may), with an HTTP client and a connection of its own. They
//! share this one process and leave out the relay. The server is a process of its own, but on the
//! same machine: what the tablets do with their answers takes processor time from the server that
//! they would not take in the field. So the server's processor time says more than the time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{Days, NaiveDate};
use kjent_core::problem::Problem;
use kjent_tablet::{SyncClient, Tablet, sync};
use tempfile::TempDir;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::figures::{self, Times, mb, ms, say};
use super::process::THIS;
use super::team::{self, SHIFTS_A_DAY, Size};
use super::text::Pen;
use super::{process, work};
use crate::access::enrol;
use crate::environment::TestClock;
use crate::server::Server;

/// How many days of history each team has. Less than W1's ninety, so that five hundred tablets can
/// be filled in minutes; W1 says what a long history does to a shift's exchange.
const HISTORY: u32 = 7;

/// The storms: tablets, and in how many teams.
const STORMS: [(usize, usize); 4] = [(100, 1), (20, 1), (100, 5), (500, 25)];

/// A tablet that waits for the network.
struct Waiting {
    tablet: Mutex<Tablet>,
    _folder: TempDir,
}

/// Measures and prints.
pub async fn measure() -> anyhow::Result<Vec<figures::Storm>> {
    let cores = std::thread::available_parallelism()?;
    say(&format!(
        "W3 storm: tablets with a shift each reconnect at once; they and the server share {cores} \
         cores"
    ))?;
    let mut storms = Vec::new();
    for (tablets, teams) in STORMS {
        storms.push(storm(tablets, teams).await?);
    }
    Ok(storms)
}

async fn storm(tablets: usize, teams: usize) -> anyhow::Result<figures::Storm> {
    let folder = tempfile::tempdir()?;
    let in_team = tablets / teams;
    // The shifts of the team's tablets fill the last days: none is in the server's future.
    let days = Days::new(u64::try_from(in_team.div_ceil(SHIFTS_A_DAY))?);
    let first = super::today().checked_sub_days(days).context("no such day")?;
    let bundles = (0..teams)
        .map(|number| team::bundle(Size { number, workers: in_team, today: first, days: HISTORY }))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let server = Arc::new(Server::with_teams(folder.path(), &bundles)?);
    drop(bundles);
    let waiting = prepare(&server, tablets, in_team, first).await?;

    process::forget_peak(&server.process())?;
    let (server_before, own_before) = (process::cpu(&server.process())?, process::cpu(THIS)?);
    let (times, all, problems) = reconnect(waiting).await?;
    let server_cpu = process::cpu(&server.process())?.saturating_sub(server_before);
    let own_cpu = process::cpu(THIS)?.saturating_sub(own_before);
    let figures = figures::Storm {
        tablets,
        teams,
        failed: problems.len(),
        ms: ms(all),
        p99_ms: ms(times.at(99)),
        server_cpu_ms: ms(server_cpu),
        peak_rss_mb: mb(process::peak_kb(&server.process())?),
    };
    say(&format!(
        "  {tablets:>3} tablets, {teams:>2} teams   {:>6} ms, p50 {} ms, p99 {} ms, {} failed",
        figures.ms,
        ms(times.at(50)),
        figures.p99_ms,
        figures.failed,
    ))?;
    say(&format!(
        "                         server {} ms of processor, {:.1} a tablet, {} MB; the tablets \
         {} ms",
        figures.server_cpu_ms,
        figures.server_cpu_ms as f64 / tablets as f64,
        figures.peak_rss_mb,
        ms(own_cpu),
    ))?;
    if let Some(problem) = problems.first() {
        say(&format!("                         the first that failed: {problem}"))?;
    }
    Ok(figures)
}

/// Enrols, fills and lets every tablet document its shift, as many at a time as there are cores.
async fn prepare(
    server: &Arc<Server>,
    tablets: usize,
    in_team: usize,
    first: NaiveDate,
) -> anyhow::Result<Vec<Arc<Waiting>>> {
    let at_once = Arc::new(Semaphore::new(std::thread::available_parallelism()?.get()));
    let pen = Pen::new(&kjent_demo::embedded()?, "");
    let mut preparing = JoinSet::new();
    for number in 0..tablets {
        let (server, at_once, pen) = (server.clone(), at_once.clone(), pen.clone());
        preparing.spawn(async move {
            let _turn = at_once.acquire().await?;
            let (team, worker) = (number / in_team, number % in_team);
            let shift = work::Shift::number(first, worker)?;
            let clock = TestClock::at(work::morning(first)?);
            let folder = tempfile::tempdir()?;
            let client = SyncClient::new()?;
            let code = server.code(&team::employee(team, worker))?;
            let address = format!("http://{}", server.address);
            let environment = clock.environment(u64::try_from(number)?);
            let tablet = enrol(folder.path(), &address, &code, &client, environment).await?;
            let tablet = Mutex::new(tablet);
            sync(&tablet, &client, |_| {}).await?;
            let mut tablet = tablet.into_inner().unwrap_or_else(PoisonError::into_inner);
            let mut pen = pen.named(&format!("{team}/{worker}"));
            let signed = work::document(&mut tablet, &clock, shift, &mut pen)?;
            work::edit_goals(&mut tablet, work::clients(&signed), &mut pen)?;
            anyhow::Ok(Arc::new(Waiting { tablet: Mutex::new(tablet), _folder: folder }))
        });
    }
    preparing.join_all().await.into_iter().collect()
}

/// Lets all sync at once: each one's time from the first's start, the time of all, and what failed.
async fn reconnect(tablets: Vec<Arc<Waiting>>) -> anyhow::Result<(Times, Duration, Vec<Problem>)> {
    let mut syncing = JoinSet::new();
    let clients = tablets.iter().map(|_| SyncClient::new()).collect::<Result<Vec<_>, _>>()?;
    let start = Instant::now();
    for (waiting, client) in tablets.into_iter().zip(clients) {
        syncing.spawn(async move {
            let outcome = sync(&waiting.tablet, &client, |_| {}).await;
            (start.elapsed(), outcome.err().map(|error| Problem::from(&error)), waiting)
        });
    }
    // The tablets are closed after the time is taken.
    let ended = syncing.join_all().await;
    let all = start.elapsed();
    let mut problems = Vec::new();
    let mut times = Vec::new();
    for (time, problem, _) in ended {
        times.push(time);
        problems.extend(problem);
    }
    Ok((Times::new(times), all, problems))
}
